"""From a file to a table."""

import re
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.spreadsheets.decoding import decode
from evenhand.spreadsheets.delimited import Grid, parse, too_many_rows
from evenhand.spreadsheets.headers import Heading, find_heading
from evenhand.spreadsheets.tables import (
    MASKED,
    Limits,
    Problem,
    Severity,
    Table,
    UnusableFile,
    shown,
)
from evenhand.spreadsheets.vocabulary import Vocabulary
from evenhand.spreadsheets.workbooks import is_workbook, read_workbook

LIMITS = Limits()
_ENDS = re.compile(r"[\r\n\t,;|]")


def read_table(
    source: bytes | Path, words: Vocabulary, *, limits: Limits = LIMITS, sheet: str = ""
) -> Table:
    """Read a CSV or Excel file; what cannot be read raises UnusableFile with what to do."""
    raw = source if isinstance(source, bytes) else _bytes_of(source, limits)
    _check_size(len(raw), limits)
    if is_workbook(raw):
        chosen = read_workbook(raw, limits, words, sheet)
        told = Table((), chosen.grid, [], sheet=chosen.name, notes=chosen.notes)
        return _table(told, words, limits)
    decoded = decode(raw)
    grid, delimiter = parse(decoded.text, limits)
    told = Table((), grid, [], "", decoded.encoding, delimiter, decoded.notes)
    return _table(told, words, limits)


def _bytes_of(path: Path, limits: Limits) -> bytes:
    try:
        _check_size(path.stat().st_size, limits)
        return path.read_bytes()
    except OSError as missing:
        raise UnusableFile(
            code="no_file", message=_("We could not open the file %(name)s.") % {"name": path.name}
        ) from missing


def _check_size(size: int, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise UnusableFile(
            code="file_too_large",
            message=_("The file is larger than %(size)d MB. Please split it, or leave out columns.")
            % {"size": limits.file_bytes // 1_000_000},
        )


def _table(told: Table, words: Vocabulary, limits: Limits) -> Table:
    heading = find_heading(told.rows, words)
    if len(heading.names) > limits.columns:
        raise UnusableFile(code="too_many_columns", message=_("The file has too many columns."))
    rows, numbers, problems = _even_rows(told.rows, heading, words, limits)
    if not rows:
        raise UnusableFile(
            code="no_rows",
            message=_("The file has column names but no rows below them. Is it the right file?"),
        )
    return Table(
        header=heading.names,
        rows=rows,
        row_numbers=numbers,
        sheet=told.sheet,
        encoding=told.encoding,
        delimiter=told.delimiter,
        notes=(*told.notes, *heading.notes),
        problems=tuple(problems),
    )


def _even_rows(
    grid: Grid, heading: Heading, words: Vocabulary, limits: Limits
) -> tuple[Grid, list[int], list[Problem]]:
    """Every row as wide as the header; empty rows dropped, odd ones named."""
    width = len(heading.names)
    rows: Grid = []
    numbers: list[int] = []
    problems: list[Problem] = []
    short = 0
    most = limits.cell_characters
    for number, row in enumerate(grid[heading.first_row :], start=heading.first_row + 1):
        if not any(map(str.strip, row)):
            continue
        if len(row) != width:
            short += len(row) < width
            problems += _excess(number, row[width:], width)
            row = row[:width] + [""] * (width - len(row))  # noqa: PLW2901  the even row replaces it
        if max(map(len, row)) > most:
            problems += _too_long(number, row, heading.names, words, most)
            row = [cell if len(cell) <= most else "" for cell in row]  # noqa: PLW2901  as above
        rows.append(row)
        numbers.append(number)
        if len(rows) > limits.rows:
            raise too_many_rows(limits)
    return rows, numbers, [*_short_rows(short, len(rows)), *problems]


def _excess(number: int, beyond: list[str], width: int) -> list[Problem]:
    words = [cell for cell in beyond if cell.strip()]
    if not words:
        return []
    message = _(
        "Row %(row)d has more cells than there are column names. A comma or quote in a text"
        " may have split it. Please check this row."
    ) % {"row": number}
    column = _("Column %(number)d") % {"number": width + 1}
    # Whose column the excess is, nobody knows: it may be a protected fact, so it is not shown.
    return [Problem(number, column, "", "too_many_cells", message)]


def _too_long(
    number: int, row: list[str], names: tuple[str, ...], words: Vocabulary, most: int
) -> list[Problem]:
    message = _(
        "Row %(row)d, column “%(column)s”: the text is longer than %(most)d characters."
        " A quotation mark may be missing its partner. Please check this cell."
    )
    return [
        Problem(
            number,
            name,
            MASKED if words.is_protected(name) else _beginning(cell),
            "cell_too_long",
            message % {"row": number, "column": name, "most": most},
        )
        for name, cell in zip(names, row, strict=True)
        if len(cell) > most
    ]


def _beginning(cell: str) -> str:
    """How a cell begins; where it swallowed others, these may be protected facts."""
    return shown(_ENDS.split(cell, 1)[0])


def _short_rows(short: int, rows: int) -> list[Problem]:
    if not short:
        return []
    message = ngettext(
        "%(short)d of %(rows)d rows has fewer cells than there are column names. If a cell was lost"
        " in the middle, those after it now stand in the wrong column. Please look at it.",
        "%(short)d of %(rows)d rows have fewer cells than there are column names. If a cell was"
        " lost in the middle, those after it now stand in the wrong column. Please look at them.",
        short,
    ) % {"short": short, "rows": rows}
    return [Problem(None, "", "", "too_few_cells", message, Severity.WARNING)]
