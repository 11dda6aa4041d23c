"""What came last or just before: recency, contrast, and first impressions that stick."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ratingstats.raters.comparing import ALARM, Numbers, false_discovery
from ratingstats.raters.spread import upper_binomial
from ratingstats.reasons import Reason
from ratingstats.status import Status

FEWEST_NOTES = 6
FEWEST_IN_A_ROW = 10
FEWEST_PEOPLE = 20
TWICE = 2
NORMAL_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Recency:
    """The share of notes from the end of the period beside the share expected by the calendar."""

    share: float
    expected: float
    p: float
    n: int
    status: Status
    reason: Reason = Reason.NONE
    is_flagged: bool = False


@dataclass(frozen=True, slots=True)
class QuarterWeights:
    """How much each part of the period weighs in the final rating: slopes, and the last's share."""

    slopes: tuple[float, ...]
    last_share: float
    n: int
    status: Status
    reason: Reason = Reason.NONE


@dataclass(frozen=True, slots=True)
class Contrast:
    """Whether a rating leans against (-) or towards (+) the one given just before it."""

    autocorrelation: float
    limit: float
    p: float
    n: int
    status: Status
    reason: Reason = Reason.NONE
    q: float = math.nan
    is_flagged: bool = False


@dataclass(frozen=True, slots=True)
class Anchoring:
    """How much closer ratings keep to the last ones than an independent measure does to its own."""

    ratings: float
    measure: float
    difference: float
    n: int
    status: Status
    reason: Reason = Reason.NONE


def recency(recent: int, n: int, expected: float) -> Recency:
    """Upper binomial tail of `recent` of n notes from the last part, expected share by days.

    Flagged at twice the expected share or more with p < .05; refused below six notes.
    """
    if not 0 <= recent <= n or not 0 < expected < 1:
        msg = "Give 0 <= recent <= n and an expected share between 0 and 1."
        raise ValueError(msg)
    if n < FEWEST_NOTES:
        return Recency(math.nan, expected, math.nan, n, Status.REFUSED, Reason.TOO_FEW)
    share, p = recent / n, upper_binomial(recent, n, expected)
    flagged = share >= TWICE * expected and p < ALARM
    return Recency(share, expected, p, n, Status.MEASURED, is_flagged=flagged)


def quarter_weights(final: ArrayLike, quarters: ArrayLike) -> QuarterWeights:
    """Least squares of the final rating (n,) on the means of notes by quarter (n, Q).

    `last_share` is the last slope over the sum of slopes; people with a gap are left out; refused
    below 20 people or where the quarters do not differ enough to tell them apart.
    """
    y, x = np.asarray(final, np.float64), np.asarray(quarters, np.float64)
    if x.ndim <= 1 or len(x) != len(y):
        msg = "Give a row of quarters for each final rating."
        raise ValueError(msg)
    known = ~(np.isnan(y) | np.isnan(x).any(axis=1))
    y, x = y[known], x[known]
    if len(y) < FEWEST_PEOPLE:
        return QuarterWeights((), math.nan, len(y), Status.REFUSED, Reason.TOO_FEW)
    design = np.column_stack([np.ones(len(y)), x])
    slopes, _, rank, _ = np.linalg.lstsq(design, y, rcond=None)
    if rank < design.shape[1]:
        return QuarterWeights((), math.nan, len(y), Status.REFUSED, Reason.NO_SPREAD)
    total = float(slopes[1:].sum())
    share = float(slopes[-1]) / total if total else math.nan
    return QuarterWeights(tuple(slopes[1:].tolist()), share, len(y), Status.MEASURED)


def contrast(residuals: ArrayLike) -> Contrast:
    """Lag-1 autocorrelation sum e_t e_t+1 / sum e_t^2 of one sitting, in order of submission.

    About -1/n without any effect; flagged below -1.96/sqrt(n). Refused below ten ratings.
    """
    e = np.asarray(residuals, dtype=np.float64)
    n = len(e)
    if n < FEWEST_IN_A_ROW:
        return Contrast(math.nan, math.nan, math.nan, n, Status.REFUSED, Reason.TOO_FEW)
    e = e - e.mean()
    squares = float(e @ e)
    if squares <= 0:
        return Contrast(math.nan, math.nan, math.nan, n, Status.REFUSED, Reason.NO_SPREAD)
    r = float(e[:-1] @ e[1:]) / squares
    limit = -NORMAL_95 / math.sqrt(n)
    p = float(2 * special.ndtr(-abs(r) * math.sqrt(n)))
    return Contrast(r, limit, p, n, Status.MEASURED, is_flagged=r < limit)


def contrast_raters(sittings: Sequence[Numbers]) -> tuple[Contrast, ...]:
    """One row for each rater's residuals in order; flagged only where q < .05 over raters too."""
    rows = [contrast(sitting) for sitting in sittings]
    q = false_discovery([row.p for row in rows])
    return tuple(
        replace(row, q=value, is_flagged=row.is_flagged and value < ALARM)
        for row, value in zip(rows, q, strict=True)
    )


def anchoring(now: ArrayLike, last: ArrayLike, measure: ArrayLike) -> Anchoring:
    """r(rating, last rating) - r(measure, last measure), of a table `measure` (n, 2) [now, last].

    For reporting only; refused below 20 people without a gap, or where one of them never changes.
    """
    own, other = np.asarray(measure, np.float64).T
    table = np.column_stack([np.asarray(now, np.float64), np.asarray(last, np.float64), own, other])
    table = table[~np.isnan(table).any(axis=1)]
    n = len(table)
    if n < FEWEST_PEOPLE:
        return Anchoring(math.nan, math.nan, math.nan, n, Status.REFUSED, Reason.TOO_FEW)
    if (np.ptp(table, axis=0) == 0).any():
        return Anchoring(math.nan, math.nan, math.nan, n, Status.REFUSED, Reason.NO_SPREAD)
    r = np.corrcoef(table, rowvar=False)
    ratings, measured = float(r[0, 1]), float(r[2, 3])
    return Anchoring(ratings, measured, ratings - measured, n, Status.MEASURED)
