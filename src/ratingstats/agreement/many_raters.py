"""Several raters and levels without order: Fleiss, Randolph, Gwet and Conger, side by side."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ratingstats.agreement.tables import PAIR, Interval, Numbers, as_table, complete_rows
from ratingstats.reasons import Reason
from ratingstats.status import Status

FEWEST_PEOPLE = 10
JACKKNIFE = "jackknife over people"
Expected = Callable[[Numbers], Numbers]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A chance-corrected coefficient, its parts, and how many people it rests on."""

    raw: float
    observed: float
    expected: float
    interval: Interval | None
    n: int
    z: float = math.nan
    status: Status = Status.MEASURED
    reason: Reason = Reason.NONE


def fleiss_kappa(counts: ArrayLike, *, level: float = 0.95) -> Agreement:
    """Chance from the shares of all ratings, sum p_j^2 (Fleiss 1971), with z under no agreement.

    `counts` is people x levels: how many raters chose each level. People with fewer than two
    ratings are left out; z (Fleiss, Nee & Landis 1979) needs the same number of raters for all.
    """
    table = _rated(counts)
    found = _coefficient(table, lambda p: (p**2).sum(axis=-1), level)
    sizes = table.sum(axis=1)
    if found.status is Status.REFUSED or np.ptp(sizes) > 0:
        return found
    se = _fleiss_error((table / sizes[:, None]).mean(axis=0), len(table), float(sizes[0]))
    z = found.raw / se if se else math.nan
    return Agreement(*_parts(found), z, found.status, found.reason)


def randolph_kappa(counts: ArrayLike, *, level: float = 0.95) -> Agreement:
    """Every level as likely as the others, 1/K by chance (Randolph 2005); K columns of `counts`."""
    return _coefficient(_rated(counts), lambda p: np.full(p.shape[:-1], 1 / p.shape[-1]), level)


def gwet_ac1(counts: ArrayLike, *, level: float = 0.95) -> Agreement:
    """Chance as sum p_j (1-p_j)/(K-1), steady where one level prevails (Gwet 2008)."""
    return _coefficient(
        _rated(counts), lambda p: (p * (1 - p)).sum(axis=-1) / (p.shape[-1] - 1), level
    )


def conger_kappa(ratings: ArrayLike, *, level: float = 0.95) -> Agreement:
    """Each rater's own shares by chance (Conger 1980) of a table people x raters without gaps.

    People with a gap are left out. Levels are any numbers; their order does not matter.
    """
    table = complete_rows(as_table(ratings))
    n, m = table.shape
    if min(n, m) < PAIR:
        return _refused(n, Reason.TOO_FEW)
    levels, which = np.unique(table, return_inverse=True)
    chosen = np.eye(len(levels))[which.reshape(n, m)]
    observed = _agreeing(chosen.sum(axis=1))
    totals = chosen.sum(axis=0)

    def expected(shares: Numbers) -> Numbers:
        mean, spread = shares.mean(axis=-2), shares.var(axis=-2, ddof=1)
        return np.asarray((mean**2 - spread / m).sum(axis=-1))

    left_out = expected((totals[None] - chosen) / (n - 1))
    return _with_jackknife(observed, float(expected(totals / n)), left_out, level)


def _rated(counts: ArrayLike) -> Numbers:
    table = as_table(counts)
    if table.shape[1] < PAIR:
        msg = "Give a column for each level of the scale, at least two."
        raise ValueError(msg)
    return np.asarray(table[table.sum(axis=1) >= PAIR])


def _agreeing(counts: Numbers) -> Numbers:
    """For each person the share of pairs of raters who chose the same level."""
    sizes = counts.sum(axis=1)
    return np.asarray(((counts**2).sum(axis=1) - sizes) / (sizes * (sizes - 1)))


def _coefficient(counts: Numbers, expected: Expected, level: float) -> Agreement:
    n = len(counts)
    if n < PAIR:
        return _refused(n, Reason.TOO_FEW)
    shares = counts / counts.sum(axis=1, keepdims=True)
    total = shares.sum(axis=0)
    chance = float(expected(total / n))
    return _with_jackknife(_agreeing(counts), chance, expected((total - shares) / (n - 1)), level)


def _with_jackknife(observed: Numbers, chance: float, left_out: Numbers, level: float) -> Agreement:
    """The coefficient from each person's agreement, its interval by leaving out one at a time."""
    n, mean = len(observed), float(observed.mean())
    if chance >= 1 or (left_out >= 1).any():
        return _refused(n, Reason.NO_SPREAD)
    raw = (mean - chance) / (1 - chance)
    without = ((n * mean - observed) / (n - 1) - left_out) / (1 - left_out)
    se = math.sqrt((n - 1) * float(without.var()))
    reach = float(special.ndtri((1 + level) / 2)) * se
    interval = Interval(raw - reach, min(1.0, raw + reach), JACKKNIFE)
    few = n < FEWEST_PEOPLE
    status = Status.CAUTION if few else Status.MEASURED
    reason = Reason.TOO_FEW if few else Reason.NONE
    return Agreement(raw, mean, chance, interval, n, math.nan, status, reason)


def _fleiss_error(p: Numbers, n: int, m: float) -> float:
    pq = p * (1 - p)
    total = float(pq.sum())
    if total == 0:
        return 0.0
    above = total**2 - float((pq * (1 - 2 * p)).sum())
    return math.sqrt(2 * above / (n * m * (m - 1))) / total


def _parts(found: Agreement) -> tuple[float, float, float, Interval | None, int]:
    return found.raw, found.observed, found.expected, found.interval, found.n


def _refused(n: int, reason: Reason) -> Agreement:
    nan = math.nan
    return Agreement(nan, nan, nan, None, n, nan, Status.REFUSED, reason)
