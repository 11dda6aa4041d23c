import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.programme.differences import (
    Method,
    difference_in_differences,
    pre_trend,
    two_by_two,
)
from ratingstats.programme.panel import Panel
from ratingstats.status import Status
from tests.ratingstats.programme.panels import two_groups


def test_what_changed_elsewhere_is_taken_off():
    assert two_by_two((3.2, 3.8), (3.1, 3.3)) == pytest.approx(0.40)


def test_the_regression_is_the_difference_of_four_means():
    panel = two_groups((12, 12), effect=0.4)

    result = difference_in_differences(panel)

    four = [
        panel.outcome[(panel.ever == ours) & (panel.period == when)].mean()
        for ours in (True, False)
        for when in (1, 2)
    ]
    assert result.effect == pytest.approx(two_by_two(tuple(four[:2]), tuple(four[2:])))
    assert (result.treated, result.others, result.n) == (12, 12, 480)
    assert result.method is Method.CLUSTERED
    assert result.low < 0.4 < result.high


@pytest.mark.parametrize(
    ("treated", "others", "method", "status"),
    [
        (12, 12, Method.CLUSTERED, Status.MEASURED),
        (7, 8, Method.WILD, Status.MEASURED),
        (3, 9, Method.RANDOMIZATION, Status.CAUTION),
        (1, 4, Method.RANDOMIZATION, Status.CAUTION),
    ],
)
def test_the_method_suits_the_number_of_units_and_all_find_the_effect(
    treated, others, method, status
):
    result = difference_in_differences(two_groups((treated, others), effect=1.0, seed=5))

    assert (result.method, result.status) == (method, status)
    assert result.low < 1.0 < result.high
    assert result.effect == pytest.approx(1.0, abs=0.6)


def test_with_one_unit_of_five_no_p_can_be_small_and_the_reason_says_so():
    result = difference_in_differences(two_groups((1, 4), effect=9.0))

    assert result.p == pytest.approx(0.2)
    assert "0.2" in result.reason
    assert (result.low, result.high) == (-np.inf, np.inf)


@given(st.integers(0, 1_000), st.sampled_from([(12, 11), (6, 6), (3, 8)]))
@settings(max_examples=5, deadline=None)
def test_moving_whole_units_renaming_them_or_shuffling_rows_changes_nothing(seed, arms):
    panel = two_groups(arms, effect=0.3, seed=seed)
    rng = np.random.default_rng(seed)
    moved = panel.outcome + rng.normal(0, 5, panel.units)[panel.unit] + 7 * (panel.period == 2)
    order = rng.permutation(len(moved))
    names = np.array([f"z{99 - u}" for u in panel.unit])
    again = Panel.of(
        moved[order], names[order], panel.period[order], panel.start[panel.unit][order]
    )

    first, second = (difference_in_differences(p, method=Method.CLUSTERED) for p in (panel, again))
    lots, drawn = (
        difference_in_differences(p, method=Method.RANDOMIZATION) for p in (panel, again)
    )

    assert second.effect == pytest.approx(first.effect)
    assert drawn.effect == pytest.approx(lots.effect)
    assert drawn.p == pytest.approx(lots.p, abs=0.03)


def test_a_steeper_rise_before_the_start_is_seen():
    level = pre_trend(two_groups((12, 12), periods=(1, 2, 3, 4, 5)))
    steep = pre_trend(two_groups((12, 12), periods=(1, 2, 3, 4, 5), trend=0.5))

    assert level.low < 0 < level.high
    assert steep.low < 0.5 < steep.high
    assert steep.p < 0.001


def test_two_periods_before_are_no_trend():
    assert pre_trend(two_groups((6, 6), periods=(1, 2, 3))).status is Status.REFUSED


def test_without_a_comparison_or_with_staggered_starts_there_is_no_effect():
    alone = Panel.of([1, 2, 1, 2], list("aabb"), [1, 2, 1, 2], [2] * 4)
    staggered = Panel.of([1, 2, 1, 2, 1, 2], list("aabbcc"), [1, 2] * 3, [2, 2, 1, 1, None, None])
    never_before = Panel.of([2, 1, 2], list("abb"), [2, 1, 2], [2, None, None])

    for panel in (alone, staggered, never_before):
        result = difference_in_differences(panel)
        assert result.status is Status.REFUSED
        assert np.isnan(result.effect)
    assert "different times" in difference_in_differences(staggered).reason
