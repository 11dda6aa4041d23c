"""A report as a workbook that calculates: numbers stay numbers, and nothing is ever a formula."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from evenhand.analytics.report import (
    BarChart,
    Block,
    Cell,
    Explained,
    Findings,
    IntervalChart,
    NotSaid,
    Report,
    Section,
    Table,
    Words,
)
from evenhand.documents.formats import format_of, is_number_only, kept_harmless, wide_enough
from evenhand.documents.sheet_names import SheetNames

WORDS_WIDTH = 110
# What a sheet and a cell can hold at most.
MOST_ROWS, MOST_CHARACTERS = 1_048_000, 32_000
SAFELY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}

Texts = list[tuple[str, str]]
# The library has no types.
Book: TypeAlias = Any
Sheet: TypeAlias = Any
Format: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class NamedTable:
    name: str
    table: Table


@dataclass(frozen=True, slots=True)
class Lead:
    """A column of a sheet: which column of the table it shows, as a number or in words."""

    label: str
    column: int
    in_words: bool


def workbook_of(report: Report) -> bytes:
    """The report as an Excel file: contents and words first, then a sheet for each table."""
    # Nobody who looks at a page waits for a library that writes workbooks.
    import xlsxwriter  # noqa: PLC0415  # costs 0.3 s

    file = BytesIO()
    book = xlsxwriter.Workbook(file, SAFELY)
    Writer(book).write(report)
    book.close()
    return file.getvalue()


class Writer:
    """Fills one workbook, sheet by sheet; a format is made once for each way a cell looks."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.names = SheetNames()
        self.formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def write(self, report: Report) -> None:
        contents = self._sheet(_("Contents"))
        words = self._sheet(_("In words"))
        tables = list(self._tables(report))
        self._write_contents(contents, report, tables)
        self._write_texts(words, list(texts_of(report)))
        for named in tables:
            self._write_table(self.book.add_worksheet(named.name), named.table)
        if report.methods or report.limits:
            self._write_texts(self._sheet(_("Methods")), list(methods_of(report)))

    def _sheet(self, wanted: str) -> Sheet:
        return self.book.add_worksheet(self.names.legal(wanted))

    def _tables(self, report: Report) -> Iterator[NamedTable]:
        for number, section in enumerate(report.sections, start=1):
            for table in tables_of(section):
                yield NamedTable(self.names.legal(f"{number} {table.title}"), table)

    def _format(self, **looks: object) -> Format:
        key = tuple(sorted(looks.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"valign": "top", **looks})
        return self.formats[key]

    def _say(self, sheet: Sheet, row: int, column: int, text: str, **looks: object) -> None:
        sheet.write_string(
            row, column, kept_harmless(text)[:MOST_CHARACTERS], self._format(**looks)
        )

    def _write_contents(self, sheet: Sheet, report: Report, tables: list[NamedTable]) -> None:
        sheet.set_column(0, 0, 48)
        sheet.set_column(1, 1, 22)
        sheet.set_column(2, 2, WORDS_WIDTH - 40)
        self._say(sheet, 0, 0, report.title, bold=True, font_size=16)
        self._say(sheet, 1, 0, report.about)
        self._say(sheet, 2, 0, report.made_on, font_color="#565f6b")
        row = 4
        for tile in report.tiles:
            self._say(sheet, row, 0, tile.label)
            self._say(sheet, row, 1, tile.value, bold=True)
            self._say(sheet, row, 2, tile.note, text_wrap=True)
            row += 1
        self._say(sheet, row + 1, 0, _("Sheets"), bold=True)
        link = self._format(font_color="#0b5e5a", underline=1)
        for line, named in enumerate(tables, start=row + 2):
            inside = "internal:'{}'!A1".format(named.name.replace("'", "''"))
            sheet.write_url(line, 0, inside, link, named.name)
            self._say(sheet, line, 2, named.table.title)

    def _write_texts(self, sheet: Sheet, texts: Texts) -> None:
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, WORDS_WIDTH)
        for row, (label, text) in enumerate(texts):
            self._say(sheet, row, 0, label, bold=True, text_wrap=True)
            self._say(sheet, row, 1, text, text_wrap=True)

    def _write_table(self, sheet: Sheet, table: Table) -> None:
        leads = leads_of(table)
        for place, lead in enumerate(leads):
            self._say(sheet, 0, place, lead.label, bold=True, text_wrap=True, bottom=1)
            meaning = table.columns[lead.column].meaning
            if meaning:
                sheet.write_comment(0, place, meaning)
            sheet.set_column(place, place, _width(table, lead))
        for line, row in enumerate(table.rows[:MOST_ROWS], start=1):
            for place, lead in enumerate(leads):
                self._write_cell(sheet, line, place, row[lead.column], lead)
        sheet.freeze_panes(1, 1)
        if table.rows:
            sheet.autofilter(0, 0, min(len(table.rows), MOST_ROWS), len(leads) - 1)
        for below, note in enumerate(notes_of(table), start=2):
            self._say(sheet, min(len(table.rows), MOST_ROWS) + below, 0, note, italic=True)

    def _write_cell(self, sheet: Sheet, line: int, place: int, cell: Cell, lead: Lead) -> None:
        if cell.is_hidden or lead.in_words or not _is_finite(cell.number):
            text = cell.text or ("—" if cell.is_hidden else "")
            self._say(sheet, line, place, text)
        else:
            sheet.write_number(line, place, cell.number, self._format(num_format=format_of(cell)))


