import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from evenhand.audit.models import Entry
from evenhand.kernel.paging import Page, page_of
from evenhand.kernel.verdict import Refused

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def entries(*minutes):
    for minute in minutes:
        Entry.objects.create(
            code="thing.done",
            about="thing",
            about_id=1,
            by_id=1,
            at=NOON + timedelta(minutes=minute),
        )


def walk(order, limit, *, back=False):
    cursor, pages = "", []
    while True:
        page = page_of(Entry.objects.all(), order, cursor=cursor, limit=limit)
        pages.append([row.pk for row in page.rows])
        cursor = page.next_cursor
        if not cursor:
            break
    cursor = page.previous_cursor
    while back and cursor:
        page = page_of(Entry.objects.all(), order, cursor=cursor, limit=limit)
        pages.append([row.pk for row in page.rows])
        cursor = page.previous_cursor
    return pages


class TestPages(TestCase):
    @given(
        minutes=st.lists(st.integers(0, 3), max_size=9),
        order=st.sampled_from([("at", "id"), ("-at", "id"), ("-at", "-id"), ("code", "-at", "id")]),
        limit=st.integers(1, 4),
    )
    @example(minutes=[], order=("at", "id"), limit=1)
    def test_walking_from_page_to_page_meets_every_row_once_in_order(self, minutes, order, limit):
        entries(*minutes)

        pages = walk(order, limit)

        expected = list(Entry.objects.order_by(*order).values_list("pk", flat=True))
        assert [pk for page in pages for pk in page] == expected
        assert all(len(page) == limit for page in pages[:-1])


@pytest.mark.django_db
def test_walking_back_shows_the_same_pages():
    entries(1, 1, 2, 3, 5)

    pages = walk(("-at", "id"), 2, back=True)

    assert pages == [*pages[:3], pages[1], pages[0]]


@pytest.mark.django_db
def test_one_page_has_no_neighbours():
    entries(1, 2)

    page = page_of(Entry.objects.all(), ("id",))

    assert (page.next_cursor, page.previous_cursor) == ("", "")


def test_rows_can_be_shown_as_something_else():
    page = Page([1, 2], "next", "previous")

    assert page.shown_as(lambda rows: [str(row) for row in rows]) == Page(
        ["1", "2"], "next", "previous"
    )


def forged(*values):
    return urlsafe_b64encode(json.dumps(values).encode()).decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "é",
        "AAAA",
        forged(),
        forged("after"),
        forged("after", "2026-01-01T00:00:00Z"),
        forged("sideways", "2026-01-01T00:00:00Z", 1),
        forged("after", "not a day", 1),
        forged("after", "2026-13-01T00:00:00Z", 1),
        forged("after", "2026-01-01T00:00:00Z", "one"),
        forged("after", "2026-01-01T00:00:00Z", "\0"),
        forged("after", None, 1),
        forged("after", [1], {"a": 1}),
    ],
)
def test_a_forged_cursor_is_refused_kindly(cursor):
    with pytest.raises(Refused) as refusal:
        page_of(Entry.objects.all(), ("at", "id"), cursor=cursor)

    assert refusal.value.verdict.code == "unknown_cursor"


@pytest.mark.django_db
def test_a_number_beyond_every_row_gives_an_empty_page():
    page = page_of(Entry.objects.all(), ("id",), cursor=forged("after", 10**40))

    assert page == Page([])


@pytest.mark.django_db
def test_moments_within_one_millisecond_are_told_apart():
    for microsecond in (100, 200, 300):
        Entry.objects.create(
            code="thing.done",
            about="thing",
            about_id=1,
            by_id=1,
            at=NOON.replace(microsecond=microsecond),
        )

    pages = walk(("-at", "-id"), 1)

    assert [len(page) for page in pages] == [1, 1, 1]
