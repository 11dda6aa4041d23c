"""Reading the mapped columns, each different value once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from evenhand.integrations.people_files import values
from evenhand.integrations.people_files.kinds import DATES, Status
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.integrations.people_files.questions import latest_year
from evenhand.people.columns import PROTECTED, Field
from evenhand.spreadsheets.dates import ENDLESS, DateStyle, group_of, read_date, style_for
from evenhand.spreadsheets.tables import MASKED, Problem, Severity, Table, shown

_MOST_CHARACTERS = {
    Field.NUMBER: 40,
    Field.MANAGER_NUMBER: 40,
    Field.MATRIX_MANAGER_NUMBER: 40,
    Field.GIVEN_NAME: 100,
    Field.FAMILY_NAME: 100,
    Field.FULL_NAME: 200,
    Field.UNIT_CODE: 60,
    Field.GRADE: 40,
    Field.JOB_FAMILY: 100,
    Field.COUNTRY: 60,
    Field.LOCATION: 100,
}
_MOST = 200
_NUMBERS = frozenset({Field.NUMBER, Field.MANAGER_NUMBER, Field.MATRIX_MANAGER_NUMBER})
_EMAILS = frozenset({Field.EMAIL, Field.MANAGER_EMAIL})
_NO_DAY = frozenset({"0000-00-00", "00/00/0000", "00.00.0000", "00-00-0000", "0"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value, wherever in its column it stands."""

    code: str
    message: str
    severity: Severity = Severity.ERROR


T = TypeVar("T")
Reader = Callable[[str, dict[str, Fault]], T]


@dataclass(slots=True)
class Cells:
    """The mapped columns of a table, read and cleaned, side by side."""

    row_numbers: list[int]
    names: dict[Field, str] = field(default_factory=dict)
    texts: dict[Field, list[str]] = field(default_factory=dict)
    days: dict[Field, list[date | None]] = field(default_factory=dict)
    statuses: list[Status | None] | None = None
    problems: list[Problem] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.row_numbers)

    def text(self, said: Field) -> list[str]:
        return self.texts.get(said) or [""] * len(self)

    def problem(self, at: int, said: Field, value: str, fault: Fault) -> Problem:
        """A fault where it stands. Protected facts are never repeated."""
        name = self.names.get(said, "")
        row = self.row_numbers[at]
        place = _("Row %(row)d, column “%(column)s”: ") % {"row": row, "column": name}
        is_protected = said in PROTECTED
        return Problem(
            row=row,
            column=name,
            value=MASKED if is_protected else shown(value),
            code=fault.code,
            message=place + fault.message.replace("{value}", _quoted(value, said)),
            severity=fault.severity,
        )


def read_cells(
    table: Table, mapping: Mapping, on: date, asked: frozenset[str] = frozenset()
) -> Cells:
    """Read what the mapping uses; columns still asked about are left for later."""
    cells = Cells(table.row_numbers)
    for name, said in mapping.columns.items():
        if name not in table.header:
            cells.problems.append(_missing(name))
        if name not in table.header or name in asked:
            continue
        cells.names[said] = name
        column = table.column(name)
        if said in DATES:
            styles = mapping.date_styles.get(name, ())
            cells.days[said] = _read(cells, said, column, _day_reader(said, column, styles, on))
        elif said is Field.STATUS:
            cells.statuses = _read(cells, said, column, _status_reader(column))
        else:
            cells.texts[said] = _read(cells, said, column, _text_reader(said))
    return cells


def _read(cells: Cells, said: Field, column: list[str], read: Reader[T]) -> list[T]:
    """Each different value is read once; its faults are told wherever it stands."""
    faults: dict[str, Fault] = {}
    understood = {value: read(value, faults) for value in set(column)}
    if faults:
        cells.problems += [
            cells.problem(at, said, value, faults[value])
            for at, value in enumerate(column)
            if value in faults
        ]
    return [understood[value] for value in column]


