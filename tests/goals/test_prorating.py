from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.goals.prorating import Span, days_worked, pro_rated

MARCH = Span(date(2026, 3, 2), date(2026, 4, 1))


@pytest.mark.parametrize(
    ("target", "worked", "planned", "expected"),
    [("100", 11, 22, "50"), ("120", 24, 30, "96"), ("100", 22, 22, "100"), ("7", 0, 20, "0")],
)
def test_a_quantity_is_scaled_to_the_days_worked(target, worked, planned, expected):
    found = pro_rated(Decimal(target), Decimal(worked), Decimal(planned))

    assert found.target == Decimal(expected)
    assert found.full_target == Decimal(target)


@pytest.mark.parametrize(("worked", "planned"), [(1, 0), (5, 4), (-1, 4)])
def test_days_that_cannot_be_are_refused(worked, planned):
    with pytest.raises(ValueError, match="Worked days"):
        pro_rated(Decimal(100), Decimal(worked), Decimal(planned))


def test_weekends_and_days_away_do_not_count():
    away = Span(date(2026, 3, 9), date(2026, 3, 16))

    assert days_worked(MARCH, []) == (22, 22)
    assert days_worked(MARCH, [away]) == (17, 22)


def test_two_leaves_over_the_same_days_take_them_out_once():
    away = Span(date(2026, 3, 9), date(2026, 3, 16))

    assert days_worked(MARCH, [away, away]) == (17, 22)


def test_part_time_counts_each_day_by_its_share():
    half = Span(date(2026, 3, 16), date(2026, 4, 1), percent=50)

    assert days_worked(MARCH, [], [half]) == (16, 22)


@settings(max_examples=40)
@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 100))
def test_worked_never_exceeds_planned_and_a_target_never_grows(start, length, percent):
    away = Span(date(2026, 2, 20), date(2026, 2, 20) + timedelta(days=start))
    period = Span(date(2026, 3, 2), date(2026, 3, 2) + timedelta(days=length))
    worked, planned = days_worked(period, [away], [Span(period.starts_on, period.ends_on, percent)])

    assert 0 <= worked <= planned
    assert pro_rated(Decimal(100), worked, planned).target <= 100
