import re
import zlib

import pytest
from django.utils.html import escape

from evenhand.documents.pdf import MOST_ROWS, pdf_of, printed
from tests.factories.reports import empty_report, long_table, make_report, report_of

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


@pytest.fixture(scope="module")
def paper():
    return pdf_of(make_report())


def unpacked(paper):
    for stream in STREAM.findall(paper):
        try:
            yield zlib.decompress(stream)
        except zlib.error:
            yield stream


def test_a_report_becomes_a_pdf(paper):
    assert paper.startswith(b"%PDF")


def test_a_screen_reader_finds_its_headings_and_tables(paper):
    inside = b"".join(unpacked(paper))

    for tag in (b"/StructTreeRoot", b"/S /H1", b"/S /H2", b"/S /Table"):
        assert tag.replace(b" ", b"") in inside.replace(b" ", b"")


def test_a_report_without_anything_becomes_one_too():
    assert pdf_of(empty_report()).startswith(b"%PDF")


def test_the_first_page_holds_every_question_with_its_answer():
    report = make_report()
    contents = printed(report).split("</nav>")[0]

    for section in report.sections:
        assert escape(section.question) in contents
        assert escape(section.answer) in contents


def test_paper_ends_a_long_table_and_says_where_the_rest_is():
    rest = f"{1000 - MOST_ROWS} more rows are left out here; the workbook has them all."

    assert rest in printed(report_of(long_table(1000)))
