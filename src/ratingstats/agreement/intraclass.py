"""The six intraclass correlations of Shrout & Fleiss (1979), intervals under named formulas."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ratingstats.agreement.tables import PAIR, Interval, Numbers, as_table, complete_rows
from ratingstats.reasons import Reason
from ratingstats.status import Status

FEWEST_PEOPLE = 10
EXACT_F = "F distribution (Shrout & Fleiss 1979)"
SATTERTHWAITE = "Satterthwaite (Shrout & Fleiss 1979)"
MCGRAW_WONG = "Satterthwaite for averages (McGraw & Wong 1996), as in irr"
STEPPED_UP = "single-rater limits stepped up by Spearman-Brown, as in psych and pingouin"


class Form(StrEnum):
    """(1, .) other raters for each person; (2, .) raters drawn at random; (3, .) these raters."""

    ONE_SINGLE = "ICC(1,1)"
    TWO_SINGLE = "ICC(2,1)"
    THREE_SINGLE = "ICC(3,1)"
    ONE_AVERAGE = "ICC(1,k)"
    TWO_AVERAGE = "ICC(2,k)"
    THREE_AVERAGE = "ICC(3,k)"


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """Two-way analysis of variance of a complete table: n people, k raters.

    `within` pools raters and error: what is left when only people are told apart.
    """

    people: float
    raters: float
    error: float
    within: float
    n: int
    k: int


@dataclass(frozen=True, slots=True)
class Correlation:
    """One form: `raw` as computed, `shown` never below zero, F test of no true differences."""

    form: Form
    raw: float
    intervals: tuple[Interval, ...]
    f: float
    df: tuple[int, int]
    p: float

    @property
    def shown(self) -> float:
        return max(0.0, self.raw)


@dataclass(frozen=True, slots=True)
class Intraclass:
    """All six forms; `dropped` people lacked a rating. Empty `forms` where refused."""

    squares: MeanSquares | None
    forms: Mapping[Form, Correlation]
    dropped: int
    status: Status
    reason: Reason = Reason.NONE


def intraclass(ratings: ArrayLike, *, level: float = 0.95) -> Intraclass:
    """Intraclass correlations of people (rows) by raters (columns), in the units of the ratings.

    With MSR, MSC, MSE, MSW the mean squares of people, raters, error and within people:
    (1,1) = (MSR-MSW)/(MSR+(k-1)MSW); (2,1) = (MSR-MSE)/(MSR+(k-1)MSE+k(MSC-MSE)/n);
    (3,1) = (MSR-MSE)/(MSR+(k-1)MSE); (1,k) = (MSR-MSW)/MSR; (2,k) = (MSR-MSE)/(MSR+(MSC-MSE)/n);
    (3,k) = (MSR-MSE)/MSR. People without a full set of ratings are left out and counted.
    Caution below ten people, or where a form came out below zero.
    """
    table = as_table(ratings)
    full = complete_rows(table)
    dropped = len(table) - len(full)
    if min(full.shape) < PAIR:
        return Intraclass(None, {}, dropped, Status.REFUSED, Reason.TOO_FEW)
    if np.ptp(full) == 0:
        return Intraclass(None, {}, dropped, Status.REFUSED, Reason.NO_SPREAD)
    squares = mean_squares(full)
    forms = {correlation.form: correlation for correlation in _all_forms(squares, 1 - level)}
    if len(full) < FEWEST_PEOPLE:
        return Intraclass(squares, forms, dropped, Status.CAUTION, Reason.TOO_FEW)
    if min(correlation.raw for correlation in forms.values()) < 0:
        return Intraclass(squares, forms, dropped, Status.CAUTION, Reason.BELOW_ZERO)
    return Intraclass(squares, forms, dropped, Status.MEASURED)


def mean_squares(table: Numbers) -> MeanSquares:
    """Mean squares of a complete table of n people by k raters, both at least 2."""
    n, k = table.shape
    centre = table.mean()
    people = table.mean(axis=1) - centre
    raters = table.mean(axis=0) - centre
    error = table - centre - people[:, None] - raters[None, :]
    between_raters, left = n * float(raters @ raters), float((error**2).sum())
    return MeanSquares(
        people=k * float(people @ people) / (n - 1),
        raters=between_raters / (k - 1),
        error=left / ((n - 1) * (k - 1)),
        within=(between_raters + left) / (n * (k - 1)),
        n=n,
        k=k,
    )


def _all_forms(ms: MeanSquares, alpha: float) -> tuple[Correlation, ...]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return (
            *_from_f(ms, ms.within, ms.n * (ms.k - 1), alpha),
            *_from_f(ms, ms.error, (ms.n - 1) * (ms.k - 1), alpha),
            *_random_raters(ms, alpha),
        )


def _divided(above: float, below: float) -> float:
    return float(np.float64(above) / np.float64(below))


def _upper(alpha: float, df1: float, df2: float) -> float:
    return float(special.fdtri(df1, df2, 1 - alpha / 2))


def _from_f(
    ms: MeanSquares, error: float, df: int, alpha: float
) -> tuple[Correlation, Correlation]:
    """Forms (1, .) with the mean square within, forms (3, .) with that of error."""
    one_way = df == ms.n * (ms.k - 1)
    single = Form.ONE_SINGLE if one_way else Form.THREE_SINGLE
    average = Form.ONE_AVERAGE if one_way else Form.THREE_AVERAGE
    f, dfs = _divided(ms.people, error), (ms.n - 1, df)
    p = float(special.fdtrc(*dfs, f))
    low, high = f / _upper(alpha, *dfs), f * _upper(alpha, df, ms.n - 1)
    k = ms.k
    return (
        Correlation(
            single,
            _divided(ms.people - error, ms.people + (k - 1) * error),
            (Interval(_single(low, k), _single(high, k), EXACT_F),),
            f,
            dfs,
            p,
        ),
        Correlation(
            average,
            _divided(ms.people - error, ms.people),
            (Interval(1 - _divided(1, low), 1 - _divided(1, high), EXACT_F),),
            f,
            dfs,
            p,
        ),
    )


def _single(f: float, k: int) -> float:
    return 1.0 if np.isinf(f) else (f - 1) / (f + k - 1)


def _random_raters(ms: MeanSquares, alpha: float) -> tuple[Correlation, Correlation]:
    n, k = ms.n, ms.k
    f, df = _divided(ms.people, ms.error), (n - 1, (n - 1) * (k - 1))
    p = float(special.fdtrc(*df, f))
    single = _divided(
        ms.people - ms.error,
        ms.people + (k - 1) * ms.error + k * (ms.raters - ms.error) / n,
    )
    average = _divided(ms.people - ms.error, ms.people + (ms.raters - ms.error) / n)
    low, high = _single_limits(ms, single, alpha)
    stepped = Interval(_stepped_up(low, k), _stepped_up(high, k), STEPPED_UP)
    averaged = Interval(*_average_limits(ms, average, alpha), MCGRAW_WONG)
    return (
        Correlation(Form.TWO_SINGLE, single, (Interval(low, high, SATTERTHWAITE),), f, df, p),
        Correlation(Form.TWO_AVERAGE, average, (averaged, stepped), f, df, p),
    )


def _stepped_up(limit: float, k: int) -> float:
    return _divided(k * limit, 1 + (k - 1) * limit)


def _satterthwaite(ms: MeanSquares, a: float, b: float) -> float:
    """Degrees of freedom of a*MSC + b*MSE (McGraw & Wong 1996, Table 7)."""
    n, k = ms.n, ms.k
    parts = (a * ms.raters) ** 2 / (k - 1) + (b * ms.error) ** 2 / ((n - 1) * (k - 1))
    return _divided((a * ms.raters + b * ms.error) ** 2, parts)


def _single_limits(ms: MeanSquares, r: float, alpha: float) -> tuple[float, float]:
    n, k = ms.n, ms.k
    a = _divided(k * r, n * (1 - r))
    v = _satterthwaite(ms, a, 1 + a * (n - 1))
    spread = k * ms.raters + (k * n - k - n) * ms.error
    below, above = _upper(alpha, n - 1, v), _upper(alpha, v, n - 1)
    low = _divided(n * (ms.people - below * ms.error), below * spread + n * ms.people)
    high = _divided(n * (above * ms.people - ms.error), spread + n * above * ms.people)
    return low, high


def _average_limits(ms: MeanSquares, r: float, alpha: float) -> tuple[float, float]:
    n = ms.n
    # The weight keeps its factor k although r is that of an average: so these limits are published,
    # and so they differ from the stepped-up ones.
    a = _divided(ms.k * r, n * (1 - r))
    v = _satterthwaite(ms, a, 1 + a * (n - 1))
    below, above = _upper(alpha, n - 1, v), _upper(alpha, v, n - 1)
    between = ms.raters - ms.error
    low = _divided(n * (ms.people - below * ms.error), below * between + n * ms.people)
    high = _divided(n * (above * ms.people - ms.error), between + n * above * ms.people)
    return low, high
