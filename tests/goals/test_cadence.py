from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.goals.cadence import Compliance, compliance

START = date(2026, 1, 1)


def found(*days, cadence=14, length=90, grace=3):
    checked_in = [START + timedelta(days=day) for day in days]
    until = START + timedelta(days=length)
    return compliance(checked_in, cadence, starts_on=START, until=until, grace_days=grace)


def test_five_check_ins_in_ninety_days_every_two_weeks_are_five_of_six():
    assert found(14, 28, 42, 56, 70) == Compliance(5, 6)
    assert found(14, 28, 42, 56, 70).share == pytest.approx(Decimal("0.8333"), abs=Decimal("1e-4"))


def test_within_grace_is_in_time_and_a_day_later_is_not():
    assert found(17, length=14).done == 1
    assert found(18, length=14).done == 0
    assert found(15, length=14, grace=0).done == 0


def test_a_check_in_stands_for_one_period_only():
    assert found(16, length=28) == Compliance(1, 2)
    assert found(16, 30, length=28) == Compliance(2, 2)
    assert found(2, 3, 4, length=28) == Compliance(1, 2)


def test_before_the_first_period_has_ended_nothing_was_due():
    assert found(3, length=13) == Compliance(0, 0)
    assert found(3, length=13).share is None
    assert found(length=-5).due == 0


@settings(max_examples=60)
@given(st.lists(st.integers(-5, 130), max_size=12), st.integers(1, 40), st.integers(0, 120))
def test_never_more_in_time_than_were_due_or_were_made(days, cadence, length):
    told = found(*days, cadence=cadence, length=length)

    assert 0 <= told.done <= min(told.due, len(days))
    assert told.due == length // cadence


@settings(max_examples=40)
@given(st.lists(st.integers(1, 90), max_size=10), st.integers(1, 90))
def test_one_more_check_in_never_makes_it_worse(days, more):
    assert found(*days, more).done >= found(*days).done
