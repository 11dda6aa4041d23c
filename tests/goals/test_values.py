from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from evenhand.goals import values
from evenhand.goals.kinds import GoalKind, Metric
from evenhand.goals.values import Taker, Value, may_be_day, may_take

D = Decimal
STARTS, DUE = date(2026, 1, 1), date(2026, 6, 30)
TODAY = date(2026, 5, 4)
LATER = DUE + timedelta(days=10)
LEVEL = Taker(GoalKind.KPI, Metric.LEVEL, STARTS, DUE)
SUM = replace(LEVEL, metric=Metric.CUMULATIVE)
RATE = replace(LEVEL, metric=Metric.RATE)
YES_NO = Taker(GoalKind.YES_NO, "", STARTS, DUE)
MILESTONE = Taker(GoalKind.MILESTONES, "", STARTS, DUE, is_part=True)
KEY_RESULT = Taker(GoalKind.OKR, Metric.LEVEL, STARTS, DUE, is_part=True)
OKR = Taker(GoalKind.OKR, "", STARTS, DUE, has_parts=True)


def code(taker, *numbers, day=TODAY, on=TODAY, has_evidence=False):
    given = [None if number is None else D(number) for number in numbers]
    return may_take(taker, Value(day, *given), on=on, has_evidence=has_evidence).code


@pytest.mark.parametrize("taker", [LEVEL, SUM, KEY_RESULT])
@pytest.mark.parametrize("number", ["0", "-3.5", "42.1234", "1000000000000"])
def test_one_number_fits_what_is_one_figure(taker, number):
    assert code(taker, number) == ""


def test_a_rate_takes_some_out_of_all():
    assert code(RATE, None, "3", "40") == ""
    assert code(RATE, None, "0", "40") == ""
    for numbers in (["5"], ["5", "3", "40"], [None, "3"], [None, "3", "0"], [None, "-1", "5"]):
        assert code(RATE, *numbers) == values.TWO_NUMBERS_NEEDED.code


def test_one_figure_takes_no_second_number():
    assert code(LEVEL, "5", "3", "40") == values.ONE_NUMBER_NEEDED.code
    assert code(LEVEL, None, "3", "40") == values.ONE_NUMBER_NEEDED.code


def test_nothing_is_no_value():
    assert code(LEVEL) == values.NO_VALUE.code


def test_what_cannot_be_kept_exactly_is_refused():
    assert code(LEVEL, "1000000000000.0001") == values.TOO_LARGE.code
    assert code(LEVEL, "NaN") == values.TOO_LARGE.code
    assert code(LEVEL, "Infinity") == values.TOO_LARGE.code
    assert code(LEVEL, "0.00001") == values.TOO_FINE.code
    assert code(LEVEL, "0.10000000") == ""


def test_the_day_lies_between_the_start_and_today():
    assert code(LEVEL, "5", day=STARTS) == ""
    assert code(LEVEL, "5", day=STARTS - timedelta(days=1)) == values.BEFORE_START.code
    assert code(LEVEL, "5", day=TODAY + timedelta(days=1)) == values.DAY_TO_COME.code
    assert code(SUM, "5", day=LATER) == values.DAY_TO_COME.code


def test_what_adds_up_ends_with_the_goal_and_a_level_may_come_late():
    assert code(SUM, "5", day=LATER, on=LATER) == values.AFTER_END.code
    assert code(RATE, None, "1", "2", day=LATER, on=LATER) == values.AFTER_END.code
    assert code(SUM, "5", day=DUE, on=LATER) == ""
    assert code(LEVEL, "5", day=LATER, on=LATER) == ""
    assert code(YES_NO, "1", day=LATER, on=LATER) == ""


def test_done_is_1_and_not_done_is_0():
    assert code(YES_NO, "1") == code(YES_NO, "0") == ""
    assert code(YES_NO, "0.5") == values.YES_OR_NO.code


def test_a_milestone_is_reached_when_something_shows_it():
    assert code(MILESTONE, "1") == values.EVIDENCE_NEEDED.code
    assert code(MILESTONE, "1", has_evidence=True) == ""
    assert code(MILESTONE, "0") == ""


def test_a_goal_of_parts_takes_values_for_its_parts_only():
    assert code(OKR, "5") == values.PART_NEEDED.code
    assert may_be_day(OKR, TODAY, on=TODAY)
