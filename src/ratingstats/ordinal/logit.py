"""The cumulative logit and its derivatives, one rating at a time.

P(Y <= k) = F(theta_k - eta) with F the logistic distribution (McCullagh 1980). With the thresholds
above and below the rating, t2 = theta_y - eta and t1 = theta_(y-1) - eta, the probability factors:

    p = F(t2) (1 - F(t1)) (1 - exp(t1 - t2))

so that the last part does not depend on eta, and every derivative by eta is a sum of two terms.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cut:
    """F(t) at one threshold of each rating (N,), with its density f and the density's slope."""

    F: Numbers
    f: Numbers
    slope: Numbers


def cut(t: Numbers) -> Cut:
    """F, f = F (1 - F) and f' = f (1 - 2 F) at t, which may be infinite."""
    F = expit(t)
    f = F * expit(-t)
    return Cut(F, f, f * (1 - 2 * F))


@dataclass(frozen=True, slots=True)
class Cuts:
    """Both thresholds of every rating: where they lie, and how far apart (infinite at the ends)."""

    lower: Numbers
    upper: Numbers
    width: Numbers


def cuts(theta: Numbers, y: Codes) -> Cuts:
    """The thresholds (K - 1,) below and above the rating y (N,)."""
    padded = np.concatenate(([-np.inf], theta, [np.inf]))
    lower, upper = padded[y], padded[y + 1]
    return Cuts(lower, upper, upper - lower)


def log_likelihood(at: Cuts, eta: Numbers) -> float:
    """The sum of log p over ratings."""
    above = np.logaddexp(0.0, eta - at.upper).sum()
    below = np.logaddexp(0.0, at.lower - eta).sum()
    return float(np.log(-np.expm1(-at.width)).sum() - above - below)


def thresholds_of(working: Numbers) -> Numbers:
    """Ordered thresholds from the first one and the logarithms of the steps between them."""
    return np.cumsum(np.concatenate((working[:1], np.exp(working[1:]))))


def working_of(thresholds: Numbers) -> Numbers:
    """The inverse of `thresholds_of`."""
    return np.concatenate((thresholds[:1], np.log(np.diff(thresholds))))


def thresholds_by_working(working: Numbers) -> Numbers:
    """The derivative of the thresholds by the working parameters (K - 1, K - 1)."""
    steps = np.concatenate(([1.0], np.exp(working[1:])))
    return np.tril(np.ones((len(working), len(working)))) * steps
