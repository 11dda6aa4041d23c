import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.raters.order import (
    anchoring,
    contrast,
    contrast_raters,
    quarter_weights,
    recency,
)
from ratingstats.reasons import Reason
from ratingstats.status import Status


@pytest.mark.parametrize(
    ("recent", "n", "days", "share", "p"),
    [(5, 6, 92, 0.8333, 0.0048), (8, 12, 90, 0.6667, 0.0025)],
)
def test_most_notes_from_the_last_quarter_are_hardly_chance(recent, n, days, share, p):
    found = recency(recent, n, days / 365)

    assert found.share == pytest.approx(share, abs=1e-4)
    assert found.p == pytest.approx(p, abs=1e-4)
    assert found.is_flagged


def test_a_share_that_is_less_than_twice_the_expected_is_not_flagged():
    found = recency(60, 150, 0.25)

    assert found.p < 0.05
    assert not found.is_flagged


def test_five_notes_are_too_few():
    assert recency(5, 5, 0.25).reason is Reason.TOO_FEW


def test_more_recent_notes_than_notes_are_an_error():
    with pytest.raises(ValueError, match="recent <= n"):
        recency(7, 6, 0.25)


def test_a_rating_that_follows_the_last_quarter_gives_it_the_weight():
    rng = np.random.default_rng(1)
    quarters = rng.normal(3, 1, (60, 4))
    final = quarters @ [0.1, 0.1, 0.1, 0.7]

    found = quarter_weights(final, quarters)

    assert found.slopes == pytest.approx((0.1, 0.1, 0.1, 0.7))
    assert found.last_share == pytest.approx(0.7)


def test_quarters_that_do_not_differ_cannot_be_weighed():
    same = np.tile(np.arange(30.0)[:, None], (1, 4))

    assert quarter_weights(np.arange(30.0), same).reason is Reason.NO_SPREAD
    assert quarter_weights(np.arange(9.0), same[:9]).reason is Reason.TOO_FEW
    with pytest.raises(ValueError, match="row of quarters"):
        quarter_weights(np.arange(9.0), same)


def test_ratings_that_swing_against_the_last_one_are_flagged():
    found = contrast([1, -1] * 8)

    assert found.autocorrelation == pytest.approx(-15 / 16)
    assert found.is_flagged


def test_ratings_that_follow_the_last_one_are_no_contrast():
    assert not contrast([1] * 8 + [-1] * 8).is_flagged
    assert contrast([1] * 8 + [-1] * 8).autocorrelation > 0


def test_chance_alone_gives_about_minus_one_over_n():
    rng = np.random.default_rng(2)
    found = [contrast(rng.normal(size=20)).autocorrelation for _ in range(2000)]

    assert np.mean(found) == pytest.approx(-1 / 20, abs=0.015)


def test_nine_ratings_or_equal_ones_say_nothing():
    assert contrast(np.arange(9)).reason is Reason.TOO_FEW
    assert contrast(np.ones(12)).reason is Reason.NO_SPREAD


def test_one_swinging_rater_among_many_needs_to_swing_more():
    rng = np.random.default_rng(3)
    calm = [rng.normal(size=20) for _ in range(30)]
    rows = contrast_raters([*calm, np.array([1.0, -1.0] * 10)])

    assert rows[-1].is_flagged
    assert sum(row.is_flagged for row in rows) <= 2


@settings(max_examples=30)
@given(st.lists(st.integers(1, 5), min_size=10, max_size=25).filter(lambda row: len(set(row)) > 1))
def test_level_and_direction_do_not_matter_to_contrast(ratings):
    one, other = contrast(ratings), contrast(9 - 2 * np.array(ratings[::-1]))

    assert other.autocorrelation == pytest.approx(one.autocorrelation, abs=1e-9)


def test_ratings_that_stick_to_the_last_ones_more_than_a_measure_does():
    rng = np.random.default_rng(4)
    last = rng.normal(size=200)
    measure = rng.normal(size=(200, 2))

    found = anchoring(last + 0.1 * rng.normal(size=200), last, measure)

    assert found.status is Status.MEASURED
    assert found.difference == pytest.approx(found.ratings - found.measure)
    assert found.difference > 0.7


def test_nineteen_people_are_too_few_for_a_first_impression():
    row = np.arange(19.0)

    assert anchoring(row, row, np.column_stack([row, row])).reason is Reason.TOO_FEW
    same = np.ones(30)
    assert anchoring(same, same, np.ones((30, 2))).reason is Reason.NO_SPREAD
