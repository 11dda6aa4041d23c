"""Two raters and the same people: Cohen's kappa, plain and weighted, beside raw agreement."""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ratingstats.agreement.tables import PAIR, Interval, Numbers, as_table
from ratingstats.reasons import Reason
from ratingstats.status import Status

FEWEST_PEOPLE = 10
LARGE_SAMPLE = "large-sample (Fleiss, Cohen & Everitt 1969)"


class Weights(StrEnum):
    """What a near miss counts: nothing, or less the further apart."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


@dataclass(frozen=True, slots=True)
class Kappa:
    """kappa, its standard error, that under no agreement (for `p`), and raw agreement.

    High agreement on a skewed scale gives a low kappa, so `agreement` (share of people with the
    same level from both) stands beside it.
    """

    raw: float
    weights: Weights
    se: float
    interval: Interval | None
    p: float
    agreement: float
    n: int
    status: Status
    reason: Reason = Reason.NONE


def cohen_kappa(
    counts: ArrayLike, weights: Weights = Weights.NONE, *, level: float = 0.95
) -> Kappa:
    """(po - pe)/(1 - pe) of a square table of counts, one rater's levels by the other's.

    Weighted agreement is 1 - d^w with d the distance over K-1, w 1 (linear) or 2 (quadratic);
    standard errors by Fleiss, Cohen & Everitt (1969). Raises ValueError for a table not square.
    """
    table = as_table(counts)
    if table.shape[0] != table.shape[1] or len(table) < PAIR:
        msg = "Give a square table: levels of one rater by the same levels of another."
        raise ValueError(msg)
    n = int(table.sum())
    if n == 0:
        return _refused(weights, 0, math.nan, Reason.TOO_FEW)
    p, w = table / n, _weights(len(table), weights)
    agreement = float(np.trace(p))
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    po, pe = float((w * p).sum()), float(rows @ w @ columns)
    if pe >= 1:
        return _refused(weights, n, agreement, Reason.NO_SPREAD)
    kappa = (po - pe) / (1 - pe)
    se, se_none = _errors(p, w, n)
    reach = float(special.ndtri((1 + level) / 2)) * se
    interval = Interval(kappa - reach, min(1.0, kappa + reach), LARGE_SAMPLE)
    p_value = float(2 * special.ndtr(-abs(kappa) / se_none)) if se_none else math.nan
    few = n < FEWEST_PEOPLE
    status = Status.CAUTION if few else Status.MEASURED
    reason = Reason.TOO_FEW if few else Reason.NONE
    return Kappa(kappa, weights, se, interval, p_value, agreement, n, status, reason)


def cross_table(one: ArrayLike, other: ArrayLike, levels: ArrayLike) -> Numbers:
    """Counts of pairs of ratings over `levels` from low to high; pairs with a gap are left out.

    Raises ValueError for a rating that is none of the levels.
    """
    first, second = np.asarray(one, np.float64), np.asarray(other, np.float64)
    scale = np.asarray(levels, np.float64)
    both = ~(np.isnan(first) | np.isnan(second))
    places = [np.searchsorted(scale, values[both]) for values in (first, second)]
    for values, place in zip((first[both], second[both]), places, strict=True):
        if (place >= len(scale)).any() or (scale[place] != values).any():
            msg = "A rating is none of the levels; give all levels of the scale."
            raise ValueError(msg)
    cells = np.bincount(places[0] * len(scale) + places[1], minlength=len(scale) ** 2)
    return cells.reshape(len(scale), len(scale)).astype(np.float64)


def _weights(k: int, weights: Weights) -> Numbers:
    if weights is Weights.NONE:
        return np.eye(k)
    level = np.arange(k)
    distance = np.abs(level[:, None] - level[None, :]) / (k - 1)
    return np.asarray(1 - (distance if weights is Weights.LINEAR else distance**2))


def _errors(p: Numbers, w: Numbers, n: int) -> tuple[float, float]:
    """Standard errors of kappa: as estimated, and if the raters had nothing in common."""
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    po, pe = float((w * p).sum()), float(rows @ w @ columns)
    ends = (w @ columns)[:, None] + (rows @ w)[None, :]
    spread = float((p * (w * (1 - pe) - ends * (1 - po)) ** 2).sum())
    spread -= (po * pe - 2 * pe + po) ** 2
    none = float((np.outer(rows, columns) * (w - ends) ** 2).sum()) - pe**2
    se = math.sqrt(max(0.0, spread) / n) / (1 - pe) ** 2
    return se, math.sqrt(max(0.0, none) / n) / (1 - pe)


def _refused(weights: Weights, n: int, agreement: float, reason: Reason) -> Kappa:
    nan = math.nan
    return Kappa(nan, weights, nan, None, nan, agreement, n, Status.REFUSED, reason)
