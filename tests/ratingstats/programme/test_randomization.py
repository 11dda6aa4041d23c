import numpy as np
import pytest

from ratingstats.programme.randomization import Randomization


def test_with_three_against_three_the_most_extreme_split_has_p_one_tenth():
    change = np.array([5.0, 6, 7, 1, 2, 3])
    lots = Randomization.of(change, np.arange(6) < 3, seed=1)

    assert lots.estimate == 4
    assert lots.p(0) == lots.smallest_p == pytest.approx(2 / 20)
    assert lots.interval(0.95)[:2] == (-np.inf, np.inf)
    low, high, _ = lots.interval(0.8)
    assert 0 < low < 4 < high


def test_scipys_permutation_test_finds_the_same():
    from scipy.stats import permutation_test  # noqa: PLC0415  # slow to import

    rng = np.random.default_rng(3)
    a, b = rng.normal(0.5, 1, 5), rng.normal(0, 1, 6)
    theirs = permutation_test(
        (a, b), lambda x, y: abs(x.mean() - y.mean()), n_resamples=np.inf, alternative="greater"
    )

    ours = Randomization.of(np.concatenate((a, b)), np.arange(11) < 5, seed=1)

    assert ours.p(0) == pytest.approx(theirs.pvalue)


def test_many_units_are_drawn_by_lot_with_the_seed():
    change = np.random.default_rng(1).normal(size=30) + np.repeat([0.8, 0], 15)
    first, again = (Randomization.of(change, np.arange(30) < 15, seed=5) for _ in range(2))

    assert not first.whole
    assert first.p(0) == again.p(0)
    assert np.all(first.drawn.sum(axis=1) == 15)
    low, high, _ = first.interval(0.95)
    assert low < first.estimate < high
    assert first.p(low - 0.01) < 0.05
    assert first.p(low + 0.01) > 0.05


def test_one_unit_has_no_spread():
    assert np.isnan(Randomization.of(np.array([3.0, 1, 2]), np.arange(3) < 1, seed=1).std_error)
