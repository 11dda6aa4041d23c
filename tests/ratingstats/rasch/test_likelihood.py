import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate
from scipy.stats import norm

from ratingstats import maximizing
from ratingstats.rasch import category_probabilities, likelihood
from ratingstats.rasch.information import observed_information
from ratingstats.rasch.layout import Marks, layout_of, normal_grid
from ratingstats.rasch.likelihood import Parameters
from tests.ratingstats.rasch import studies


def uneven():
    """Two items, the second with a level less, and one of the raters on a single item."""
    study = studies.made(3, persons=40, raters=4)
    ratee, rater, item = study.ratees.codes, study.raters.codes, study.items.codes
    score = np.minimum(study.score, 3 - item)
    kept = (rater != 3) | (item == 0)
    marks = Marks(score[kept], ratee[kept], rater[kept], item[kept])
    return marks, layout_of(marks, (40, 4, 2))


def known_at(layout, psi):
    return likelihood.posterior(layout, Parameters.of(layout, psi))


PSI = np.array([-1.5, 0.2, 1.4, -0.8, 0.9, 0.3, -0.4, 0.5, 1.2])
shifts = st.lists(st.floats(-1, 1), min_size=9, max_size=9).map(np.array)


def test_the_likelihood_is_that_of_the_formula_integrated_by_another_rule():
    marks, layout = uneven()
    parameters = Parameters.of(layout, PSI)
    steps = (parameters.delta[:3], parameters.delta[3:])

    def of_ratee(n):
        mine = np.flatnonzero(marks.ratee == n)

        def density(theta):
            p = norm.pdf(theta, scale=parameters.sigma)
            for i in mine:
                item, rho = marks.item[i], parameters.rho[marks.rater[i]]
                p *= category_probabilities(theta, rho, steps[item])[marks.score[i]]
            return p

        return np.log(integrate.quad(density, -12, 12, epsabs=1e-14, limit=200)[0])

    expected = sum(of_ratee(n) for n in np.unique(marks.ratee))
    assert known_at(layout, PSI).log_likelihood == pytest.approx(expected, abs=1e-7)


@given(shifts)
@settings(max_examples=10)
def test_the_gradient_is_the_slope_of_the_likelihood(shift):
    _, layout = uneven()
    psi = PSI + shift

    gradient = likelihood.gradient(layout, known_at(layout, psi))

    slopes = [
        (known_at(layout, psi + e).log_likelihood - known_at(layout, psi - e).log_likelihood) / 2e-5
        for e in 1e-5 * np.eye(9)
    ]
    assert gradient == pytest.approx(slopes, abs=1e-5)


@given(shifts)
@settings(max_examples=5)
def test_the_information_is_the_slope_of_the_gradient(shift):
    _, layout = uneven()
    psi = PSI + shift

    def objective(psi):
        known = known_at(layout, psi)
        return -known.log_likelihood, -likelihood.gradient(layout, known)

    information = observed_information(layout, known_at(layout, psi))

    slopes = maximizing.curvature(objective, psi, np.ones(9, bool))
    assert information == pytest.approx(slopes, abs=1e-4)


@pytest.mark.parametrize("ratings", [1, 4, 100, 400])
def test_the_grid_is_finer_than_what_that_many_ratings_can_tell(ratings):
    nodes, weights = normal_grid(ratings)

    assert weights.sum() == pytest.approx(1)
    assert weights @ nodes**2 == pytest.approx(1, abs=1e-6)
    deviation = 1 / np.sqrt(1 + ratings * 0.5)  # a rating of five levels tells about 0.5
    assert nodes[1] - nodes[0] < max(deviation, 0.041)
