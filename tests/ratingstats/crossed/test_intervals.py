import numpy as np
import pytest

from ratingstats.crossed import Design, Factor, fit, intervals
from tests.ratingstats.crossed.designs import SHROUT_FLEISS, drawn, table

FLAT = Design(
    np.tile([1.0, 2.0, 3.0, 4.0, 5.0, 3.0], 10),
    (Factor("rater", np.repeat(np.arange(10), 6), 10),),
)


@pytest.mark.parametrize("kind", ["profile", "wald", "bootstrap"])
def test_an_interval_holds_the_estimate_and_names_its_kind(kind):
    design = table(SHROUT_FLEISS)
    found = fit(design)

    ends = intervals(found, design, kind=kind, draws=30)

    assert set(ends) == {"person", "rater", "residual"}
    for name, variance in {**found.variances, "residual": found.residual}.items():
        assert 0 < ends[name].low < variance < ends[name].high
        assert ends[name].kind == kind


@pytest.mark.parametrize("kind", ["profile", "wald", "bootstrap"])
def test_a_variance_of_zero_has_an_interval_from_zero(kind):
    found = fit(FLAT)

    ends = intervals(found, FLAT, kind=kind, draws=20)

    assert found.variances["rater"] == 0.0
    assert ends["rater"].low == 0.0
    assert 0 < ends["rater"].high < found.residual


def test_small_exact_fits_are_profiled_and_large_ones_are_not():
    design = table(SHROUT_FLEISS)

    assert intervals(fit(design), design)["rater"].kind == "profile"
    iterative = fit(design, solver="iterative")
    assert intervals(iterative, design)["rater"].kind == "wald"


def test_a_higher_level_is_wider_and_twice_the_unit_four_times_as_wide():
    design = table(SHROUT_FLEISS)
    double = table(2 * SHROUT_FLEISS)
    narrow = intervals(fit(design), design, level=0.8)["person"]
    wide = intervals(fit(design), design, level=0.95)["person"]
    scaled = intervals(fit(double), double, level=0.95)["person"]

    assert wide.low < narrow.low < narrow.high < wide.high
    assert (scaled.low, scaled.high) == pytest.approx((4 * wide.low, 4 * wide.high), rel=1e-3)


def test_the_residual_of_one_way_layouts_has_nearly_its_chi_square_interval():
    """(n - a) s2 / chi2 is exact for a balanced one-way layout: 180 degrees of freedom here."""
    ratings = np.random.default_rng(1).normal(size=(20, 10)) + np.arange(20)[:, None]
    design = Design(ratings.ravel(), (Factor("rater", np.repeat(np.arange(20), 10), 20),))
    within = ratings.var(axis=1, ddof=1).mean()

    ends = intervals(fit(design), design)["residual"]

    exact = 180 * within / np.array([219.044, 144.741])
    assert (ends.low, ends.high) == pytest.approx(tuple(exact), rel=0.01)


def test_where_nothing_was_estimated_no_interval_is_made_up():
    design = Design(np.full(60, 3.0), FLAT.factors)

    ends = intervals(fit(design), design)

    assert all(np.isnan(end.low) and np.isnan(end.high) for end in ends.values())


def test_profiles_cover_the_truth_about_as_often_as_they_say():
    truth = {"person": 0.3, "rater": 0.2, "residual": 0.5}
    inside = {name: [] for name in truth}
    for seed in range(25):
        design, _effects = drawn(60, 12, 3, tuple(truth.values()), seed)
        for name, end in intervals(fit(design), design).items():
            inside[name].append(end.low <= truth[name] <= end.high)

    assert np.mean(list(inside.values())) == pytest.approx(0.95, abs=0.05)
    assert min(np.mean(each) for each in inside.values()) >= 0.85
