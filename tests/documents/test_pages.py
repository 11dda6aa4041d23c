import re
import time
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from evenhand.analytics.report import Cell, NotSaid, Table, Tile, Words
from evenhand.documents.pages import page_of
from evenhand.documents.styles import fingerprint
from tests.factories.reports import (
    empty_report,
    groups,
    long_table,
    make_report,
    rater_table,
    report_of,
    shares,
)

HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{ 7 }}"


class Reader(HTMLParser):
    """The tags of a page with their attributes, in order."""

    def __init__(self, page):
        super().__init__()
        self.tags = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def hostile(report):
    """The report with hostile words in every place where a file could put some."""
    table = rater_table()
    rows = tuple(tuple(replace(cell, text=HOSTILE) for cell in row) for row in table.rows)
    columns = tuple(replace(column, label=HOSTILE, meaning=HOSTILE) for column in table.columns)
    blocks = (
        Table(HOSTILE, columns, rows, note=HOSTILE),
        Words((HOSTILE,), HOSTILE),
        NotSaid(HOSTILE, HOSTILE, HOSTILE),
        replace(shares(), title=HOSTILE, note=HOSTILE),
    )
    section = replace(report.sections[0], question=HOSTILE, answer=HOSTILE, blocks=blocks)
    tile = Tile(HOSTILE, HOSTILE, HOSTILE)
    return replace(
        report, title=HOSTILE, about=HOSTILE, tiles=(tile,), sections=(section,), limits=(HOSTILE,)
    )


def test_a_page_needs_nothing_from_elsewhere():
    page = Reader(page_of(make_report()))

    asked = [
        value
        for _tag, attributes in page.tags
        for name, value in attributes.items()
        if name in {"src", "href", "action", "data", "poster", "srcset"}
    ]
    assert all(value.startswith(("#", "data:")) for value in asked)
    assert page.all("script") == page.all("img") == page.all("iframe") == []


def test_its_policy_allows_exactly_the_styles_that_stand_in_it():
    page = page_of(make_report())
    styles = re.search(r"<style>(.*)</style>", page, re.DOTALL)[1]

    (policy,) = [meta["content"] for meta in Reader(page).all("meta") if "http-equiv" in meta]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert fingerprint(styles) in policy
    assert "unsafe" not in policy


def test_no_element_has_a_style_of_its_own():
    page = Reader(page_of(make_report()))

    assert [tag for tag, attributes in page.tags if "style" in attributes] == []


def test_every_picture_has_a_name_and_its_table():
    page = page_of(make_report())

    pictures = [a for _tag, a in Reader(page).tags if a.get("role") == "img"]
    assert pictures
    assert all(picture["aria-label"].strip(" .") for picture in pictures)
    assert page.count("The numbers behind this picture") == page.count("<figure") == 3
    for figure in page.split("<figure")[1:]:
        assert "<table" in figure.split("</figure>")[0]


def test_words_from_a_file_stay_words():
    page = page_of(hostile(make_report()))
    read = Reader(page)

    assert read.all("script") == read.all("img") == []
    assert page.count("<style") == 1
    assert "{{ 7 }}" in page


def test_a_report_without_anything_is_still_a_page():
    page = page_of(empty_report())

    assert "Nothing to say yet" in page
    assert "In this report" not in page


def test_a_hidden_number_is_not_in_the_page():
    table = replace(
        groups(), rows=((*groups().rows[0][:-1], Cell("too few", 7391.0, is_hidden=True)),)
    )

    page = page_of(report_of(table))

    assert "7391" not in page
    assert "too few" in page


def test_a_usual_report_is_small():
    assert len(page_of(make_report()).encode()) < 300_000


@pytest.mark.parametrize("rows", [10_000])
def test_a_table_of_many_rows_stays_light_and_quick(rows):
    report, begun = report_of(long_table(rows)), time.perf_counter()

    page = page_of(report)

    assert len(page.encode()) < 4_000_000
    assert time.perf_counter() - begun < 10
    assert f"Show {rows - 20:,} more rows" in page or f"Show {rows - 20} more rows" in page
