"""Values others have computed or printed."""

import numpy as np
import pytest

from ratingstats.crossed import Design, Factor, Status, fit, intervals
from tests.ratingstats.crossed.designs import (
    SHROUT_FLEISS,
    insteval,
    rows_of,
    table,
)
from tests.reference import REFERENCE, figures, needs_reference_data


def test_a_complete_table_gives_the_variances_of_its_mean_squares():
    """Shrout and Fleiss (1979): mean squares 11.2417, 32.4861 and 1.0194."""
    found = fit(table(SHROUT_FLEISS))

    assert found.status is Status.CONVERGED
    assert found.variances["person"] == pytest.approx((11.2416667 - 1.0194444) / 4, rel=1e-6)
    assert found.variances["rater"] == pytest.approx((32.4861111 - 1.0194444) / 6, rel=1e-6)
    assert found.residual == pytest.approx(1.0194444, rel=1e-6)
    assert sum(found.shares().values()) == pytest.approx(1)


def test_raters_of_a_complete_table_are_shrunk_and_known_as_henderson_says():
    raters = fit(table(SHROUT_FLEISS)).effects["rater"]
    shrink = 0.9686

    deviations = SHROUT_FLEISS.mean(axis=0) - SHROUT_FLEISS.mean()
    assert raters.estimate == pytest.approx([2.3005, -2.7041, -0.9283, 1.3319], abs=1e-4)
    assert raters.estimate == pytest.approx(shrink * deviations, abs=2e-4)
    assert raters.error == pytest.approx(np.full(4, 1.1977), abs=1e-4)
    assert (raters.sd < raters.error).all()


@needs_reference_data
def test_paper_reviews_give_the_values_of_lme4():
    rows, expected = rows_of("rater_sets/data.immer09.csv"), figures("lmm_immer09_reviewers")
    factors = [
        Factor.of(name, [row[name] for row in rows])[0] for name in ("idpaper", "idreviewer")
    ]

    found = fit(Design(np.array([float(row["score"]) for row in rows]), tuple(factors)))

    assert found.criterion == pytest.approx(expected["reml_crit"], abs=1e-7)
    assert found.fixed.estimates[0] == pytest.approx(expected["intercept"], abs=1e-5)
    assert found.fixed.errors[0] == pytest.approx(0.20013, abs=1e-5)
    assert found.variances["idpaper"] == pytest.approx(expected["var_paper"], abs=2e-5)
    assert found.variances["idreviewer"] == pytest.approx(expected["var_reviewer"], abs=2e-5)
    assert found.residual == pytest.approx(expected["var_resid"], abs=1e-5)


@needs_reference_data
def test_likelihood_profiles_of_paper_reviews_end_where_those_of_lme4_do():
    """confint(lmer(score ~ 1 + (1|idpaper) + (1|idreviewer), REML = FALSE))^2, lme4 1.1-31."""
    rows = rows_of("rater_sets/data.immer09.csv")
    factors = [
        Factor.of(name, [row[name] for row in rows])[0] for name in ("idpaper", "idreviewer")
    ]
    design = Design(np.array([float(row["score"]) for row in rows]), tuple(factors))

    found = intervals(fit(design, reml=False), design, kind="profile")

    assert (found["idpaper"].low, found["idpaper"].high) == pytest.approx(
        (0.7014355, 2.2688585), rel=1e-4
    )
    assert found["idreviewer"].low == 0.0
    assert found["idreviewer"].high == pytest.approx(0.5238108, rel=1e-4)
    assert (found["residual"].low, found["residual"].high) == pytest.approx(
        (0.8559752, 1.8061398), rel=1e-4
    )


@needs_reference_data
def test_managers_without_any_effect_have_a_variance_of_exactly_zero():
    rows = rows_of("hrdataset_v14/HRDataset_v14.csv")
    expected = figures("hrdataset_v14")["lmm_perf_by_manager"]
    manager, _names = Factor.of("manager", [row["ManagerName"] for row in rows])
    design = Design(np.array([float(row["PerfScoreID"]) for row in rows]), (manager,))

    found = fit(design)

    assert found.status is Status.BOUNDARY
    assert "manager" in found.reason
    assert found.variances["manager"] == 0.0
    assert found.residual == pytest.approx(expected["var_resid"], abs=5e-6)
    assert found.criterion == pytest.approx(expected["reml_crit"], abs=1e-6)
    assert not found.effects["manager"].estimate.any()
    assert not found.effects["manager"].error.any()
    assert intervals(found, design)["manager"].low == 0.0


@needs_reference_data
def test_lectures_give_the_values_of_lme4():
    expected = figures("insteval_m1")
    of, factors, labels = insteval("s", "d")

    found = fit(Design(of["y"], factors))

    assert found.status is Status.CONVERGED
    assert found.solver == "exact"
    assert found.variances["s"] == pytest.approx(expected["var_s"], rel=1e-6)
    assert found.variances["d"] == pytest.approx(expected["var_d"], rel=1e-6)
    assert found.residual == pytest.approx(expected["var_resid"], rel=1e-6)
    assert found.criterion == pytest.approx(expected["reml_crit"], abs=1e-6)
    assert found.fixed.estimates[0] == pytest.approx(expected["intercept"], abs=1e-8)
    assert found.fixed.errors[0] == pytest.approx(expected["se"], abs=1e-8)
    for name, known in labels.items():
        level, blup, sd = np.loadtxt(
            REFERENCE / "insteval" / f"m1_polished_blup_{name}_first50.csv",
            delimiter=",",
            skiprows=1,
            unpack=True,
        )
        place = np.searchsorted(known, level)
        assert found.effects[name].estimate[place] == pytest.approx(blup, abs=1e-6)
        assert found.effects[name].sd[place] == pytest.approx(sd, abs=1e-6)


@needs_reference_data
def test_lectures_have_the_full_likelihood_of_lme4():
    of, factors, _labels = insteval("s", "d")

    found = fit(Design(of["y"], factors), reml=False)

    assert found.criterion == pytest.approx(figures("insteval_m1")["ml_minus2loglik"], abs=1e-5)


@needs_reference_data
def test_three_factors_and_a_fixed_effect_have_the_likelihood_of_mixedmodels():
    of, factors, _labels = insteval("s", "d", "dept")
    X = np.column_stack([np.ones(len(of["y"])), of["service"]])

    found = fit(Design(of["y"], factors, X, ("intercept", "service")), reml=False)

    expected = figures("insteval_m3_published")["minus2loglik_MixedModels.jl_test"]
    assert found.criterion == pytest.approx(expected, abs=1e-5)
    assert list(found.variances) == ["s", "d", "dept"]