def tables_of(section: Section) -> Iterator[Table]:
    for block in section.blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, IntervalChart | BarChart):
            yield block.table


def leads_of(table: Table) -> list[Lead]:
    """The columns of the sheet; where text says more than its number, both have a column."""
    leads = []
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows if not row[place].is_hidden]
        numbers = [cell for cell in cells if _is_finite(cell.number)]
        leads.append(Lead(column.label, place, in_words=not numbers))
        if any(not is_number_only(cell.text) for cell in numbers):
            label = _("%(column)s, in words") % {"column": column.label}
            leads.append(Lead(label, place, in_words=True))
    return leads


def notes_of(table: Table) -> list[str]:
    """What stands below a table: its title, its note, and whether it goes on elsewhere."""
    notes = [table.title, table.note]
    if len(table.rows) > MOST_ROWS:
        notes.append(_("Only the first %(n)s rows fit on a sheet.") % {"n": f"{MOST_ROWS:,}"})
    return [note for note in notes if note]


def texts_of(report: Report) -> Iterator[tuple[str, str]]:
    for section in report.sections:
        yield section.question, section.answer
        for block in section.blocks:
            yield from _texts(block)
        yield "", ""


def methods_of(report: Report) -> Iterator[tuple[str, str]]:
    for words in report.methods:
        yield words.title, "\n".join(words.paragraphs)
    for limit in report.limits:
        yield _("What this cannot say"), limit
    for source in report.sources:
        yield _("Source"), source


def _texts(block: Block) -> Iterator[tuple[str, str]]:
    match block:
        case Words():
            yield block.title, "\n".join(block.paragraphs)
        case NotSaid():
            yield _("Not said: %(what)s") % {"what": block.what}, f"{block.why} {block.remedy}"
        case Findings():
            for finding in block.findings:
                yield finding.text, f"{finding.action}\n{finding.evidence}".strip()
        case Explained():
            inputs = "; ".join(f"{name}: {value}" for name, value in block.inputs)
            yield block.formula, inputs
        case IntervalChart() | BarChart() if block.note:
            yield block.title, block.note


def _is_finite(number: float | None) -> bool:
    return number is not None and math.isfinite(number)


def _width(table: Table, lead: Lead) -> int:
    looked_at = 500
    texts = [row[lead.column].text for row in table.rows[:looked_at]]
    return wide_enough([*texts, lead.label[:24]])
