import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ratingstats.distribution import (
    Method,
    guidance_distance,
    team_chances,
    total_variation,
)
from ratingstats.status import Status

GUIDANCE = [0.05, 0.10, 0.65, 0.15, 0.05]
shares = st.lists(st.integers(1, 20), min_size=3, max_size=6).map(
    lambda parts: np.array(parts) / sum(parts)
)


def test_a_random_team_of_ten_mostly_has_not_exactly_one_of_the_lowest_tenth():
    found = team_chances(10, 0.10)

    assert found.nobody == pytest.approx(0.3487, abs=1e-4)
    assert found.at_least_one == pytest.approx(0.6513, abs=1e-4)
    assert found.exactly == pytest.approx(0.3874, abs=1e-4)
    assert found.quota == 1


def test_a_quota_is_rounded_half_up_and_is_somebody():
    assert team_chances(25, 0.10).quota == 3
    assert team_chances(4, 0.10).quota == 1


def test_the_distance_is_the_share_that_would_have_to_move():
    found = guidance_distance([10, 20, 100, 50, 20], GUIDANCE)

    assert found.total_variation == pytest.approx(0.15)
    assert found.status is Status.MEASURED


def test_chi_square_is_used_where_every_level_is_expected_five_times():
    seen = np.array([10, 20, 100, 50, 20])

    found = guidance_distance(seen, GUIDANCE)

    theirs = stats.chisquare(seen, np.array(GUIDANCE) * 200)
    assert (found.method, found.levels) == (Method.CHI_SQUARE, 5)
    assert (found.chi2, found.p) == pytest.approx((theirs.statistic, theirs.pvalue))


def test_neighbours_are_put_together_first_where_they_are_not():
    found = guidance_distance([6, 4, 40, 7, 3], GUIDANCE)

    # Expected 3 + 6, 39, 9 + 3: the ends join their neighbours.
    theirs = stats.chisquare([10, 40, 10], [9, 39, 12])
    assert found.levels == 3
    assert (found.chi2, found.df, found.p) == pytest.approx((theirs.statistic, 2, theirs.pvalue))


def test_chance_is_drawn_where_pooling_leaves_one_level():
    found = guidance_distance([0, 2, 4, 1, 0], GUIDANCE)
    again = guidance_distance([0, 2, 4, 1, 0], GUIDANCE)

    assert found.method is Method.MONTE_CARLO
    assert found.status is Status.CAUTION
    assert 0.3 < found.p <= 1
    assert found == again


def test_drawing_agrees_with_counting_all_outcomes():
    guidance, n = np.array([0.3, 0.3, 0.4]), 6
    expected, far = guidance * n, ((np.array([5, 1, 0]) - guidance * n) ** 2 / (guidance * n)).sum()
    exact = sum(
        stats.multinomial.pmf([a, b, n - a - b], n, guidance)
        for a in range(n + 1)
        for b in range(n + 1 - a)
        if ((np.array([a, b, n - a - b]) - expected) ** 2 / expected).sum() >= far - 1e-9
    )

    assert guidance_distance([5, 1, 0], guidance).p == pytest.approx(exact, abs=0.01)


def test_somebody_on_a_level_the_guidance_leaves_empty_is_as_far_as_can_be():
    found = guidance_distance([1, 3], [0, 1])

    assert found.chi2 == float("inf")
    assert found.p == pytest.approx(1 / 10_000)


def test_nobody_rated_says_nothing():
    assert guidance_distance([0, 0, 0], [0.2, 0.3, 0.5]).status is Status.REFUSED


@pytest.mark.parametrize("guidance", [[0.5, 0.6], [-0.5, 1.5], [[0.5, 0.5]]])
def test_guidance_is_made_of_shares(guidance):
    with pytest.raises(ValueError, match="sum to 1"):
        guidance_distance([1, 2], guidance)


def test_what_does_not_fit_is_an_error_with_its_remedy():
    with pytest.raises(ValueError, match="as many counts"):
        guidance_distance([1, 2, 3], [0.5, 0.5])
    with pytest.raises(ValueError, match="team of at least one"):
        team_chances(0, 0.1)
    with pytest.raises(ValueError, match="neither of them empty"):
        total_variation([0, 0], [1, 2])


@settings(max_examples=40)
@given(shares, shares)
def test_a_distance_lies_between_none_and_all_from_either_side(one, other):
    if len(one) == len(other):
        found = total_variation(one, other)
        assert 0 <= found <= 1
        assert found == pytest.approx(total_variation(other, one))
    assert total_variation(one, one) == 0
