from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.crossed import Factor
from ratingstats.ordinal import Code, fit_ordinal
from ratingstats.status import Status
from tests.ratingstats.ordinal import studies
from tests.reference import figures, needs_reference_data


@needs_reference_data
def test_the_wine_judges_come_out_as_published():
    published = figures("wine_clmm")["laplace"]

    fit = fit_ordinal(*studies.wine().asked)

    assert fit.status is Status.MEASURED
    assert fit.thresholds == pytest.approx(published["thresholds"], abs=1e-4)
    assert fit.coefficients[0].estimate == pytest.approx(published["tempwarm"], abs=1e-5)
    assert fit.coefficients[1].estimate == pytest.approx(published["contactyes"], abs=3e-5)
    assert fit.effects[0].variance == pytest.approx(published["var_judge"], abs=1e-4)
    assert fit.log_likelihood == pytest.approx(published["logLik"], abs=1e-5)
    assert fit.effects[0].modes == pytest.approx(published["judge_modes"], abs=1e-4)


@needs_reference_data
def test_the_standard_errors_of_the_wine_study_come_out_as_published():
    """Christensen (2022), Cumulative link models for ordinal regression, section on clmm."""
    fit = fit_ordinal(*studies.wine().asked)

    errors = [coefficient.standard_error for coefficient in fit.coefficients]
    assert errors == pytest.approx([0.5954, 0.5125], abs=1e-4)
    assert fit.threshold_errors == pytest.approx([0.6824, 0.6037, 0.8090, 0.9725], abs=1e-4)


@needs_reference_data
def test_without_judges_the_wine_study_comes_out_as_published():
    published = figures("wine_clmm")["clm_no_random"]
    wine = studies.wine()

    fit = fit_ordinal(wine.y, wine.levels, (), wine.X, wine.names)

    assert fit.coefficients[0].estimate == pytest.approx(published["tempwarm"], abs=1e-6)
    assert fit.coefficients[1].estimate == pytest.approx(published["contactyes"], abs=1e-6)
    assert fit.log_likelihood == pytest.approx(published["logLik"], abs=1e-7)


@needs_reference_data
def test_bottles_that_do_not_differ_have_no_variance_and_change_nothing():
    wine = studies.wine()
    alone = fit_ordinal(*wine.asked)

    fit = fit_ordinal(*replace(wine, factors=(*wine.factors, studies.bottles())).asked)

    assert (fit.status, fit.codes) == (Status.MEASURED, (Code.BOUNDARY,))
    assert "bottle" in fit.reason
    assert fit.effects[1].variance == 0
    assert not fit.effects[1].modes.any()
    assert fit.log_likelihood == pytest.approx(alone.log_likelihood, abs=1e-8)
    assert fit.effects[0].variance == pytest.approx(alone.effects[0].variance, rel=1e-6)


@needs_reference_data
def test_the_managers_of_the_hr_data_set_do_not_differ():
    order = ["PIP", "Needs Improvement", "Fully Meets", "Exceeds"]
    rows = studies.rows_of("hrdataset_v14/HRDataset_v14.csv")
    y = np.array([order.index(row["PerformanceScore"]) for row in rows])
    manager, _ = Factor.of("manager", [row["ManagerName"].strip() for row in rows])

    fit = fit_ordinal(y, 4, (manager,))

    assert (fit.n, fit.effects[0].variance, fit.share("manager")) == (311, 0, 0)
    assert fit.status is Status.MEASURED


def test_the_truth_behind_made_ratings_is_found():
    study = studies.made(1, n=2000, raters=60, persons=250)

    fit = fit_ordinal(*study.asked)

    effect = fit.coefficients[0]
    assert abs(effect.estimate - studies.TRUE_EFFECT) < 3 * effect.standard_error
    away = np.abs(fit.thresholds - studies.TRUE_THRESHOLDS)
    assert np.all(away < 3 * fit.threshold_errors)
    assert [part.variance for part in fit.effects] == pytest.approx(
        [0.5, 1.5], rel=0.4
    )  # 2 sampling errors


def test_intervals_cover_the_truth_as_often_as_they_promise():
    covered = 0
    for seed in range(12):
        effect = fit_ordinal(*studies.made(seed, n=120, raters=8, persons=30).asked).coefficients[0]
        covered += abs(effect.estimate - studies.TRUE_EFFECT) < 1.96 * effect.standard_error

    assert covered >= 10  # fewer happen once in 50 times where 95 % is true


def test_raters_who_do_not_differ_share_nothing_however_often_it_is_asked():
    study = studies.made(3, variances=(0.0, 0.0))
    shuffled = replace(study, y=np.random.default_rng(0).permutation(study.y))

    fit = fit_ordinal(*shuffled.asked)

    assert fit.share("rater") < 0.02
    assert fit.share("person") < 0.05


