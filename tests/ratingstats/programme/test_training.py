import numpy as np
import pytest

from ratingstats.programme.training import (
    need_priority,
    normalized_gain,
    retranslate,
    training_effect,
)
from ratingstats.status import Status


def test_gain_is_a_share_of_what_was_left_to_learn():
    assert normalized_gain(50, 80, 100) == pytest.approx(0.6)
    assert np.isnan(normalized_gain(100, 100, 100))


def test_a_deep_need_of_few_may_go_before_a_shallow_one_of_many():
    assert need_priority(5, 1.5, 60) == pytest.approx(4.5)
    assert need_priority(3, 0.5, 200) == pytest.approx(3.0)


def test_an_incident_stays_if_experts_agree_where_it_belongs_and_what_it_is_worth():
    result = retranslate(15, 20, [2, 2, 3, 2, 2, 3, 2])

    assert (result.share, result.spread) == pytest.approx((0.75, 0.4880), abs=1e-4)
    assert result.keep
    assert not retranslate(14, 20, [2, 2, 3, 2]).keep
    assert not retranslate(20, 20, [1, 3, 5, 3]).keep
    with pytest.raises(ValueError, match="two or more"):
        retranslate(15, 20, [2])


def raters(effect, seed=1, n=60):
    rng = np.random.default_rng(seed)
    before, trained = rng.normal(50, 10, n), np.arange(n) % 2 == 0
    return before, 20 + 0.6 * before + effect * trained + rng.normal(0, 3, n), trained


def test_the_effect_of_training_is_found_and_no_effect_is_not():
    found, none = training_effect(*raters(5.0)), training_effect(*raters(0.0, seed=2))

    assert found.low < 5.0 < found.high
    assert found.p < 1e-6
    assert none.low < 0 < none.high
    assert found.n == (30, 30)


def test_statsmodels_adjusts_the_same():
    from statsmodels.regression.linear_model import OLS  # noqa: PLC0415  # costs seconds

    before, after, trained = raters(2.0, seed=3)
    theirs = OLS(after, np.column_stack([np.ones(60), before, trained])).fit()

    ours = training_effect(before, after, trained)

    assert (ours.effect, ours.std_error) == pytest.approx((theirs.params[2], theirs.bse[2]))
    assert (ours.low, ours.high) == pytest.approx(tuple(theirs.conf_int()[2]))
    assert ours.p == pytest.approx(theirs.pvalues[2])


def test_nineteen_raters_in_an_arm_say_nothing():
    before, after, _ = raters(5.0, n=40)

    assert training_effect(before, after, np.arange(40) < 19).status is Status.REFUSED
    assert training_effect([1.0] * 40, after, np.arange(40) < 20).status is Status.REFUSED
