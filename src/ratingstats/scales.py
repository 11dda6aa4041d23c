"""Moving numbers between scales, within a rater, and between what is required and observed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ratingstats.status import Status

Numbers = NDArray[np.float64]
Ends = tuple[float, float]
FEWEST_FOR_Z = 5


@dataclass(frozen=True, slots=True)
class Standardized:
    """z of each of n ratings within one rater; empty where refused."""

    z: Numbers
    n: int
    mean: float
    sd: float
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class CompetencyGap:
    """What is missing in each of C competencies: required less observed; below zero: a surplus.

    `observed` is the mean over rated sources, `n` how many there were; NaN and 0 where nobody
    rated. `shortfall` is sum(w max(0, gap)) / sum(w required) over the rated competencies, so that
    a surplus in one never pays for a gap in another; `coverage` is the share of weight rated.
    """

    gap: Numbers
    observed: Numbers
    n: NDArray[np.int64]
    shortfall: float
    coverage: float
    status: Status
    reason: str


def rescale(values: ArrayLike, *, scale: Ends, onto: Ends = (0.0, 1.0)) -> Numbers:
    """Move N values linearly so that the ends of one scale meet those of another; NaN stays NaN.

    y = y_min + (x - x_min) / (x_max - x_min) (y_max - y_min). For display and trends only: a 4 of
    5 and a 4 of 7 are different words. Raises ValueError where the ends of a scale meet or a value
    lies outside it.
    """
    x = np.asarray(values, np.float64)
    (low, high), (bottom, top) = scale, onto
    if not low < high or not bottom < top:
        msg = "Give the ends of each scale from low to high."
        raise ValueError(msg)
    if np.any((x < low) | (x > high)):
        msg = f"A value lies outside the scale from {low:g} to {high:g}; name the right ends."
        raise ValueError(msg)
    return np.asarray(bottom + (x - low) / (high - low) * (top - bottom), np.float64)


def z_within_rater(ratings: ArrayLike) -> Standardized:
    """Z = (x - mean) / SD (n - 1) of one rater's n ratings; refused below 5 or where SD is 0.

    A diagnostic only. It gives every team the same mean, whoever is in it: never decide pay or an
    exit with it.
    """
    x = np.asarray(ratings, np.float64)
    x = x[np.isfinite(x)]
    mean = float(x.mean()) if x.size else float("nan")
    sd = float(x.std(ddof=1)) if x.size > 1 else float("nan")
    nothing: Numbers = np.empty(0, np.float64)
    if x.size < FEWEST_FOR_Z:
        reason = f"Fewer than {FEWEST_FOR_Z} ratings by this rater."
        return Standardized(nothing, x.size, mean, sd, Status.REFUSED, reason)
    if x.max() == x.min():
        reason = "All ratings of this rater are the same."
        return Standardized(nothing, x.size, mean, 0.0, Status.REFUSED, reason)
    return Standardized((x - mean) / sd, x.size, mean, sd, Status.MEASURED, "")


def competency_gap(
    required: ArrayLike, observed: ArrayLike, weights: ArrayLike | None = None
) -> CompetencyGap:
    """Compare C required levels with S x C observed ones (a row per source; NaN: not rated).

    `weights` has C entries, 1 each if not given. Gaps seen by one source are hypotheses: CAUTION.
    Raises ValueError if shapes do not fit or a weight is below zero.
    """
    levels = np.asarray(required, np.float64)
    seen = np.atleast_2d(np.asarray(observed, np.float64))
    weight = np.ones_like(levels) if weights is None else np.asarray(weights, np.float64)
    if levels.ndim != 1 or weight.shape != levels.shape or seen.shape[1:] != levels.shape:
        msg = "Give a required level, a weight and a column of observations per competency."
        raise ValueError(msg)
    if np.any(weight < 0) or np.any(levels <= 0):
        msg = "Weights are zero or more, required levels above zero."
        raise ValueError(msg)
    n = np.isfinite(seen).sum(axis=0).astype(np.int64)
    mean = np.divide(np.nansum(seen, axis=0), n, out=np.full_like(levels, np.nan), where=n > 0)
    gap = levels - mean
    rated = n > 0
    whole = float(weight[rated] @ levels[rated])
    missing = float(weight[rated] @ np.maximum(gap[rated], 0.0))
    status, reason = _standing(n, whole)
    return CompetencyGap(
        gap=gap,
        observed=mean,
        n=n,
        shortfall=missing / whole if whole else float("nan"),
        coverage=float(weight[rated].sum() / weight.sum()) if weight.sum() else float("nan"),
        status=status,
        reason=reason,
    )


def _standing(n: NDArray[np.int64], whole: float) -> tuple[Status, str]:
    if not whole:
        return Status.REFUSED, "No competency with a weight was rated."
    if n.min() == 0:
        return Status.CAUTION, "A competency was not rated; the index leaves it out."
    if n.min() == 1:
        return Status.CAUTION, "One source alone: take its gaps as questions, not as findings."
    return Status.MEASURED, ""
