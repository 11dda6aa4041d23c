"""Who is strict and who is lenient: shrunken estimates, intervals, and alarms that matter."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ratingstats.raters.comparing import FLAG_FROM, SHOW_FROM, Numbers, Pool, false_discovery
from ratingstats.reasons import Reason
from ratingstats.status import Status

MATTERS = 0.25


@dataclass(frozen=True, slots=True)
class Rule:
    """When a rater is shown, and when a difference is worth a look.

    A flag needs all of: interval off zero, at least `matters` points, `flag_from` people, and
    q <= 1 - level after Benjamini-Hochberg over all raters shown.
    """

    level: float = 0.95
    matters: float = MATTERS
    show_from: int = SHOW_FROM
    flag_from: int = FLAG_FROM


RULE = Rule()


@dataclass(frozen=True, slots=True)
class Severity:
    """How far a rater's ratings run above (+) or below (-) the average rater's, in points."""

    rater: int
    n: int
    estimate: float
    low: float
    high: float
    p: float
    q: float
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class Severities:
    """Raters with enough people, the most lenient first; `tested` of them, `hidden` with fewer."""

    rows: tuple[Severity, ...]
    tested: int
    hidden: int
    status: Status
    reason: Reason = Reason.NONE

    @property
    def flagged(self) -> tuple[Severity, ...]:
        return tuple(row for row in self.rows if row.is_flagged)


def severities(
    estimate: ArrayLike, error: ArrayLike, n: ArrayLike, rule: Rule = RULE
) -> Severities:
    """Tell predicted rater effects (R,), their standard errors (R,) and people rated (R,).

    p is two-sided for estimate/error, normal. An error of zero with an estimate of zero (no
    differences between raters were found) gives p = 1. Raises ValueError where lengths differ.
    """
    b, se = np.asarray(estimate, np.float64), np.asarray(error, np.float64)
    people = np.asarray(n, np.int64)
    if not b.shape == se.shape == people.shape:
        msg = "Give an estimate, an error and a number of people for each rater."
        raise ValueError(msg)
    shown = np.flatnonzero((people >= rule.show_from) & ~np.isnan(b) & ~np.isnan(se))
    hidden = len(b) - len(shown)
    if not len(shown):
        return Severities((), 0, hidden, Status.REFUSED, Reason.TOO_FEW)
    p = _p_values(b[shown], se[shown])
    q = false_discovery(p.tolist())
    reach = float(special.ndtri((1 + rule.level) / 2))
    rows = [
        _row(int(rater), int(people[rater]), (float(b[rater]), reach * float(se[rater])), tests)
        for rater, tests in zip(shown, zip(p.tolist(), q, strict=True), strict=True)
    ]
    rows = [_flagged(row, rule) for row in rows]
    rows.sort(key=lambda row: (-row.estimate, row.rater))
    return Severities(tuple(rows), len(rows), hidden, Status.MEASURED)


def _p_values(b: Numbers, se: Numbers) -> Numbers:
    z = np.divide(np.abs(b), se, out=np.where(b == 0, 0.0, np.inf), where=se > 0)
    return np.asarray(2 * special.ndtr(-z), dtype=np.float64)


def _row(rater: int, n: int, known: tuple[float, float], tests: tuple[float, float]) -> Severity:
    estimate, reach = known
    return Severity(
        rater, n, estimate, estimate - reach, estimate + reach, *tests, is_flagged=False
    )


def _flagged(row: Severity, rule: Rule) -> Severity:
    off_zero = row.low > 0 or row.high < 0
    enough = row.n >= rule.flag_from and abs(row.estimate) >= rule.matters
    if not (off_zero and enough and row.q <= 1 - rule.level):
        return row
    return Severity(
        row.rater, row.n, row.estimate, row.low, row.high, row.p, row.q, is_flagged=True
    )


@dataclass(frozen=True, slots=True)
class Leniency:
    """A rater's mean beside that of the others: `d` in their standard deviations, z test and p."""

    mean: float
    d: float
    z: float
    p: float
    n: int
    status: Status
    reason: Reason = Reason.NONE


def leniency(ratings: ArrayLike, others: Pool) -> Leniency:
    """Differences d = (mean - mu)/s and z = (mean - mu)/(s/sqrt(n)); mu and s of other raters.

    Takes teams as equal; `severities` of a crossed model does not and is to be preferred.
    """
    values = np.asarray(ratings, dtype=np.float64)
    n = len(values)
    mean = float(values.mean()) if n else math.nan
    if n == 0 or not others.sd > 0:
        reason = Reason.TOO_FEW if n == 0 else Reason.NO_OTHERS
        return Leniency(mean, math.nan, math.nan, math.nan, n, Status.REFUSED, reason)
    d = (mean - others.mean) / others.sd
    z = d * math.sqrt(n)
    p = float(2 * special.ndtr(-abs(z)))
    if n < SHOW_FROM:
        return Leniency(mean, d, z, p, n, Status.CAUTION, Reason.TOO_FEW)
    return Leniency(mean, d, z, p, n, Status.MEASURED)
