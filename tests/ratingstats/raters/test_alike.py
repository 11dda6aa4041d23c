import numpy as np
import pytest

from ratingstats.raters.alike import same_group, two_by_two
from ratingstats.reasons import Reason
from ratingstats.status import Status


def ratings(rng, bonus, raters=30, each=20):
    """Residuals, whether rater and person are of group A, and the rater, with a bonus for likes."""
    rater = np.repeat(np.arange(raters), each)
    groups = np.column_stack([rater % 2 == 0, rng.random(len(rater)) < 0.5])
    same = groups[:, 0] == groups[:, 1]
    return rng.normal(0, 0.6, len(rater)) + bonus * same, groups, rater


def test_a_bonus_for_people_like_oneself_is_found():
    residual, groups, rater = ratings(np.random.default_rng(1), 0.4)
    same = groups[:, 0] == groups[:, 1]

    for found in (same_group(residual, same, rater), two_by_two(residual, groups, rater)):
        assert found.difference == pytest.approx(0.4, abs=0.12)
        assert found.low > 0
        assert found.is_flagged


def test_without_a_bonus_the_interval_holds_zero_as_often_as_it_says():
    rng, inside = np.random.default_rng(2), 0
    for _ in range(300):
        found = two_by_two(*ratings(rng, 0.0, raters=20, each=12))
        inside += found.low <= 0 <= found.high

    assert 0.91 <= inside / 300 <= 0.985


def test_a_difference_too_small_to_matter_is_not_flagged():
    residual, groups, rater = ratings(np.random.default_rng(3), 0.1, raters=200)

    found = two_by_two(residual, groups, rater)

    assert found.low > 0
    assert not found.is_flagged


def test_lenient_raters_of_one_group_and_better_people_of_one_group_do_not_count():
    residual, groups, rater = ratings(np.random.default_rng(4), 0.0)
    moved = residual + 0.7 * groups[:, 0] + 0.3 * groups[:, 1]

    one, other = two_by_two(residual, groups, rater), two_by_two(moved, groups, rater)

    assert other.difference == pytest.approx(one.difference)
    assert (other.low, other.high) == pytest.approx((one.low, one.high))


def test_nine_ratings_in_a_cell_or_four_raters_of_a_group_say_nothing():
    residual, groups, rater = ratings(np.random.default_rng(5), 0.4, raters=30)
    groups[:, 1] = True
    assert two_by_two(residual, groups, rater).reason is Reason.TOO_FEW

    residual, groups, rater = ratings(np.random.default_rng(6), 0.4, raters=8)
    found = two_by_two(residual, groups, rater)
    assert (found.status, found.is_flagged) == (Status.REFUSED, False)


def test_names_of_raters_and_order_do_not_matter():
    residual, groups, rater = ratings(np.random.default_rng(7), 0.2)
    order = np.random.default_rng(8).permutation(len(rater))

    one = two_by_two(residual, groups, rater)
    other = two_by_two(residual[order], groups[order], 100 - rater[order])

    assert (other.low, other.high) == pytest.approx((one.low, one.high))
