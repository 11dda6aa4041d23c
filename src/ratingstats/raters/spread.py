"""Who uses only part of the scale: a narrow spread, the middle, few levels."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ratingstats.raters.comparing import (
    ALARM,
    FLAG_FROM,
    Compared,
    Numbers,
    Pool,
    false_discovery,
)
from ratingstats.reasons import Reason
from ratingstats.status import Status

NARROW = 0.5
EVEN = 0.7
DRAWS = 9_999
MANY_LEVELS = 100
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Narrowness:
    """A rater's standard deviation over the others'; p says how rarely chance is as narrow.

    `p` takes ratings as normal; `drawn` draws n ratings from those of everybody, which matters
    where most are on one level. `q` is of the larger of the two, over raters.
    """

    sd: float
    ratio: float
    chi2: float
    p: float
    n: int
    status: Status
    reason: Reason = Reason.NONE
    drawn: float = math.nan
    q: float = math.nan
    is_flagged: bool = False


@dataclass(frozen=True, slots=True)
class Middle:
    """The share of a rater's ratings at the midpoint beside the others' share."""

    share: float
    others: float
    p: float
    n: int
    status: Status
    reason: Reason = Reason.NONE
    q: float = math.nan
    is_flagged: bool = False


@dataclass(frozen=True, slots=True)
class LevelsUsed:
    """How many levels of the scale a rater uses, and how evenly: entropy from 0 (one) to 1.

    `drawn` says how rarely as many ratings drawn from everybody's are as uneven; 1 where they are
    not uneven. `q` is what is left of it over raters.
    """

    used: int
    of: int
    entropy: float
    others: float
    n: int
    status: Status
    reason: Reason = Reason.NONE
    drawn: float = math.nan
    q: float = math.nan
    is_flagged: bool = False


def narrowness(ratings: ArrayLike, others: Pool) -> Narrowness:
    """Ratio s_r/s and chi2 = (n-1) s_r^2/s^2, p its lower tail with n-1 degrees of freedom."""
    values = np.asarray(ratings, dtype=np.float64)
    n = len(values)
    if n < FLAG_FROM:
        return _no_narrowness(n, Reason.TOO_FEW)
    if not others.sd > 0:
        return _no_narrowness(n, Reason.NO_OTHERS if math.isnan(others.sd) else Reason.NO_SPREAD)
    return narrowness_of(float(values.std(ddof=1)), n, others.sd)


def narrowness_of(sd: float, n: int, others_sd: float) -> Narrowness:
    """The same from standard deviations; raises ValueError where the others' is not positive."""
    if not others_sd > 0:
        msg = "Give a positive standard deviation of the other raters."
        raise ValueError(msg)
    ratio = sd / others_sd
    chi2 = (n - 1) * ratio**2
    return Narrowness(sd, ratio, chi2, float(special.chdtr(n - 1, chi2)), n, Status.MEASURED)


def narrow_raters(raters: Sequence[Compared], *, seed: int = 0) -> tuple[Narrowness, ...]:
    """One row for each rater; flagged below half the others' spread with q < .05 over raters."""
    draw = _Drawing(raters, seed)
    rows = [narrowness(one.values, one.others) for one in raters]
    rows = [replace(row, drawn=draw.as_narrow(row)) for row in rows]
    q = false_discovery([max(row.p, row.drawn) for row in rows])
    return tuple(
        replace(row, q=value, is_flagged=row.ratio < NARROW and value < ALARM)
        for row, value in zip(rows, q, strict=True)
    )


class _Drawing:
    """Ratings drawn with replacement from those of all raters, to see how often they are narrow."""

    def __init__(self, raters: Sequence[Compared], seed: int) -> None:
        values = np.concatenate([one.values for one in raters]) if raters else np.empty(0)
        self.levels, often = np.unique(values, return_counts=True)
        self.shares = often / max(1, len(values))
        self.rng = np.random.default_rng(seed)
        self.spreads: dict[int, Numbers] = {}

    def as_narrow(self, row: Narrowness) -> float:
        """Only a spread below half the others' is worth drawing for; else p itself will do."""
        if not row.ratio < NARROW or len(self.levels) > MANY_LEVELS:
            return row.p
        if row.sd == 0:
            return float((self.shares**row.n).sum())
        if row.n not in self.spreads:
            self.spreads[row.n] = self._drawn(row.n)
        as_narrow = int((self.spreads[row.n] <= row.sd + ROUNDING).sum())
        return (1 + as_narrow) / (1 + DRAWS)

    def _drawn(self, n: int) -> Numbers:
        counts = self.rng.multinomial(n, self.shares, size=DRAWS)
        mean = counts @ self.levels / n
        squares = (counts * (self.levels - mean[:, None]) ** 2).sum(axis=1)
        return np.asarray(np.sqrt(squares / (n - 1)))