@given(st.randoms(use_true_random=False))
@settings(max_examples=3)
def test_neither_the_order_of_ratings_nor_the_names_of_raters_matter(chance):
    study = studies.made(1, n=150, raters=6, persons=30)
    rows = np.array(chance.sample(range(150), 150))
    names = np.array(chance.sample(range(6), 6))
    rater, person = study.factors
    first = fit_ordinal(*study.asked)

    second = fit_ordinal(
        study.y[rows],
        4,
        (Factor("person", person.codes[rows], 30), Factor("rater", names[rater.codes[rows]], 6)),
        study.X[rows],
        ("x",),
    )

    assert second.log_likelihood == pytest.approx(first.log_likelihood, abs=1e-7)
    assert second.effects[1].modes[names] == pytest.approx(first.effects[0].modes, abs=1e-4)
    assert second.share("rater") == pytest.approx(first.share("rater"), abs=1e-4)


@given(st.floats(-100, 100), st.floats(0.01, 100))
@settings(max_examples=3)
def test_units_of_a_column_move_its_coefficient_and_nothing_else(shift, scale):
    study = studies.made(1, n=150, raters=6, persons=30)
    first = fit_ordinal(*study.asked)

    second = fit_ordinal(*replace(study, X=study.X * scale + shift).asked)

    moved, kept = second.coefficients[0], first.coefficients[0]
    assert moved.estimate * scale == pytest.approx(kept.estimate, rel=1e-4)
    assert moved.standard_error * scale == pytest.approx(kept.standard_error, rel=1e-3)
    assert second.thresholds - moved.estimate * shift == pytest.approx(first.thresholds, abs=1e-3)
    assert second.log_likelihood == pytest.approx(first.log_likelihood, abs=1e-7)


def test_a_scale_read_backwards_turns_every_sign():
    study = studies.made(2, n=300)
    first = fit_ordinal(*study.asked)

    second = fit_ordinal(*replace(study, y=3 - study.y).asked)

    assert second.thresholds == pytest.approx(-first.thresholds[::-1], abs=1e-4)
    assert second.coefficients[0].estimate == pytest.approx(-first.coefficients[0].estimate)
    assert second.effects[0].modes == pytest.approx(-first.effects[0].modes, abs=1e-4)


def test_raters_who_each_use_one_level_have_a_variance_without_limit():
    rater = Factor("rater", np.arange(120) % 20, 20)

    fit = fit_ordinal(rater.codes % 3, 3, (rater,))

    assert (fit.status, fit.code) == (Status.CAUTION, Code.RUNAWAY)
    assert "rater" in fit.reason


def test_levels_that_nobody_used_are_merged_and_named():
    study = studies.made(2, n=300)
    stretched = np.array([0, 2, 3, 5])[study.y]

    fit = fit_ordinal(stretched, 7, study.factors, study.X, study.names)

    assert (fit.status, fit.codes) == (Status.MEASURED, (Code.LEVELS_MERGED,))
    assert fit.levels == (0, 2, 3, 5)
    assert "1, 4, 6" in fit.reason
    assert fit.log_likelihood == pytest.approx(fit_ordinal(*study.asked).log_likelihood)


def test_a_level_of_a_factor_without_ratings_has_no_effect_and_the_whole_spread():
    study = studies.made(2, n=300)
    rater = study.factors[0]
    wider = Factor("rater", rater.codes, rater.levels + 1)

    effects = fit_ordinal(*replace(study, factors=(wider,)).asked).effects[0]

    assert effects.modes[-1] == 0
    assert effects.deviations[-1] == pytest.approx(effects.variance**0.5)


def test_the_interval_of_a_share_holds_the_share_and_widens_with_its_level():
    fit = fit_ordinal(*studies.made(2, n=300).asked)

    low, high = fit.share_between("person")
    lower, higher = fit.share_between("person", level=0.99)

    assert 0 < lower < low < fit.share("person") < high < higher < 1
    assert (
        fit_ordinal(np.arange(60) % 3, 3, (Factor("r", np.arange(60) // 3, 20),)).share_between("r")
        is None
    )


def test_a_share_is_asked_for_by_the_name_of_a_factor():
    fit = fit_ordinal(*studies.made(2, n=300).asked)

    variances = {part.name: part.variance for part in fit.effects}
    whole = sum(variances.values()) + np.pi**2 / 3
    assert fit.share("rater") == pytest.approx(variances["rater"] / whole)
    with pytest.raises(KeyError):
        fit.share("unit")
