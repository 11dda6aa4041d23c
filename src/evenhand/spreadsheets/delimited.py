"""From text to rows of cells."""

import csv
import io
import re
from collections import Counter

from django.utils.translation import gettext as _

from evenhand.spreadsheets.tables import Limits, UnusableFile

_DECLARED = re.compile(r"sep=([^\r\n\"])[\r\n]", re.IGNORECASE)
DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT_CHARACTERS = 100_000
_LOOKED_AT_ROWS = 60

Grid = list[list[str]]


def parse(text: str, limits: Limits) -> tuple[Grid, str]:
    """Rows as the file numbers them, empty ones too, and the sign between cells."""
    declared = _DECLARED.match(text)
    delimiter = declared[1] if declared else _likeliest(text)
    grid = _rows(text, delimiter, limits)
    if declared and grid:
        grid[0] = []
    return grid, delimiter


def _rows(text: str, delimiter: str, limits: Limits) -> Grid:
    # A cell may be as long as the file: it is named in a problem of its own, not a crash.
    csv.field_size_limit(max(csv.field_size_limit(), limits.file_bytes))
    grid: Grid = []
    most_rows = limits.rows * 2
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            grid.append(row)
            if len(grid) > most_rows:
                raise too_many_rows(limits)
            if len(row) > limits.columns:
                raise too_many_columns(limits)
    except csv.Error as broken:
        raise UnusableFile(
            code="broken_csv",
            message=_(
                "We could not read row %(row)d of the file. Please save it again as “CSV UTF-8”."
            )
            % {"row": len(grid) + 1},
        ) from broken
    return grid


def _likeliest(text: str) -> str:
    """The sign that parts the first rows into the most equal number of cells."""
    start = text[:_LOOKED_AT_CHARACTERS]
    if len(text) > len(start):
        start = start[: start.rfind("\n") + 1] or start
    return max(DELIMITERS, key=lambda sign: _evenness(start, sign))


def _evenness(start: str, delimiter: str) -> float:
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(start, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                widths[len(row)] += 1
            if widths.total() >= _LOOKED_AT_ROWS:
                break
    except csv.Error:
        return 0
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0
    width, count = max(wide.items(), key=lambda pair: (pair[1], pair[0]))
    return count / widths.total() + min(width, 50) / 1_000


def too_many_rows(limits: Limits) -> UnusableFile:
    return UnusableFile(
        code="too_many_rows",
        message=_(
            "The file has more than %(rows)d rows. Please split it and read the parts in turn."
        )
        % {"rows": limits.rows},
    )


def too_many_columns(limits: Limits) -> UnusableFile:
    return UnusableFile(
        code="too_many_columns",
        message=_("The file has more than %(columns)d columns. Please keep the ones you need.")
        % {"columns": limits.columns},
    )
