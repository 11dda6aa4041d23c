import math

import numpy as np
import pytest
import statsmodels.api as sm

from ratingstats.groups.designs import Covariate, Factor, design
from ratingstats.groups.regression import coefficient, least_squares
from tests.ratingstats.groups.test_designs import written_out


def example(n=300, seed=4):
    chance = np.random.default_rng(seed)
    job = Factor("job", chance.integers(0, 6, n), tuple("abcdef"))
    area = Factor("area", job.codes // 2, ("north", "south", "west"))
    tenure = Covariate("tenure", chance.gamma(2, 3, n) + 100)
    sex = Factor("sex", chance.integers(0, 2, n), ("F", "M"), base=1)
    spread = 0.5 + job.codes / 4
    y = 3 - 0.2 * (sex.codes == 0) + 0.05 * tenure.values + spread * chance.normal(size=n)
    return y, design([job, area, tenure, sex], n)


def test_agrees_with_an_independent_program():
    y, X = example()
    fit = least_squares(X, y)
    other = sm.OLS(y, written_out(X)[:, fit.kept]).fit(cov_type="HC3", use_t=True)

    found = coefficient(X, fit, X.p - 1)

    assert fit.freedom == other.df_resid
    assert found.estimate == pytest.approx(other.params[-1], abs=1e-10)
    assert found.se == pytest.approx(other.bse[-1], abs=1e-10)
    assert found.interval == pytest.approx(tuple(other.conf_int()[-1]), abs=1e-10)
    assert found.p == pytest.approx(other.pvalues[-1], abs=1e-10)


def test_columns_that_others_repeat_are_dropped_and_named():
    y, X = example()
    fit = least_squares(X, y)

    assert len(fit.dropped) == 2
    assert all(name.startswith("area: ") for name in fit.dropped)
    assert math.isnan(coefficient(X, fit, X.names.index(fit.dropped[0])).estimate)


def test_the_coefficient_does_not_move_with_the_level_of_the_ratings():
    y, X = example()
    before = coefficient(X, least_squares(X, y), X.p - 1)
    after = coefficient(X, least_squares(X, 2 * y + 1000), X.p - 1)

    assert after.estimate == pytest.approx(2 * before.estimate)
    assert after.p == pytest.approx(before.p)


def test_the_order_of_people_does_not_matter():
    y, X = example()
    order = np.random.default_rng(1).permutation(len(y))

    mixed = X.rows(order)
    found = coefficient(mixed, least_squares(mixed, y[order]), X.p - 1)

    expected = coefficient(X, least_squares(X, y), X.p - 1)
    assert found.estimate == pytest.approx(expected.estimate)
    assert found.se == pytest.approx(expected.se)


def test_a_person_fitted_alone_does_not_break_the_errors():
    y = np.array([1.0, 2.0, 4.0, 3.0, 5.0, 9.0])
    lone = Factor("job", np.array([0, 0, 0, 0, 0, 1]), ("a", "b"))
    sex = Factor("sex", np.array([0, 1, 0, 1, 0, 1]), ("F", "M"), base=0)
    X = design([lone, sex], 6)

    assert np.isfinite(coefficient(X, least_squares(X, y), 2).se)


def test_ratings_that_do_not_fit_the_design_are_a_mistake():
    y, X = example()
    with pytest.raises(ValueError, match="one rating per row"):
        least_squares(X, y[1:])
