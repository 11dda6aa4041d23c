from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.goals.kinds import Metric
from evenhand.goals.scoring import (
    NO_SCORE,
    ONE,
    ZERO,
    Measurement,
    Score,
    actual_of,
    linear,
    maintain,
    milestones,
    payout,
    weighted,
    yes_or_no,
)

D = Decimal
VALUES = st.decimals(-1_000_000, 1_000_000, places=2)
WEIGHTS = st.integers(1, 100)
SHARES = st.decimals(0, 1, places=4)


def near(expected: str) -> object:
    return pytest.approx(D(expected), abs=D("0.0001"))


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "expected"),
    [(32, 45, 42, "0.7692"), (8, 5, 6, "0.6667"), (80, 100, 92, "0.6"), (0, 100, 0, "0")],
)
def test_a_score_is_the_share_of_the_way_that_is_gone(baseline, target, actual, expected):
    assert linear(D(baseline), D(target), D(actual)).capped == near(expected)


def test_more_than_the_target_counts_as_one_and_is_kept_as_it_was():
    assert linear(D(0), D(100), D(130)) == Score(D("1.3"), ONE)


def test_less_than_the_baseline_counts_as_zero_and_is_kept_as_it_was():
    assert linear(D(10), D(20), D(5)) == Score(D("-0.5"), ZERO)


def test_where_baseline_and_target_are_the_same_there_is_no_score():
    with pytest.raises(ValueError, match="the same"):
        linear(D(5), D(5), D(5))


@pytest.mark.parametrize("missing", range(3))
def test_without_one_of_the_three_figures_there_is_no_score(missing):
    figures: list[Decimal | None] = [D(5), D(8), D(6)]
    figures[missing] = None

    assert linear(*figures) == NO_SCORE


@settings(max_examples=60)
@given(VALUES, VALUES, VALUES, VALUES)
def test_a_score_lies_between_0_and_1_and_follows_what_was_reached(baseline, target, one, other):
    if baseline == target:
        return
    near_target, far = sorted((one, other), reverse=target > baseline)
    better, worse = linear(baseline, target, near_target), linear(baseline, target, far)

    assert ZERO <= worse.capped <= better.capped <= ONE
    assert worse.raw <= better.raw


@settings(max_examples=60)
@given(VALUES, VALUES, VALUES)
def test_lower_is_better_mirrors_higher_is_better(baseline, target, actual):
    if baseline != target:
        assert linear(baseline, target, actual) == linear(-baseline, -target, -actual)


@settings(max_examples=20)
@given(st.decimals(-(10**13), 10**13, places=4), st.decimals(-(10**13), 10**13, places=4))
def test_the_largest_values_still_make_a_score_that_can_be_kept(baseline, actual):
    score = linear(baseline, baseline + D("0.0001"), actual)

    assert abs(score.raw) < 10**8
    assert score.raw == score.raw.quantize(D("0.000001"))


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("93", "0.6"),
        ("95", "1"),
        ("97", "1"),
        ("100", "1"),
        ("101", "0.8"),
        ("90", "0"),
        ("1", "0"),
    ],
)
def test_outside_its_limits_a_figure_loses_by_its_distance(actual, expected):
    assert maintain(D(actual), D(95), D(100), D(5)).capped == D(expected)


def test_a_limit_may_be_open_and_without_tolerance_outside_is_zero():
    assert maintain(D(10**6), D(95), None, D(5)).capped == ONE
    assert maintain(D("100.0001"), None, D(100), None).capped == ZERO
    assert maintain(None, D(95), D(100), D(5)) == NO_SCORE


@settings(max_examples=40)
@given(VALUES, VALUES, st.decimals("0.01", 1000, places=2))
def test_two_figures_as_far_from_the_limits_score_the_same(low, width, distance):
    high = low + abs(width)
    below, above = (maintain(at, low, high, D(100)) for at in (low - distance, high + distance))

    assert below == above
    assert ZERO <= below.capped <= ONE


