from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from evenhand.kernel.periods import FOREVER
from evenhand.people.models import Unit

START = date(2026, 1, 1)
END = date(2026, 7, 1)
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return Unit.objects.create(code="S", name="Sales", starts_on=START, ends_on=END)


@pytest.mark.parametrize(
    ("day", "holds"), [(START - DAY, False), (START, True), (END - DAY, True), (END, False)]
)
def test_a_fact_holds_from_its_first_day_until_before_its_end(unit, day, holds):
    assert unit.holds_on(day) is holds
    assert Unit.objects.on(day).exists() is holds


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "overlaps"),
    [
        (date(2025, 1, 1), START, False),
        (date(2025, 1, 1), START + DAY, True),
        (END - DAY, FOREVER, True),
        (END, FOREVER, False),
    ],
)
@pytest.mark.usefixtures("unit")
def test_periods_that_only_touch_do_not_overlap(starts_on, ends_on, overlaps):
    assert Unit.objects.overlapping(starts_on, ends_on).exists() is overlaps


def test_an_open_end_is_forever(unit):
    lasting = Unit.objects.create(code="R", name="Research", starts_on=START)

    assert lasting.is_open_ended
    assert list(Unit.objects.open_ended()) == [lasting]


def test_nothing_ends_before_it_starts():
    with pytest.raises(IntegrityError, match="unit_ends_after_it_starts"):
        Unit.objects.create(code="S", name="Sales", starts_on=END, ends_on=START)
