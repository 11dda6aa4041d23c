"""A filled-in workbook as rows whose columns are known, before anything is made of them."""

from collections.abc import Sequence
from typing import TypedDict

from django.utils.translation import gettext as _

from evenhand.competencies.workbook import COLUMNS, LABELS, REPEATED
from evenhand.spreadsheets.cells import BEGIN_FORMULAS
from evenhand.spreadsheets.reading import read_table
from evenhand.spreadsheets.tables import Limits, Problem, Table, UnusableFile
from evenhand.spreadsheets.vocabulary import Vocabulary
from evenhand.spreadsheets.words import plain, tidy
from evenhand.spreadsheets.workbooks import is_workbook

LIMITS = Limits(file_bytes=5_000_000, unpacked_bytes=50_000_000, rows=20_000, columns=100)
NOTHING_THERE = frozenset({"no_such_sheet", "no_rows", "empty"})


class Row(TypedDict):
    """A row as its sheet numbers it: single cells by column, repeated ones as lists."""

    number: int
    cells: dict[str, str]
    lists: dict[str, list[str]]


Rows = dict[str, list[Row]]


def read_rows(raw: bytes) -> Rows:
    """The rows of the four sheets; a file that has none of them raises UnusableFile."""
    if not is_workbook(raw):
        raise UnusableFile(
            code="not_a_workbook",
            message=_("Please save the file as an Excel workbook (.xlsx) and try again."),
        )
    rows = {sheet: _rows_of(sheet, raw) for sheet in COLUMNS}
    if not any(rows.values()):
        raise UnusableFile(
            code="nothing_to_read",
            message=_(
                "We found no filled-in row on the sheets %(sheets)s. Fill in the template and bring"
                " it again."
            )
            % {"sheets": ", ".join(f"“{LABELS[sheet]}”" for sheet in COLUMNS)},
        )
    return rows


def _rows_of(sheet: str, raw: bytes) -> list[Row]:
    try:
        table = read_table(raw, _words(sheet), limits=LIMITS, sheet=str(LABELS[sheet]))
    except UnusableFile as unusable:
        if unusable.code in NOTHING_THERE:
            return []
        raise
    _refuse_lost_cells(sheet, table.problems)
    return _told(sheet, table)


def _told(sheet: str, table: Table) -> list[Row]:
    singles = {_named(key): key for key in COLUMNS[sheet]}
    repeated = {_named(key): key for key in REPEATED.get(sheet, ())}
    missing = [str(LABELS[key]) for key in COLUMNS[sheet] if _named(key) not in _plain(table)]
    if missing:
        raise UnusableFile(
            code="no_such_column",
            message=_("The sheet “%(sheet)s” has no column %(columns)s. The template has them all.")
            % {"sheet": LABELS[sheet], "columns": ", ".join(f"“{name}”" for name in missing)},
        )
    rows: list[Row] = []
    for number, cells in zip(table.row_numbers, table.rows, strict=True):
        row = Row(number=number, cells={}, lists={key: [] for key in repeated.values()})
        for name, cell in zip(_plain(table), cells, strict=True):
            text = _text(cell)
            if name in singles:
                row["cells"].setdefault(singles[name], text)
            elif text and (key := repeated.get(name.rstrip("0123456789 "))):
                row["lists"][key].append(text)
        rows.append(row)
    return rows


def _refuse_lost_cells(sheet: str, problems: Sequence[Problem]) -> None:
    """Where the reader had to leave something out, nothing is taken."""
    lost = next((problem for problem in problems if problem.is_error), None)
    if lost is not None:
        raise UnusableFile(
            lost.code,
            _("Sheet “%(sheet)s”: %(problem)s") % {"sheet": LABELS[sheet], "problem": lost.message},
        )


def _words(sheet: str) -> Vocabulary:
    known = {_named(key) for key in (*COLUMNS[sheet], *REPEATED.get(sheet, ()))}

    def knows(name: str) -> bool:
        return plain(name).rstrip("0123456789 ") in known

    example = ", ".join(str(LABELS[key]) for key in COLUMNS[sheet][:3])
    return Vocabulary(knows, knows, lambda _name: False, example)


def _plain(table: Table) -> list[str]:
    return [plain(name) for name in table.header]


def _named(key: str) -> str:
    return plain(str(LABELS[key]))


def _text(cell: str) -> str:
    """A cell in one line, without the sign that keeps a spreadsheet from calculating it."""
    text = tidy(cell)
    is_guarded = text.startswith("'") and text[1:].lstrip().startswith(BEGIN_FORMULAS)
    return text[1:] if is_guarded else text
