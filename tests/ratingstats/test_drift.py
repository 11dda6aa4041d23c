import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ratingstats.drift import drift, rates
from ratingstats.groups.counts import Counted
from ratingstats.reasons import Reason
from ratingstats.status import Status


def test_a_downgrade_three_times_as_frequent_passes_four_fifths_of_its_absence():
    found = rates(Counted(9, 40), Counted(6, 80))

    assert found.complement_ratio == pytest.approx(0.8378, abs=1e-4)
    assert found.ratio == pytest.approx(3.0)
    assert found.p == pytest.approx(0.0367, abs=1e-4)


def test_no_downgrade_in_the_rest_leaves_an_endless_ratio():
    assert rates(Counted(1, 10), Counted(0, 10)).ratio == float("inf")
    assert rates(Counted(1, 10), Counted(10, 10)).complement_ratio == float("inf")


def test_a_group_that_came_down_drifts_from_the_rest():
    shift = np.array([-1] * 9 + [0] * 31 + [-1] * 6 + [0] * 74)
    first, second = drift(shift, np.repeat([0, 1], [40, 80]), 2)

    assert (first.n, first.rest_n) == (40, 80)
    assert first.difference == pytest.approx(-9 / 40 + 6 / 80)
    assert second.difference == pytest.approx(-first.difference)
    assert first.down.p == pytest.approx(0.0367, abs=1e-4)
    assert first.up.group == Counted(0, 40)
    # With one step down only, shuffling people is Fisher's test by another way.
    assert first.p == pytest.approx(0.0367, abs=0.006)
    assert first.q >= first.p


def test_shuffling_gives_the_same_p_as_shuffling_one_by_one():
    rng = np.random.default_rng(3)
    shift, group = rng.choice([-1.0, 0, 0, 1, 2], 60), np.repeat([0, 1], [20, 40])

    (found, _) = drift(shift, group, 2, seed=1)
    by_hand = stats.permutation_test(
        (shift[:20], shift[20:]),
        lambda a, b: a.mean() - b.mean(),
        vectorized=False,
        n_resamples=4000,
        rng=np.random.default_rng(2),
    )

    assert found.p == pytest.approx(by_hand.pvalue, abs=0.03)


def test_a_seed_gives_the_same_answer_again():
    shift, group = np.arange(30.0) % 4, np.arange(30) % 3

    assert drift(shift, group, 3, seed=9) == drift(shift, group, 3, seed=9)


def test_four_people_are_too_few_and_gaps_belong_to_nobody():
    rows = drift([0, 1, np.nan, 1, 0] * 6, [0, 1, 1, -1, 1] * 6, 3)

    assert [row.n for row in rows] == [6, 12, 0]
    assert (rows[2].status, rows[2].reason, rows[2].down) == (
        Status.REFUSED,
        Reason.TOO_FEW,
        None,
    )


def test_a_group_is_given_for_each_shift():
    with pytest.raises(ValueError, match="a group for each shift"):
        drift([1, 2], [0], 1)


def test_nobody_moved_is_no_drift():
    rows = drift(np.zeros(20), np.repeat([0, 1], 10), 2)

    assert [row.p for row in rows] == [1.0, 1.0]


@settings(max_examples=20)
@given(st.lists(st.integers(-2, 2), min_size=12, max_size=30), st.randoms(use_true_random=False))
def test_names_and_order_do_not_matter(shift, chance):
    group = np.arange(len(shift)) % 2
    order = list(range(len(shift)))
    chance.shuffle(order)

    one = drift(shift, group, 2)
    other = drift(np.array(shift)[order], 1 - group[order], 2)

    assert other[1].difference == pytest.approx(one[0].difference)
    assert other[1].down == one[0].down
    assert other[1].p == pytest.approx(one[0].p, abs=0.03)


def test_without_drift_alarms_are_as_rare_as_promised():
    rng = np.random.default_rng(5)
    alarms = sum(
        drift(rng.choice([-1, 0, 0, 0, 1], 80), np.arange(80) % 2, 1, draws=499, seed=n)[0].p
        <= 0.05
        for n in range(300)
    )

    assert alarms / 300 <= 0.08
