"""Which columns together name the unit a person works in."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from evenhand.integrations.people_files.kinds import UNITS
from evenhand.people.columns import UNIT_LEVELS, Field
from evenhand.spreadsheets.tables import Table
from evenhand.spreadsheets.words import squeezed

_FROM_THE_TOP = (
    frozenset({"company", "legalentity", "firma", "societe", "empresa", "perusahaan"}),
    frozenset({"businessunit", "businessunitname", "businessarea"}),
    frozenset({"division", "divisionname", "geschaftsbereich", "divisi"}),
    frozenset({"department", "departmentname", "dept", "deptname", "abteilung", "departement"}),
    frozenset({"team", "teamname", "section", "group"}),
)


def codes_name_one_unit(table: Table, codes: str, names: str) -> bool:
    pairs = {
        (code.strip(), name.strip())
        for code, name in zip(table.column(codes), table.column(names), strict=True)
        if code.strip()
    }
    return len({code for code, _name in pairs}) == len(pairs)


def levels(table: Table) -> list[str]:
    """Company, division, department...: columns that stand above one another in every row."""
    found = [
        next((name for name in table.header if squeezed(name) in names), None)
        for names in _FROM_THE_TOP
    ]
    chain = [name for name in found if name]
    kept = chain[-1:]
    for upper in reversed(chain[:-1]):
        if codes_name_one_unit(table, kept[0], upper) and _says_more_than_nothing(table, upper):
            kept.insert(0, upper)
    return kept[-len(UNIT_LEVELS) :]


def settle(table: Table, columns: dict[str, Field]) -> tuple[dict[str, Field], list[str]]:
    """Levels where the file has them; a code only where it always means the same unit."""
    by_field = {said: name for name, said in columns.items()}
    found = levels(table)
    only_names = not ({Field.UNIT_PATH, *UNIT_LEVELS} & by_field.keys())
    if len(found) > 1 and only_names and not _is_taken(found, columns):
        kept = {n: f for n, f in columns.items() if f not in UNITS - {Field.UNIT_CODE}}
        return kept | dict(zip(found, UNIT_LEVELS, strict=False)), []
    code, name = by_field.get(Field.UNIT_CODE), by_field.get(Field.UNIT_NAME)
    if code and name and not codes_name_one_unit(table, code, name):
        note = _("“%(code)s” gives different units the same code, so we leave it out.")
        return {n: f for n, f in columns.items() if n != code}, [note % {"code": code}]
    return columns, []


def _is_taken(found: Sequence[str], columns: dict[str, Field]) -> bool:
    return any(columns.get(name, Field.UNIT_NAME) not in UNITS for name in found)


def _says_more_than_nothing(table: Table, name: str) -> bool:
    return any(cell.strip() for cell in table.column(name))
