"""Workbooks for people to fill in: choices drop down, cells check what is typed, words explain."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

import xlsxwriter

from evenhand.spreadsheets.cells import Cell, as_text
from evenhand.spreadsheets.writing import Sheet

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False}
_LONGEST_TITLE, _LONGEST_PROMPT = 32, 255  # more than that no hint of Excel holds
_WIDTH, _WIDE = 16, 44
LISTS = "Lists"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column to fill in. What is written is one of the `choices`, if there are any."""

    heading: str
    help: str = ""
    choices: tuple[str, ...] = ()
    kind: str = "text"
    is_wide: bool = False


def write_form(
    file: IO[bytes],
    name: str,
    columns: Sequence[FormColumn],
    *,
    rows: int,
    beside: Sequence[Sheet] = (),
) -> None:
    """Write an empty sheet of that many rows to fill in, and finished sheets beside it."""
    book = xlsxwriter.Workbook(file, _OPTIONS)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page = book.add_worksheet(name)
    for sheet in beside:
        _write_beside(book, sheet, bold)
    lists = book.add_worksheet(LISTS)
    lists.hide()
    for place, column in enumerate(columns):
        page.write_string(0, place, as_text(column.heading), bold)
        width = _WIDE if column.is_wide else _WIDTH
        page.set_column(place, place, width, day if column.kind == "day" else None)
        page.data_validation(1, place, rows, place, _rule(lists, place, column))
    page.freeze_panes(1, 0)
    page.activate()
    book.close()


def _rule(lists: "xlsxwriter.worksheet.Worksheet", place: int, column: FormColumn) -> object:
    """What Excel checks and says while somebody types; a wrong value is asked about, not barred."""
    rule: dict[str, object] = {"validate": "any"}
    if column.choices:
        for line, choice in enumerate(column.choices):
            lists.write_string(line, place, as_text(choice))
        letter = xlsxwriter.utility.xl_col_to_name(place)
        rule = {"validate": "list", "source": f"={LISTS}!${letter}$1:${letter}${line + 1}"}
    elif column.kind == "number":
        rule = {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15}
    rule |= {"ignore_blank": True, "error_type": "warning"}
    if column.help:
        rule["input_title"] = column.heading[:_LONGEST_TITLE]
        rule["input_message"] = column.help[:_LONGEST_PROMPT]
    return rule


def _write_beside(
    book: "xlsxwriter.Workbook", sheet: Sheet, bold: "xlsxwriter.format.Format"
) -> None:
    page = book.add_worksheet(sheet.name)
    for line, row in enumerate((sheet.headings, *sheet.rows)):
        cells: Sequence[Cell] = row
        for place, cell in enumerate(cells):
            page.write_string(line, place, as_text(cell), None if line else bold)
    page.set_column(0, 0, _WIDTH * 2)
    page.set_column(1, len(sheet.headings), _WIDE)
    page.freeze_panes(1, 0)
