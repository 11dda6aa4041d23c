"""Tables to take away, as CSV or Excel, in which no cell is ever taken for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from tempfile import TemporaryFile

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.text import slugify

Cell = str | int | date | datetime | None

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, kind: str = "csv"
) -> HttpResponseBase:
    """A table as a file of that name: `kind` is "csv" or "xlsx"."""
    return _excel(name, headings, rows) if kind == "xlsx" else _csv(name, headings, rows)


def safe(cell: Cell) -> str:
    """A cell as text that a spreadsheet shows and does not calculate."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    text = str(cell).replace("\0", "")
    is_words = isinstance(cell, str)
    return f"'{text}" if is_words and text.startswith(BEGINS_A_FORMULA) else text


class _Echo:
    """A file that hands back what is written, so that rows leave one by one."""

    def write(self, line: str) -> str:
        return line


def _csv(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> StreamingHttpResponse:
    writer = csv.writer(_Echo())

    def lines() -> Iterator[str]:
        # Excel takes a file for UTF-8 only when it begins with this mark.
        yield "\ufeff" + writer.writerow([safe(heading) for heading in headings])
        for row in rows:
            yield writer.writerow([safe(cell) for cell in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_filename(name)}.csv"'
    return response


def _excel(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> FileResponse:
    file = TemporaryFile()  # noqa: SIM115  # the response closes it
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, safe(heading), bold)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(line, column, cell)
            else:
                sheet.write_string(line, column, safe(cell))
    sheet.freeze_panes(1, 0)
    book.close()
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{_filename(name)}.xlsx", content_type=EXCEL
    )


def _filename(name: str) -> str:
    return slugify(name)[:100] or "table"