def test_yes_is_one_no_is_zero_and_nothing_said_is_no_score():
    assert yes_or_no(D(1)).capped == ONE
    assert yes_or_no(D(0)).capped == ZERO
    assert yes_or_no(D("0.9")).capped == ZERO
    assert yes_or_no(None) == NO_SCORE


def test_parts_count_by_their_weights():
    scores = [linear(D(32), D(45), D(42)), linear(D(8), D(5), D(6)), Score(D("0.7"), D("0.7"))]

    found = weighted(zip((40, 35, 25), scores, strict=True))

    assert found.capped == near("0.7160")
    assert found.coverage == ONE


def test_a_part_without_a_score_leaves_and_coverage_says_so():
    scores = [NO_SCORE, linear(D(8), D(5), D(6)), Score(D("0.7"), D("0.7"))]

    found = weighted(zip((40, 35, 25), scores, strict=True))

    assert found.capped == near("0.6806")
    assert found.coverage == D("0.6")


def test_ten_weights_of_ten_percent_are_a_whole():
    assert weighted([(10, Score(ONE, ONE))] * 10) == Score(ONE, ONE, ONE)


def test_without_any_score_or_weight_there_is_none():
    assert weighted([]) == NO_SCORE
    assert weighted([(50, NO_SCORE), (50, NO_SCORE)]) == NO_SCORE
    assert milestones([]) == NO_SCORE


@settings(max_examples=60)
@given(st.lists(st.tuples(WEIGHTS, SHARES), min_size=1, max_size=8))
def test_a_weighted_score_lies_between_its_lowest_and_highest_part(rows):
    shares = [share for _weight, share in rows]

    found = weighted((weight, Score(share, share)) for weight, share in rows)

    assert min(shares) <= found.capped <= max(shares)
    assert found.coverage == ONE


def test_what_a_part_has_beyond_its_target_makes_up_for_no_other():
    over, nothing = linear(D(0), D(10), D(20)), linear(D(0), D(10), D(0))

    assert weighted([(50, over), (50, nothing)]).capped == D("0.5")


def test_milestones_count_when_reached_and_not_before():
    assert milestones([(50, ONE), (30, None), (20, ZERO)]).capped == D("0.5")
    assert milestones([(50, ONE), (50, ONE)]).capped == ONE
    assert milestones([(50, None), (50, None)]) == NO_SCORE


def test_what_adds_up_is_a_sum_and_a_level_is_the_last_value():
    values = [Measurement(D(10)), Measurement(D(5)), Measurement(D(7))]

    assert actual_of(values, Metric.CUMULATIVE) == D(22)
    assert actual_of(values, Metric.LEVEL) == D(7)
    assert actual_of([], Metric.LEVEL) is None


def test_a_rate_is_all_by_all_and_never_the_mean_of_rates():
    halves = [Measurement(None, D(1), D(2)), Measurement(None, D(0), D(98))]

    assert actual_of(halves, Metric.RATE) == ONE
    assert actual_of([Measurement(D(5))], Metric.RATE) is None


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=1, max_size=6))
def test_one_measurement_of_sums_stands_for_all(pairs):
    each = [Measurement(D(top), D(top), D(below)) for top, below in pairs]
    tops, belows = (D(sum(column)) for column in zip(*pairs, strict=True))

    for metric in (Metric.CUMULATIVE, Metric.RATE):
        assert actual_of(each, metric) == actual_of([Measurement(tops, tops, belows)], metric)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(79, "0"), (80, "0.5"), (90, "0.75"), (100, "1"), (110, "1.25"), (120, "1.5"), (999, "1.5")],
)
def test_a_payout_bends_at_threshold_target_and_stretch(actual, expected):
    marks = {"threshold": D(80), "target": D(100), "stretch": D(120)}
    mirrored = {name: -value for name, value in marks.items()}

    assert payout(D(actual), **marks) == D(expected)
    assert payout(D(-actual), **mirrored) == D(expected)


def test_a_payout_refuses_marks_that_do_not_follow_each_other():
    with pytest.raises(ValueError, match="follow each other"):
        payout(D(1), threshold=D(80), target=D(80), stretch=D(120))