def middle(at_midpoint: int, n: int, others_share: float) -> Middle:
    """How rarely so many of n ratings fall on the midpoint at the others' share (upper tail).

    `others_share` is a share from 0 to 1; NaN where there are no others.
    """
    if n < FLAG_FROM:
        return Middle(math.nan, others_share, math.nan, n, Status.REFUSED, Reason.TOO_FEW)
    if math.isnan(others_share):
        return Middle(math.nan, others_share, math.nan, n, Status.REFUSED, Reason.NO_OTHERS)
    p = upper_binomial(at_midpoint, n, others_share)
    return Middle(at_midpoint / n, others_share, p, n, Status.MEASURED)


def middle_raters(is_middle: Sequence[Compared]) -> tuple[Middle, ...]:
    """One row for each rater of a 1/0 value per rating (1: on the midpoint), flagged at q < .05."""
    rows = [middle(round(float(one.values.sum())), one.n, one.others.mean) for one in is_middle]
    q = false_discovery([row.p for row in rows])
    return tuple(
        replace(row, q=value, is_flagged=value < ALARM) for row, value in zip(rows, q, strict=True)
    )


def upper_binomial(seen: int, n: int, share: float) -> float:
    """P(X >= seen) of n draws that each succeed with this share."""
    return 1.0 if seen <= 0 else float(special.bdtrc(seen - 1, n, share))


def levels_used(counts: ArrayLike, others: ArrayLike) -> LevelsUsed:
    """Entropy H = -sum p ln p / ln K of a rater's counts (K,) beside the other raters' (K,).

    Flagged at H < 0.5 where the others' exceeds 0.7; of many raters see `few_level_raters`.
    Raises ValueError for fewer than two levels.
    """
    own, rest = np.asarray(counts, np.float64), np.asarray(others, np.float64)
    if own.shape != rest.shape or own.ndim != 1 or len(own) <= 1:
        msg = "Give counts over the same levels, at least two, of a rater and of the others."
        raise ValueError(msg)
    n, k = int(own.sum()), len(own)
    used = int((own > 0).sum())
    pool = entropy(rest)
    if n < FLAG_FROM:
        return LevelsUsed(used, k, math.nan, pool, n, Status.REFUSED, Reason.TOO_FEW)
    h = entropy(own)
    flagged = h < NARROW and pool > EVEN
    return LevelsUsed(used, k, h, pool, n, Status.MEASURED, is_flagged=flagged)


def few_level_raters(counts: ArrayLike, *, seed: int = 0) -> tuple[LevelsUsed, ...]:
    """One row for each rater of a table raters x levels; flagged only where q < .05 over raters."""
    table = np.asarray(counts, dtype=np.float64)
    total = table.sum(axis=0)
    shares, rng = total / max(1.0, float(total.sum())), np.random.default_rng(seed)
    rows = [levels_used(own, total - own) for own in table]
    drawn = [_as_uneven(row, shares, rng) for row in rows]
    q = false_discovery(drawn)
    return tuple(
        replace(row, drawn=p, q=value, is_flagged=row.is_flagged and value < ALARM)
        for row, p, value in zip(rows, drawn, q, strict=True)
    )


def _as_uneven(row: LevelsUsed, shares: Numbers, rng: np.random.Generator) -> float:
    if row.status is Status.REFUSED:
        return math.nan
    if not row.is_flagged:
        return 1.0
    if row.used == 1:
        return float((shares**row.n).sum())
    share = rng.multinomial(row.n, shares, size=DRAWS) / row.n
    h = -special.xlogy(share, share).sum(axis=1) / math.log(row.of)
    return (1 + int((h <= row.entropy + ROUNDING).sum())) / (1 + DRAWS)


def entropy(counts: Numbers) -> float:
    """Evenness of counts over K levels: 0 where all are on one, 1 where all are alike."""
    total = float(counts.sum())
    if total <= 0:
        return math.nan
    share = counts[counts > 0] / total
    return float(-(share * np.log(share)).sum()) / math.log(len(counts)) + 0.0


def _no_narrowness(n: int, reason: Reason) -> Narrowness:
    return Narrowness(math.nan, math.nan, math.nan, math.nan, n, Status.REFUSED, reason)
