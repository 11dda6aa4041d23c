"""A report in a real browser, from a file, as whoever was sent it opens it."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from evenhand.documents.pages import page_of
from tests.conftest import PHONE, WIDE
from tests.factories.reports import long_table, make_report, report_of

pytestmark = pytest.mark.browser

AXE = Axe()
OPEN_ALL = "document.querySelectorAll('details').forEach(part => { part.open = true })"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    report = make_report()
    longer = report_of(long_table(30)).sections
    path = tmp_path_factory.mktemp("report") / "report.html"
    page = page_of(make_report(sections=report.sections + longer))
    path.write_text(page, encoding="utf-8")
    return path.as_uri()


@pytest.fixture(params=[(WIDE, "light"), (PHONE, "dark")], ids=["wide", "phone"])
def opened(request, browser, file):
    """The page, and what it asked for and complained of while it opened."""
    viewport, scheme = request.param
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    page, noticed = context.new_page(), []
    page.on("request", lambda asked: noticed.append(asked.url))
    page.on("console", lambda message: noticed.append(message.text))
    page.goto(file)
    yield page, [notice for notice in noticed if not notice.startswith("data:")]
    context.close()


def test_it_opens_for_everybody_and_asks_for_nothing(opened, file):
    page, noticed = opened

    assert noticed == [file]
    page.evaluate(OPEN_ALL)
    found = AXE.run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_the_line_of_the_reference_runs_through_the_mark_of_zero(opened):
    page, _noticed = opened
    chart = page.locator("figure", has_text="Strict and lenient raters")

    reference = chart.locator(".line:not(.axis) .reference").first.bounding_box()
    zero = chart.locator(".axis text", has_text="0").nth(1).bounding_box()

    assert zero["x"] < reference["x"] + reference["width"] / 2 < zero["x"] + zero["width"]


def test_a_fold_opens_by_keyboard(opened):
    page, _noticed = opened
    fold = page.locator("details.fold", has_text="Show 10 more rows")

    fold.locator("summary").press("Enter")

    assert fold.locator("tbody tr").last.is_visible()
