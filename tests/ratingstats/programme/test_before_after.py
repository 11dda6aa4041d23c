import numpy as np
import pytest

from ratingstats.programme.before_after import before_and_after, regression_to_the_mean
from ratingstats.status import Status

BEFORE = [2.8, 3.0, 3.2, 3.4, 3.1, 2.5]
AFTER = [3.3, 3.2, 3.6, 3.9, 3.2, 3.1]


def test_a_change_without_a_comparison_is_never_called_an_effect():
    result = before_and_after(BEFORE, AFTER, scale=(1, 5))

    assert result.change == pytest.approx(np.mean(AFTER) - np.mean(BEFORE))
    assert result.status is Status.CAUTION
    assert "cannot be told" in result.reason
    # The mean of 3.0 might have gone to 1 or to 5 by itself.
    assert (result.effect_low, result.effect_high) == pytest.approx(
        (result.low - 2, result.high + 2)
    )


def test_what_is_known_of_other_years_narrows_the_bounds():
    result = before_and_after(BEFORE, AFTER, scale=(1, 5), drift=(0.0, 0.1))

    assert result.effect_low == pytest.approx(result.low - 0.1)
    assert result.effect_high == pytest.approx(result.high)


def test_four_people_measured_twice_are_too_few():
    result = before_and_after([*BEFORE[:4], np.nan], AFTER[:5], scale=(1, 5))

    assert (result.status, result.n) == (Status.REFUSED, 4)


def test_the_worst_units_come_back_by_themselves():
    rng = np.random.default_rng(6)
    true = rng.normal(0, 1, 20_000)
    first, second = (true + rng.normal(0, 1, 20_000) for _ in range(2))
    worst = first < np.quantile(first, 0.2)

    result = regression_to_the_mean(first, worst, retest=0.5)

    assert result.expected_change == pytest.approx((second - first)[worst].mean(), abs=0.05)
    assert result.status is Status.CAUTION
    lot = rng.random(20_000) < 0.5
    assert regression_to_the_mean(first, lot, retest=0.5).status is Status.MEASURED


def test_all_or_none_chosen_is_no_choice():
    assert regression_to_the_mean([1, 2], [True, True], retest=0.5).status is Status.REFUSED
    with pytest.raises(ValueError, match="between 0 and 1"):
        regression_to_the_mean([1, 2], [True, False], retest=1.5)
    with pytest.raises(ValueError, match="same order"):
        before_and_after([1], [1, 2], scale=(1, 5))
