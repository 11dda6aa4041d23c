"""The rating scale of a many-facet Rasch model: what is expected of one rating.

ln(P_k / P_(k-1)) = theta - severity - difficulty - tau_k     (Linacre 1989; Masters 1982)
"""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def category_probabilities(
    theta: float, severity: float, tau: Numbers, difficulty: float = 0.0
) -> Numbers:
    """The probabilities of the K levels (K,), from low to high, for thresholds tau (K - 1,).

    Everything in logits. Raises ValueError where tau is not one row of finite numbers.
    """
    thresholds = np.asarray(tau, np.float64)
    if thresholds.ndim != 1 or not np.all(np.isfinite(thresholds)):
        msg = "tau must be one finite number per step between levels."
        raise ValueError(msg)
    logits = np.concatenate(([0.0], np.cumsum(theta - severity - difficulty - thresholds)))
    weights = np.exp(logits - logits.max())
    probabilities: Numbers = weights / weights.sum()
    return probabilities


def expected_rating(probabilities: Numbers, lowest: float = 0.0) -> float:
    """E = sum of k P_k, for levels that count up by one from `lowest`."""
    return float(_levels(probabilities, lowest) @ probabilities)


def rating_variance(probabilities: Numbers) -> float:
    """V = sum of (k - E)^2 P_k, in squared levels: the information of a rating on theta."""
    away = _levels(probabilities, 0.0) - expected_rating(probabilities)
    return float(away**2 @ probabilities)


def squared_residual(rating: float, probabilities: Numbers, lowest: float = 0.0) -> float:
    """z^2 = (x - E)^2 / V of one rating; NaN where the model leaves no doubt (V = 0)."""
    V = rating_variance(probabilities)
    away = rating - expected_rating(probabilities, lowest)
    return away**2 / V if V > 0 else float("nan")


def fair_average(theta: float, tau: Numbers, lowest: float = 0.0) -> float:
    """What a rater of severity 0 gives on an item of difficulty 0 at ability theta."""
    return expected_rating(category_probabilities(theta, 0.0, tau), lowest)


def _levels(probabilities: Numbers, lowest: float) -> Numbers:
    return lowest + np.arange(len(probabilities), dtype=np.float64)
