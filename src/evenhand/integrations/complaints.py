"""What cannot be, once a file is seen beside the database."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from evenhand.integrations.people_files.kinds import UNITS, PersonRow
from evenhand.integrations.unit_book import UnitBook
from evenhand.people.columns import Field
from evenhand.spreadsheets.tables import Problem, Severity


def unit_closed(row: PersonRow, column: str) -> Problem:
    message = _(
        "Row %(row)d, column “%(column)s”: the unit “%(value)s” was closed. Please name another"
        " one."
    )
    return _problem(row, column, row.unit_code or "", "unit_closed", message)


def nameless(row: PersonRow) -> Problem:
    message = _(
        "Row %(row)d: this person is new, and the file does not say the name. Please add it."
    )
    return _problem(row, "", "", "missing_name", message)


def leaves_too_early(row: PersonRow, column: str) -> Problem:
    message = _(
        "Row %(row)d, column “%(column)s”: the last day, %(value)s, is before the first day we"
        " know. Please correct one of them."
    )
    value = row.left_on.isoformat() if row.left_on else ""
    return _problem(row, column, value, "left_before_hired", message)


def email_taken(row: PersonRow, column: str, owner: str) -> Problem:
    message = _(
        "Row %(row)d, column “%(column)s”: %(value)s is the address of %(owner)s already. Please"
        " give each their own address."
    )
    value = row.email or ""
    where = {"row": row.row, "column": column, "value": value, "owner": owner}
    return Problem(row.row, column, value, "email_taken", message % where)


def matrix_manager_unknown(row: PersonRow, column: str) -> Problem:
    message = _(
        "Row %(row)d, column “%(column)s”: nobody else who works here has the number “%(value)s”,"
        " so the matrix manager stays as it is."
    )
    value = row.matrix_manager_number or ""
    return replace(
        _problem(row, column, value, "matrix_manager_unknown", message), severity=Severity.WARNING
    )


def about_units(book: UnitBook, said: Iterable[Field], *, new: int) -> Iterator[Problem]:
    """What somebody should know before units are made, or people come in without one."""
    if new and not UNITS & set(said):
        message = _(
            "No column says the unit, so the new people come in without a position. You can add it"
            " later, by hand or with another file."
        )
        yield Problem(None, "", "", "no_unit_column", message, Severity.WARNING)
    for path in book.shared:
        value = " > ".join(path)
        message = _(
            "Several units are called “%(value)s”, so the file's is made anew at the top. To mean"
            " one of them, please write the units above it too."
        )
        shared = message % {"value": value}
        yield Problem(None, "", value, "unit_name_shared", shared, Severity.WARNING)


def _problem(row: PersonRow, column: str, value: str, code: str, message: str) -> Problem:
    where = {"row": row.row, "column": column, "value": value}
    return Problem(row.row, column, value, code, message % where)
