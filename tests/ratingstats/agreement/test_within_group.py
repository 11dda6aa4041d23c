"""Formulas: James, Demaree & Wolf (1984), Journal of Applied Psychology 69."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.agreement.within_group import rwg, rwg_j, rwg_j_linear
from ratingstats.reasons import Reason
from ratingstats.status import Status


def test_four_raters_who_nearly_agree_on_five_levels():
    assert rwg([4, 4, 5, 3], 5).raw == pytest.approx(0.6667, abs=1e-4)


def test_opposed_raters_fall_below_zero_and_are_shown_as_none():
    found = rwg([1, 5, 1, 5], 5)

    assert found.raw == pytest.approx(-1.6667, abs=1e-4)
    assert found.shown == 0
    assert (found.status, found.reason) == (Status.CAUTION, Reason.BELOW_ZERO)


def test_three_raters_are_too_few_to_rely_on():
    assert rwg([4, 4, 5], 5).reason is Reason.TOO_FEW


def test_a_gap_is_no_rating():
    assert rwg([4, np.nan, 4, 5, 3], 5).n == 4


def test_one_rater_says_nothing():
    assert rwg([4], 5).status is Status.REFUSED
    assert rwg_j([[4, 5]], 5).status is Status.REFUSED
    assert rwg_j_linear([[4, 5]], 5).status is Status.REFUSED


def test_several_items_agree_more_than_each_by_the_spearman_brown_of_the_mean():
    items = np.array([[4, 5, 4], [4, 4, 4], [5, 4, 3], [4, 4, 5]])
    single = rwg_j_linear(items, 5).raw

    assert rwg_j(items, 5).raw == pytest.approx(3 * single / (1 + 2 * single))


def test_raters_far_apart_on_many_items_never_look_as_if_they_agreed():
    items = np.tile([[1], [5], [1], [5]], (1, 6))

    found = rwg_j(items, 5)

    assert found.shown == 0
    assert found.reason is Reason.BELOW_ZERO


def test_a_scale_has_at_least_two_levels():
    with pytest.raises(ValueError, match="at least 2"):
        rwg([1, 1], 1)


@settings(max_examples=40)
@given(st.lists(st.integers(1, 5), min_size=2, max_size=12))
def test_direction_and_order_do_not_matter(ratings):
    turned = [6 - rating for rating in reversed(ratings)]

    assert rwg(turned, 5).raw == pytest.approx(rwg(ratings, 5).raw)
    assert 0 <= rwg(ratings, 5).shown <= 1
