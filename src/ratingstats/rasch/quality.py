"""How raters and ratees come out of a fitted many-facet Rasch model."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ratingstats.rasch.layout import Layout
from ratingstats.rasch.likelihood import Parameters, Posterior, cumulated
from ratingstats.rasch.results import Spread

Numbers = NDArray[np.float64]
SMALLEST_VARIANCE = 1e-10


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """Infit and outfit per rater (R,)."""

    infit: Numbers
    outfit: Numbers


def mean_squares(layout: Layout, known: Posterior) -> MeanSquares:
    """Infit = sum (x - E)^2 / sum V, outfit = mean of (x - E)^2 / V (Wright & Masters 1982).

    Averaged over the posterior of the abilities, not taken at a point, so that a rater with few
    ratings of each person is not made to look better than she is.
    """
    E, V = known.curves.E, np.maximum(known.curves.variances(), SMALLEST_VARIANCE)
    squared, standardized = np.zeros(len(E)), np.zeros(len(E))
    for k, at in enumerate(layout.at_score):
        mass = (at.T @ known.by_ratee) * (k - E) ** 2
        squared += mass.sum(axis=1)
        standardized += (mass / V).sum(axis=1)

    def per_rater(x: Numbers) -> Numbers:
        summed = np.bincount(layout.cell_rater, weights=x, minlength=layout.R)
        return np.asarray(summed, np.float64)

    expected = per_rater((known.by_cell * V).sum(axis=1))
    n = np.bincount(layout.rater, minlength=layout.R)
    return MeanSquares(per_rater(squared) / expected, per_rater(standardized) / n)


def fair_averages(layout: Layout, parameters: Parameters, theta: Numbers) -> Numbers:
    """What a rater of severity zero gives at each theta, averaged over items, in scores.

    An ability `theta` less a severity counts as an ability, so raters are asked about with
    theta = -severity.
    """
    sums = cumulated(layout, parameters.delta)
    k = np.arange(sums.shape[1])
    total = np.zeros(len(theta))
    for item in range(layout.I):
        logits = theta[:, None] * k - sums[item]
        weights = np.exp(logits - logits.max(axis=1, keepdims=True))
        total += layout.lowest[item] + (weights @ k) / weights.sum(axis=1)
    return total / layout.I


def spread(severity: Numbers, errors: Numbers) -> Spread:
    """Separation = true SD / RMSE and reliability = 1 - RMSE^2 / SD^2, neither below zero."""
    observed = float(np.std(severity, ddof=1))
    rmse = float(np.sqrt(np.mean(errors**2)))
    true = max(observed**2 - rmse**2, 0.0)
    if not (rmse > 0 and observed > 0):
        return Spread(observed, rmse, float("nan"), float("nan"))
    return Spread(observed, rmse, float(np.sqrt(true) / rmse), true / observed**2)
