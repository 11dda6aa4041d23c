import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.analytics.report import Bar, BarChart, IntervalChart, Mark, Tone
from evenhand.documents.charts import (
    FIRST,
    MOST,
    Axis,
    draw_bars,
    draw_intervals,
    percent,
    said,
    step_of,
    ticks,
)
from tests.factories.reports import rater_marks, rater_table, shares

CHART = IntervalChart("Raters", rater_marks(), 0.0, "less", "none", "more", "", rater_table())
anything = st.floats(allow_nan=True, allow_infinity=True)


def share(place):
    return float(place.removesuffix("%"))


def test_an_interval_lies_around_its_point_and_the_reference_where_zero_is():
    drawn = draw_intervals(CHART)

    for line in drawn.first:
        assert share(line.low) < share(line.middle) < share(line.high)
        assert (share(line.middle) < share(drawn.reference)) == (line.mark.middle < 0)


@settings(max_examples=60)
@given(st.lists(st.tuples(anything, anything, anything), max_size=5), anything)
def test_whatever_the_numbers_are_nothing_leaves_the_picture(numbers, reference):
    marks = tuple(Mark("", "", low, middle, high, "") for low, middle, high in numbers)

    drawn = draw_intervals(replace(CHART, marks=marks, reference=reference))

    places = [drawn.reference, *(tick.at for tick in drawn.ticks)]
    for line in drawn.first:
        places += [line.low, line.high, line.middle or "0%"]
    assert all(0 <= share(place) <= 100 for place in places)


def test_an_estimate_without_an_interval_is_a_point():
    mark = Mark("One", "", math.nan, 0.3, math.nan, "0.3")

    (line,) = draw_intervals(replace(CHART, marks=(mark,))).first

    assert line.low == line.middle == line.high


def test_what_has_no_estimate_is_named_and_not_drawn():
    mark = Mark("One", "too few", math.nan, math.nan, math.nan, "")

    (line,) = draw_intervals(replace(CHART, marks=(mark,))).first

    assert line.middle is None
    assert line.mark.detail == "too few"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-0.66, 0.93, ["\N{MINUS SIGN}0.5", "0", "+0.5"]),
        (-3.1, 2.2, ["\N{MINUS SIGN}2", "0", "+2"]),
        (0.5, 1.5, ["+0.50", "+0.75", "+1.00", "+1.25", "+1.50"]),
        (0, 12_000, ["0", "+5,000", "+10,000"]),
    ],
)
def test_an_axis_has_a_few_round_numbers(low, high, said):
    assert [tick.text for tick in ticks(Axis(low, high), is_signed=True)] == said


def test_an_axis_without_length_has_none():
    assert ticks(Axis(1.0, 1.0)) == ()
    assert step_of(math.inf) == 0


def test_places_are_written_with_a_point_in_every_language():
    assert [percent(1 / 3), percent(0.5), percent(0.0), percent(1.0)] == [
        "33.33%",
        "50%",
        "0%",
        "100%",
    ]


def test_only_what_is_worth_a_look_has_a_filled_point():
    marks = tuple(replace(rater_marks()[0], tone=tone) for tone in Tone)

    filled = [
        line.mark.tone
        for line in draw_intervals(replace(CHART, marks=marks)).first
        if line.is_marked
    ]

    assert filled == [Tone.LOOK, Tone.BAD]


def test_parts_of_a_whole_follow_one_another_and_fill_it():
    drawn = draw_bars(shares())

    ends = [share(stripe.start) + share(stripe.length) for stripe in drawn.first]
    assert [share(stripe.start) for stripe in drawn.first[1:]] == pytest.approx(ends[:-1])
    assert ends[-1] == pytest.approx(100)


def test_a_bar_is_as_long_as_its_share_of_the_whole():
    bars = (Bar("A", 5.0, "5"), Bar("B", 30.0, "30"), Bar("C", math.nan, ""))

    drawn = draw_bars(BarChart("", bars, 20.0, "", rater_table()))

    assert [stripe.length for stripe in drawn.first] == ["25%", "100%", "0%"]
    assert {stripe.start for stripe in drawn.first} == {"0%"}


def test_short_words_beside_the_lines_leave_them_more_room():
    assert draw_bars(shares()).is_terse
    assert not draw_intervals(CHART).is_terse
    assert draw_intervals(replace(CHART, marks=())).is_terse


def test_a_long_picture_is_folded_and_a_very_long_one_ends():
    drawn = draw_intervals(replace(CHART, marks=rater_marks() * 30))

    assert len(drawn.first) == FIRST
    assert len(drawn.first) + len(drawn.rest) == MOST
    assert drawn.left_out == 30 * len(rater_marks()) - MOST


def test_a_tick_a_hair_below_its_number_is_that_number():
    assert said(0.3 - 1e-12, 0.1, is_signed=False) == "0.3"
