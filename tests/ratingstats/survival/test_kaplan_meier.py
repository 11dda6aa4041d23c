import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.status import Status
from ratingstats.survival import Spells, kaplan_meier
from tests.ratingstats.survival.studies import REMISSION_6MP, REMISSION_PLACEBO

LIVES = st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=1, max_size=40)


def spells_of(lives):
    return Spells.of([float(t) for t, _ in lives], [left for _, left in lives])


def test_remission_under_6mp_is_that_of_the_textbooks():
    curve = kaplan_meier(Spells.of(*REMISSION_6MP))

    points = curve.at([6, 7, 10, 13, 16, 22, 23])

    # Kleinbaum and Klein (2012), table 2.2; standard errors of Collett (2015).
    assert points.survival == pytest.approx(
        [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482], abs=5e-5
    )
    assert points.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve.std_error[[0, 2, 6]] == pytest.approx([0.0764, 0.0963, 0.1346], abs=5e-5)
    assert (points.low[0], points.high[0]) == pytest.approx((0.6197, 0.9516), abs=5e-5)


def test_the_median_and_its_interval_are_times_at_which_somebody_left():
    treated = kaplan_meier(Spells.of(*REMISSION_6MP))
    placebo = kaplan_meier(Spells.of(*REMISSION_PLACEBO))

    assert (treated.median, treated.median_low) == (23, 13)
    assert np.isnan(treated.median_high)
    assert (placebo.median, placebo.median_low, placebo.median_high) == (8, 4, 11)


def test_nothing_is_said_beyond_the_last_person_watched():
    points = kaplan_meier(Spells.of(*REMISSION_6MP)).at([0, 35, 36])

    assert points.survival[:2] == pytest.approx([1.0, 0.4482], abs=5e-5)
    assert np.isnan(points.survival[2])


def test_statsmodels_draws_the_same_curve():
    from statsmodels.duration.survfunc import SurvfuncRight  # noqa: PLC0415  # costs seconds

    rng = np.random.default_rng(5)
    duration, left = rng.integers(1, 30, 200).astype(float), rng.random(200) < 0.6
    entered = np.where(rng.random(200) < 0.3, duration * rng.random(200), -np.inf)
    theirs = SurvfuncRight(duration, left, entry=entered)

    ours = kaplan_meier(Spells.of(duration, left, entered))

    held = np.isin(ours.times, theirs.surv_times)
    assert ours.survival[held] == pytest.approx(theirs.surv_prob)
    assert ours.std_error[held][:-1] == pytest.approx(theirs.surv_prob_se[:-1])
    assert ours.at_risk[held].tolist() == theirs.n_risk.tolist()


@given(st.lists(st.integers(1, 10), min_size=2, max_size=30))
@settings(max_examples=40)
def test_with_nobody_censored_the_curve_is_the_share_still_here(durations):
    curve = kaplan_meier(Spells.of(durations, [1] * len(durations)))

    still_here = [np.mean(np.array(durations) > t) for t in curve.times]
    assert curve.survival == pytest.approx(still_here, abs=1e-12)
    binomial = np.sqrt(np.array(still_here) * (1 - np.array(still_here)) / len(durations))
    assert curve.std_error[:-1] == pytest.approx(binomial[:-1], abs=1e-12)


@given(LIVES, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_people_does_not_matter_and_the_interval_holds_the_curve(lives, dice):
    shuffled = dice.sample(lives, len(lives))

    curve, again = kaplan_meier(spells_of(lives)), kaplan_meier(spells_of(shuffled))

    assert curve.survival.tolist() == again.survival.tolist()
    inside = curve.survival > 0
    assert np.all(curve.low[inside] <= curve.survival[inside])
    assert np.all(curve.high[inside] >= curve.survival[inside])
    assert np.all(curve.high[inside] <= 1)


def test_few_people_or_nobody_is_said_rather_than_hidden():
    assert kaplan_meier(Spells.of([], [])).status is Status.REFUSED
    assert kaplan_meier(Spells.of([1, 2, 3], [1, 0, 1])).status is Status.CAUTION
    assert kaplan_meier(Spells.of([3.0] * 30, [0] * 30)).status is Status.MEASURED
