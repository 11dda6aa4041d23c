from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Concat

from evenhand.kernel import bulk
from evenhand.kernel.bulk import batches, insert_rows, insert_select, update_rows
from evenhand.kernel.periods import FOREVER
from evenhand.people.models import Unit
from evenhand.reviews.models import Reopening
from tests.factories.people import PersonFactory, UnitFactory
from tests.factories.reviews import SelfReviewFactory

pytestmark = pytest.mark.django_db

COLUMNS = ("code", "name", "starts_on", "ends_on")
DAY = date(2026, 1, 1)


def names():
    return list(Unit.objects.order_by("code").values_list("code", "name"))


def copies():
    return Unit.objects.values_list(Concat("code", Value("-copy")), "name", "starts_on", "ends_on")


def test_rows_come_in_from_a_query():
    for code in ("a", "b"):
        UnitFactory(code=code, name=code.upper())

    assert insert_select(Unit, COLUMNS, copies()) == 2

    assert names() == [("a", "A"), ("a-copy", "A"), ("b", "B"), ("b-copy", "B")]


def test_a_repeated_step_brings_in_only_what_is_missing():
    UnitFactory(code="a")
    insert_select(Unit, COLUMNS, copies().filter(code="a"))
    UnitFactory(code="b")
    originals = copies().exclude(code__endswith="-copy")

    assert insert_select(Unit, COLUMNS, originals, skip_existing=True) == 1
    assert insert_select(Unit, COLUMNS, originals, skip_existing=True) == 0


def test_without_being_told_so_nothing_is_skipped():
    UnitFactory(code="a")
    insert_select(Unit, COLUMNS, copies())

    with pytest.raises(IntegrityError), transaction.atomic():
        insert_select(Unit, COLUMNS, copies().filter(code="a"))


def test_things_are_taken_so_many_at_a_time():
    assert list(batches(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(batches([], 2)) == []


def test_plain_rows_come_in_as_they_are(monkeypatch):
    monkeypatch.setattr(bulk, "ROWS_AT_ONCE", 2)
    rows = [(f"u{n}", f"Ünit {n}\t\\", DAY, FOREVER) for n in range(5)]

    assert insert_rows(Unit, COLUMNS, iter(rows)) == 5

    assert [name for _, name in names()] == [f"Ünit {n}\t\\" for n in range(5)]


def test_words_are_sealed_also_when_many_come_in():
    review, person = SelfReviewFactory(), PersonFactory()
    columns = ("review", "by", "at", "reason")

    insert_rows(Reopening, columns, [(review.pk, person.pk, "2026-01-01T00:00:00Z", "A slip")])

    assert Reopening.objects.get().reason == "A slip"


def test_many_rows_get_new_values():
    units = [UnitFactory(code=f"u{n}", name="Old") for n in range(3)]

    update_rows(Unit, ("name",), [(f"New {unit.code}", unit.pk) for unit in units[:2]])

    assert [name for _, name in names()] == ["New u0", "New u1", "Old"]
