from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.goals.kinds import Pace
from evenhand.goals.pace import elapsed, standing

D = Decimal
YEAR = {"starts_on": date(2026, 1, 1), "due_on": date(2026, 12, 31)}
HALFWAY = date(2026, 7, 2)


def test_half_way_through_the_year_with_three_tenths_is_at_risk():
    found = standing(D("0.30"), **YEAR, on=HALFWAY)

    assert found.elapsed == D("0.5")
    assert found.gap == D("0.20")
    assert found.pace == Pace.AT_RISK


@pytest.mark.parametrize(
    ("score", "pace"),
    [
        ("1", Pace.ON_TRACK),
        ("0.4", Pace.ON_TRACK),
        ("0.399999", Pace.AT_RISK),
        ("0.25", Pace.AT_RISK),
        ("0.249999", Pace.OFF_TRACK),
        ("0", Pace.OFF_TRACK),
    ],
)
def test_pace_changes_just_beyond_a_gap_of_a_tenth_and_of_a_quarter(score, pace):
    assert standing(D(score), **YEAR, on=HALFWAY).pace == pace


def test_without_a_score_there_is_no_data_and_no_gap():
    found = standing(None, **YEAR, on=HALFWAY)

    assert (found.pace, found.gap) == (Pace.NO_DATA, None)


def test_on_the_last_day_only_nine_tenths_are_on_track():
    assert standing(D("0.9"), **YEAR, on=YEAR["due_on"]).pace == Pace.ON_TRACK
    assert standing(D("0.89"), **YEAR, on=date(2027, 6, 1)).pace == Pace.AT_RISK


def test_before_the_first_day_there_is_nothing_to_be_behind_of():
    assert standing(D(0), **YEAR, on=date(2025, 12, 1)).pace == Pace.ON_TRACK


def test_a_goal_of_one_day_is_over_on_that_day():
    day = date(2026, 5, 4)

    assert elapsed(day, day, day - timedelta(days=1)) == 0
    assert elapsed(day, day, day) == 1


@settings(max_examples=60)
@given(st.integers(0, 800), st.integers(-100, 900), st.integers(0, 100))
def test_time_gone_lies_between_0_and_1_and_never_goes_back(length, on, later):
    starts_on = date(2026, 1, 1)
    due_on = starts_on + timedelta(days=length)
    first = elapsed(starts_on, due_on, starts_on + timedelta(days=on))
    second = elapsed(starts_on, due_on, starts_on + timedelta(days=on + later))

    assert 0 <= first <= second <= 1


@settings(max_examples=60)
@given(st.decimals(0, 1, places=4), st.decimals(0, 1, places=4), st.integers(0, 364))
def test_a_higher_score_never_stands_worse(one, other, day):
    worst = [Pace.ON_TRACK, Pace.AT_RISK, Pace.OFF_TRACK]
    on = YEAR["starts_on"] + timedelta(days=day)
    low, high = (standing(score, **YEAR, on=on) for score in sorted((one, other)))

    assert worst.index(high.pace) <= worst.index(low.pace)
