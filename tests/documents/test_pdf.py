from django.utils.html import escape

from evenhand.documents.pdf import MOST_ROWS, pdf_of, printed
from tests.factories.reports import empty_report, long_table, make_report, report_of


def test_a_report_becomes_a_pdf():
    assert pdf_of(make_report()).startswith(b"%PDF")


def test_an_empty_one_too():
    assert pdf_of(empty_report()).startswith(b"%PDF")


def test_the_first_page_holds_every_question_with_its_answer():
    report = make_report()
    contents = printed(report).split("</nav>")[0]

    for section in report.sections:
        assert escape(section.question) in contents
        assert escape(section.answer) in contents


def test_paper_ends_a_long_table_and_says_where_the_rest_is():
    assert f"{1000 - MOST_ROWS} more rows stand in the workbook." in printed(
        report_of(long_table(1000))
    )
