"""Tables to take away, as CSV or Excel."""

from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.text import slugify

from evenhand.spreadsheets.cells import Cell
from evenhand.spreadsheets.writing import Sheet, csv_lines, write_workbook

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, kind: str = "csv"
) -> HttpResponseBase:
    """A table as a file of that name: `kind` is "csv" or "xlsx"."""
    return _excel(name, headings, rows) if kind == "xlsx" else _csv(name, headings, rows)


def _csv(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> StreamingHttpResponse:
    lines = csv_lines(headings, rows)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_filename(name)}.csv"'
    return response


def _excel(name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> FileResponse:
    file = TemporaryFile()  # noqa: SIM115  # the response closes it
    write_workbook(file, [Sheet(headings, rows)])
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{_filename(name)}.xlsx", content_type=EXCEL
    )


def _filename(name: str) -> str:
    return slugify(name)[:100] or "table"
