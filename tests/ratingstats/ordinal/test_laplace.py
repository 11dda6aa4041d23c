import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize
from scipy.special import expit

from ratingstats.crossed import Factor
from ratingstats.ordinal import laplace
from ratingstats.ordinal.design import design_of
from tests.ratingstats.ordinal import studies

units = st.lists(st.floats(-0.8, 0.8), min_size=7, max_size=7)


def three_factors(n=90):
    study = studies.made(4, n=n, raters=5, persons=20)
    unit = Factor("unit", np.arange(n) % 4, 4)
    return design_of(study.y, 4, (*study.factors, unit), study.X)


def parameters(shift):
    return np.array([-1.5, 0.2, 0.5, 0.4, 0.9, 0.6, 0.5]) + np.array(shift)


@given(units)
@settings(max_examples=10)
def test_the_gradient_is_the_slope_of_the_likelihood(shift):
    design, psi = three_factors(), parameters(shift)

    def value(psi):
        return laplace.find_mode(design, psi, laplace.start(design)).value

    mode = laplace.find_mode(design, psi, laplace.start(design))

    gradient = laplace.gradient_at(design, psi, mode)

    slopes = [(value(psi + e) - value(psi - e)) / 2e-5 for e in 1e-5 * np.eye(7)]
    assert gradient == pytest.approx(slopes, abs=1e-5)


def test_the_likelihood_is_that_of_the_formula_written_out():
    """Differences of logistic distributions, a dense curvature, nothing eliminated."""
    design, psi = three_factors(n=40), parameters(np.zeros(7))
    theta = np.concatenate(([-np.inf], np.cumsum([psi[0], *np.exp(psi[1:3])]), [np.inf]))
    Z = np.hstack(
        [np.eye(f.levels)[f.codes] * s for f, s in zip(design.factors, psi[4:], strict=True)]
    )

    def penalized(b):
        eta = design.X @ psi[3:4] + Z @ b
        p = expit(theta[design.y + 1] - eta) - expit(theta[design.y] - eta)
        return -np.log(p).sum() + b @ b / 2

    best = optimize.minimize(penalized, np.zeros(Z.shape[1]), method="BFGS", options={"gtol": 1e-7})
    eta = design.X @ psi[3:4] + Z @ best.x
    upper, lower = expit(theta[design.y + 1] - eta), expit(theta[design.y] - eta)
    w = upper * (1 - upper) + lower * (1 - lower)
    curvature = np.linalg.slogdet(Z.T @ (w[:, None] * Z) + np.eye(Z.shape[1]))[1]

    mode = laplace.find_mode(design, psi, laplace.start(design))

    assert mode.value == pytest.approx(-best.fun - curvature / 2, abs=1e-6)


def test_the_sign_of_a_standard_deviation_means_nothing():
    design, psi = three_factors(), parameters(np.zeros(7))
    turned = psi * np.array([1, 1, 1, 1, -1, -1, -1])

    one = laplace.find_mode(design, psi, laplace.start(design))
    other = laplace.find_mode(design, turned, laplace.start(design))

    assert one.value == pytest.approx(other.value, abs=1e-10)
