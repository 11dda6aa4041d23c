import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.rasch import (
    category_probabilities,
    expected_rating,
    fair_average,
    rating_variance,
    squared_residual,
)

TAU = np.array([-1.5, -0.5, 0.5, 1.5])
logits = st.floats(-8, 8)
taus = st.lists(st.floats(-5, 5), min_size=1, max_size=8).map(np.array)


def test_a_rating_by_a_slightly_severe_rater_worked_by_hand():
    p = category_probabilities(1.0, 0.5, TAU)

    assert p == pytest.approx([0.0179, 0.1321, 0.3590, 0.3590, 0.1321], abs=1e-4)
    assert expected_rating(p, lowest=1) == pytest.approx(3.4553, abs=1e-4)
    assert rating_variance(p) == pytest.approx(0.8835, abs=1e-4)
    assert squared_residual(5, p, lowest=1) == pytest.approx(2.7006, abs=1e-4)
    assert fair_average(1.0, TAU, lowest=1) == pytest.approx(3.8712, abs=1e-4)


@given(logits, logits, taus, logits)
@settings(max_examples=50)
def test_neighbouring_levels_stand_in_the_odds_of_the_model(theta, severity, tau, difficulty):
    p = category_probabilities(theta, severity, tau, difficulty)

    assert p.sum() == pytest.approx(1)
    assert np.log(p[1:] / p[:-1]) == pytest.approx(theta - severity - difficulty - tau, abs=1e-6)


@given(logits, st.floats(0.1, 4), taus)
@settings(max_examples=50)
def test_a_more_severe_rater_is_expected_to_give_less(theta, more, tau):
    mild = expected_rating(category_probabilities(theta, 0.0, tau))
    strict = expected_rating(category_probabilities(theta, more, tau))

    assert strict < mild


def test_numbers_far_out_neither_overflow_nor_lose_their_sum():
    p = category_probabilities(2000.0, 0.0, TAU)

    assert p == pytest.approx([0, 0, 0, 0, 1])
    assert np.isnan(squared_residual(5, p, lowest=1))


@pytest.mark.parametrize("tau", [np.array([[0.0]]), np.array([np.nan]), np.array([np.inf])])
def test_thresholds_must_be_a_row_of_finite_numbers(tau):
    with pytest.raises(ValueError, match="one finite number per step"):
        category_probabilities(0.0, 0.0, tau)
