import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.programme.promotion import promotion_accuracy, rating_and_reward
from ratingstats.status import Status


def test_the_share_of_promoted_who_met_the_level_says_nothing_alone():
    result = promotion_accuracy((17, 20))

    assert (result.promoted.low, result.promoted.high) == pytest.approx((0.6396, 0.9476), abs=1e-4)
    assert result.status is Status.CAUTION
    assert np.isnan(result.difference)


def test_the_difference_has_newcombes_interval():
    # Newcombe (1998), Statistics in Medicine 17, 873: 56/70 against 48/80, method 10.
    result = promotion_accuracy((56, 70), (48, 80))

    assert result.difference == pytest.approx(0.2)
    assert (result.low, result.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_scipy_finds_the_same_rank_correlation():
    from scipy.stats import spearmanr  # noqa: PLC0415  # as in the library

    rng = np.random.default_rng(9)
    ratings = rng.integers(1, 6, 50).astype(float)
    increases = np.round(ratings + rng.normal(0, 2, 50), 0)

    result = rating_and_reward(ratings, increases)

    theirs = spearmanr(ratings, increases)
    assert (result.rho, result.p) == pytest.approx((theirs.statistic, theirs.pvalue))
    assert result.low < result.rho < result.high


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 9)), min_size=12, max_size=30))
@settings(max_examples=25)
def test_only_order_matters(pairs):
    ratings, increases = np.array(pairs, float).T

    result, stretched = (
        rating_and_reward(ratings, increases),
        rating_and_reward(ratings, np.exp(increases)),
    )

    assert stretched.rho == pytest.approx(result.rho, nan_ok=True)


def test_few_pairs_or_pairs_that_do_not_differ_are_refused():
    assert rating_and_reward([1, 2, 3], [1, 2, 3]).status is Status.REFUSED
    assert rating_and_reward([3] * 20, range(20)).status is Status.REFUSED
    with pytest.raises(ValueError, match="per person"):
        rating_and_reward([1, 2], [1])
