"""Beyond memory: the same answers, near enough, without ever forming the matrix."""

import numpy as np
import pytest

from ratingstats.crossed import Design, Factor, Status, fit, intervals
from tests.ratingstats.crossed.designs import SHROUT_FLEISS, drawn, insteval, table
from tests.reference import needs_reference_data

# Of a standard error, how far stochastic traces may lead the variances astray.
ASTRAY = 0.02
# How far, on average over levels, standard deviations of predictions may be off.
UNSURE = 0.01


def assert_alike(exact, iterative):
    errors = np.sqrt(np.diag(exact.covariance))
    for error, (name, variance) in zip(errors, exact.variances.items(), strict=False):
        assert abs(iterative.variances[name] - variance) < ASTRAY * error
        known, found = exact.effects[name], iterative.effects[name]
        assert found.estimate == pytest.approx(known.estimate, abs=0.002)
        assert np.abs(found.sd / known.sd - 1).mean() < UNSURE
        assert np.abs(found.error / known.error - 1).mean() < UNSURE
    assert abs(iterative.residual - exact.residual) < ASTRAY * errors[-1]
    assert iterative.fixed.estimates == pytest.approx(exact.fixed.estimates, rel=1e-4)
    assert iterative.fixed.errors == pytest.approx(exact.fixed.errors, rel=0.01)


def test_it_agrees_with_the_exact_fit_of_the_same_ratings():
    design, _effects = drawn(1000, 100, 5, (0.3, 0.2, 0.5), 1)

    exact, iterative = fit(design, solver="exact"), fit(design, solver="iterative")

    assert_alike(exact, iterative)
    assert iterative.criterion is None
    assert iterative.solver == "iterative"
    ends = intervals(exact, design, kind="wald"), intervals(iterative, design)
    for name, end in ends[0].items():
        assert ends[1][name].low == pytest.approx(end.low, rel=0.02)
        assert ends[1][name].high == pytest.approx(end.high, rel=0.02)


def test_it_agrees_with_three_factors_of_which_one_holds_another():
    design, _effects = drawn(2000, 200, 4, (0.3, 0.2, 0.5), 2)
    person, rater = design.factors
    unit = Factor("unit", rater.codes // 5, 40)
    y = design.y + np.random.default_rng(3).normal(0, 0.5, 40)[unit.codes]
    wider = Design(y, (person, rater, unit))

    assert_alike(fit(wider, solver="exact"), fit(wider, solver="iterative"))


@needs_reference_data
def test_it_agrees_on_real_lectures():
    of, factors, _labels = insteval("s", "d")
    design = Design(of["y"], factors)

    assert_alike(fit(design), fit(design, solver="iterative"))


def test_another_seed_moves_the_variances_by_a_fraction_of_their_error():
    design, _effects = drawn(1000, 100, 5, (0.3, 0.2, 0.5), 4)
    fits = [fit(design, solver="iterative", seed=seed) for seed in range(3)]

    raters = [found.variances["rater"] for found in fits]
    assert 0 < np.ptp(raters) < ASTRAY * np.sqrt(fits[0].covariance[1, 1])


def test_the_same_seed_gives_the_same_numbers():
    design, _effects = drawn(300, 40, 4, (0.3, 0.2, 0.5), 5)
    one, two = (fit(design, solver="iterative", seed=9) for _ in range(2))

    assert one.variances == two.variances


def test_a_factor_without_variance_is_found_at_exactly_zero():
    random = np.random.default_rng(6)
    person, rater = random.integers(0, 400, 4000), np.tile(np.arange(40), 100)
    y = random.normal(size=400)[person] + random.normal(size=4000)
    y -= (np.bincount(rater, y) / 100)[rater]
    design = Design(y, (Factor("person", person, 400), Factor("rater", rater, 40)))

    found = fit(design, solver="iterative")

    assert found.status is Status.BOUNDARY
    assert found.variances["rater"] == 0.0
    assert not found.effects["rater"].estimate.any()


@pytest.mark.parametrize("factors", [1, 2])
def test_it_also_fits_what_is_small(factors):
    design = table(SHROUT_FLEISS)
    small = Design(design.y, design.factors[:factors])

    exact, iterative = fit(small, solver="exact"), fit(small, solver="iterative")

    assert iterative.variances["person"] == pytest.approx(exact.variances["person"], rel=0.15)
