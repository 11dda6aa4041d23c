"""A report on paper."""

from django.template.loader import render_to_string

from evenhand.analytics.report import Report
from evenhand.documents.showing import shown

STYLE = "documents/paper.css"
# A person reads a page or two of a table; all of it stands in the workbook.
MOST_ROWS = 60


def pdf_of(report: Report) -> bytes:
    """The report as a PDF on A4, with a table of contents and page numbers."""
    # A page needs no PDF library, nor the system libraries that one wants.
    from evenhand.documents.typesetting import typeset  # noqa: PLC0415  # costs 1 s

    return typeset(printed(report), STYLE)


def printed(report: Report) -> str:
    context = {"report": report, "shown": shown(report, most_rows=MOST_ROWS), "on_paper": True}
    return render_to_string("documents/paper.html", context)