def _text_reader(said: Field) -> Reader[str]:
    clean = _cleaner(said)
    most = _MOST_CHARACTERS.get(said, _MOST)
    is_address = said in _EMAILS

    def read(cell: str, faults: dict[str, Fault]) -> str:
        cleaned = clean(cell)
        if values.is_formula(cell):
            faults[cell] = _formula()
        elif len(cleaned) > most:
            faults[cell] = _too_long(most)
        elif is_address and cleaned and not values.is_email(cleaned):
            faults[cell] = _bad_email()
        else:
            return cleaned
        return ""

    return read


def _cleaner(said: Field) -> Callable[[str], str]:
    if said in _NUMBERS:
        return values.number
    if said in _EMAILS:
        return values.email
    return values.sex if said is Field.SEX else values.text


def _status_reader(column: list[str]) -> Reader[Status | None]:
    words = {values.text(value).lower() for value in set(column)} - {""}
    known = values.true_false_status if words <= {"t", "f"} and "f" in words else values.status

    def read(cell: str, faults: dict[str, Fault]) -> Status | None:
        bare = values.text(cell)
        found = known(bare) if bare else None
        if bare and found is None:
            faults[cell] = _unknown_status()
        return found

    return read


def _day_reader(
    said: Field, column: list[str], styles: tuple[DateStyle, ...], on: date
) -> Reader[date | None]:
    usual = _usual_style(column, styles)
    year = latest_year(said, on)

    def read(cell: str, faults: dict[str, Fault]) -> date | None:
        bare = values.text(cell)
        if not bare or bare in _NO_DAY:
            return None
        style = style_for(bare, styles)
        day = read_date(bare, style, latest_year=year) if style else None
        if day is None:
            faults[cell] = _bad_day(bare, styles)
        elif day.year in ENDLESS:
            return None
        elif style is not usual:
            faults[cell] = _other_style(day, said)
        return day

    return read


def _usual_style(column: list[str], styles: tuple[DateStyle, ...]) -> DateStyle | None:
    if len(styles) <= 1:
        return next(iter(styles), None)
    counts = dict.fromkeys(styles, 0)
    for value in column:
        style = style_for(value, styles)
        if style:
            counts[style] += 1
    return max(counts, key=lambda style: counts[style])


def _formula() -> Fault:
    return Fault("formula", _("{value} is a formula. Please write its result."))


def _too_long(most: int) -> Fault:
    message = _("{value} is longer than %(most)d characters. Please shorten it.")
    return Fault("too_long", message % {"most": most})


def _bad_email() -> Fault:
    message = _("{value} is not an e-mail address. Please correct it or clear the cell.")
    return Fault("bad_email", message)


def _unknown_status() -> Fault:
    message = _("We do not know the status {value}, so we go by the dates alone.")
    return Fault("unknown_status", message, Severity.WARNING)


def _bad_day(bare: str, styles: tuple[DateStyle, ...]) -> Fault:
    if group_of(bare) and style_for(bare, styles) is None:
        message = _(
            "{value} is written in another way than the column's other days, so we cannot be sure"
            " which day it is. Please write it like 2020-02-28."
        )
        return Fault("date_style", message)
    message = _("{value} is not a day in the calendar. Please write it like 2020-02-28.")
    return Fault("bad_date", message)


def _other_style(day: date, said: Field) -> Fault:
    if said in PROTECTED:
        message = _("This day is written in another way than the column's others. Please check it.")
    else:
        message = _(
            "{value} is written in another way than the column's other days. We read it as"
            " %(day)s. Please check it."
        ) % {"day": day.isoformat()}
    return Fault("date_style_differs", message, Severity.WARNING)


def _quoted(value: str, said: Field) -> str:
    return _("this value") if said in PROTECTED else f"“{shown(value)}”"


def _missing(name: str) -> Problem:
    message = _(
        "The mapping uses a column “%(column)s”, but the file has none. Please map another column"
        " or leave it out of the mapping."
    )
    return Problem(None, name, "", "column_missing", message % {"column": name})
