"""Tables written as CSV or Excel, in which no cell is ever taken for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import IO

import xlsxwriter

from evenhand.spreadsheets.cells import Cell, as_text

_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_MOST_CHARACTERS = 32_767  # more than that no cell of Excel holds


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its headings, and the rows below them."""

    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    name: str | None = None


class _Echo:
    """A file that hands back what is written, so that rows leave one by one."""

    def write(self, line: str) -> str:
        return line


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The lines of a CSV file, one by one."""
    writer = csv.writer(_Echo())
    # Excel takes a file for UTF-8 only when it begins with this mark.
    yield "\ufeff" + writer.writerow([as_text(heading) for heading in headings])
    for row in rows:
        yield writer.writerow([as_text(cell) for cell in row])


def write_workbook(file: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Write sheets with their headings in bold and in sight; numbers stay numbers."""
    book = xlsxwriter.Workbook(file, _OPTIONS)
    bold = book.add_format({"bold": True})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for column, heading in enumerate(sheet.headings):
            page.write_string(0, column, as_text(heading)[:_MOST_CHARACTERS], bold)
        for line, row in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, (int, float)) and isfinite(cell):
                    page.write_number(line, column, cell)
                else:
                    page.write_string(line, column, as_text(cell)[:_MOST_CHARACTERS])
        page.freeze_panes(1, 0)
    book.close()
