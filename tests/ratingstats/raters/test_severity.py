import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from ratingstats.raters.comparing import Pool
from ratingstats.raters.severity import Rule, leniency, severities
from ratingstats.reasons import Reason
from ratingstats.status import Status

effects = st.lists(
    st.tuples(st.floats(-2, 2), st.floats(0.05, 0.5), st.integers(1, 30)), min_size=1, max_size=20
)


def test_a_lenient_rater_is_flagged_with_interval_and_number_of_people():
    found = severities([0.61, 0.02, -0.05, 0.1], [0.1, 0.1, 0.1, 0.1], [17, 20, 20, 20])

    (flagged,) = found.flagged
    assert (flagged.rater, flagged.n) == (0, 17)
    assert (flagged.low, flagged.high) == pytest.approx((0.414, 0.806), abs=1e-3)
    assert found.tested == 4


@pytest.mark.parametrize(
    ("estimate", "error", "n"),
    [(0.24, 0.02, 20), (0.6, 0.1, 7), (0.6, 0.35, 20)],
    ids=["too little to matter", "seven people", "could be chance"],
)
def test_a_rater_is_not_flagged(estimate, error, n):
    found = severities([estimate, 0.0, 0.0], [error, 0.1, 0.1], [n, 20, 20])

    assert found.flagged == ()
    assert len(found.rows) == 3


def test_one_of_forty_needs_more_than_one_alone():
    estimates, errors, people = [0.5] + [0.0] * 39, [0.23] * 40, [20] * 40

    assert severities(estimates[:1], errors[:1], people[:1]).flagged
    assert not severities(estimates, errors, people).flagged


def test_a_rater_with_fewer_than_five_people_is_hidden():
    found = severities([0.9, 0.1], [0.1, 0.1], [4, 5])

    assert [row.rater for row in found.rows] == [1]
    assert (found.hidden, found.tested) == (1, 1)


def test_no_differences_between_raters_flag_nobody():
    found = severities(np.zeros(21), np.zeros(21), np.full(21, 15))

    assert found.flagged == ()
    assert {row.p for row in found.rows} == {1.0}


def test_nobody_with_five_people_is_refused():
    found = severities([1.0], [0.1], [3])

    assert (found.status, found.reason) == (Status.REFUSED, Reason.TOO_FEW)


def test_lengths_that_differ_are_an_error():
    with pytest.raises(ValueError, match="for each rater"):
        severities([1.0], [0.1, 0.1], [3])


@settings(max_examples=30)
@given(effects, st.randoms(use_true_random=False))
def test_the_order_of_raters_does_not_matter_and_a_flag_has_all_it_needs(rows, chance):
    order = list(range(len(rows)))
    chance.shuffle(order)
    rule = Rule()

    one = severities(*zip(*rows, strict=True), rule)
    other = severities(*zip(*[rows[number] for number in order], strict=True), rule)

    places = {order[row.rater]: (row.q, row.is_flagged) for row in other.rows}
    assert places == {row.rater: (pytest.approx(row.q), row.is_flagged) for row in one.rows}
    for row in one.flagged:
        assert row.low > 0 or row.high < 0
        assert abs(row.estimate) >= 0.25
        assert row.n >= 8
        assert row.q <= 0.05


def test_forty_raters_who_are_all_alike_give_two_false_alarms_and_none_after_correction():
    """Two of forty by chance at five per cent; correcting over raters leaves next to none."""
    rng = np.random.default_rng(7)
    rounds = 4000
    z = rng.normal(size=(rounds, 40, 8)).mean(axis=2) * np.sqrt(8)
    corrected = [
        severities(row / np.sqrt(8), np.full(40, 8**-0.5), np.full(40, 8)).flagged
        for row in z[:400]
    ]

    assert (np.abs(z) > 1.96).sum() / rounds == pytest.approx(1.95, abs=0.1)
    assert sum(map(len, corrected)) / 400 < 0.1


def test_six_high_ratings_beside_a_pool():
    found = leniency([4, 5, 4, 4, 5, 4], Pool(100, 3.4, 0.9))

    assert found.mean == pytest.approx(4.3333, abs=1e-4)
    assert found.d == pytest.approx(1.0370, abs=1e-4)
    assert found.z == pytest.approx(2.5402, abs=1e-4)
    assert found.p == pytest.approx(0.0111, abs=1e-4)
    assert found.status is Status.MEASURED


def test_four_ratings_are_too_few_and_none_is_nothing():
    pool = Pool(100, 3.4, 0.9)

    assert leniency([4, 5, 4, 4], pool).status is Status.CAUTION
    assert leniency([], pool).status is Status.REFUSED
    assert leniency([4, 5], Pool(0, float("nan"), float("nan"))).reason is Reason.NO_OTHERS


@settings(max_examples=30)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=20), st.floats(-3, 3))
def test_a_level_shared_by_all_does_not_matter(ratings, level):
    one = leniency(ratings, Pool(50, 3, 1))
    other = leniency(np.array(ratings) + level, Pool(50, 3 + level, 1))

    assert other.z == pytest.approx(one.z, abs=1e-6)
    assert one.p == pytest.approx(2 * special.ndtr(-abs(one.z)))
