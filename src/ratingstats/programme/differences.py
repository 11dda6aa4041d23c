"""Difference-in-differences: what changed where the programme ran, beyond what changed elsewhere.

Try it also on an outcome that the programme cannot have moved (a placebo): an effect there tells of
something else that happened. Units that start by lot make the comparison a trial.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ratingstats.programme.clusters import Clustered
from ratingstats.programme.panel import Codes, Numbers, Panel
from ratingstats.programme.randomization import Randomization
from ratingstats.programme.wild import wild_interval
from ratingstats.status import Status

FEW_UNITS = 20
FEW_IN_AN_ARM = 5
FEWEST_PERIODS_FOR_A_TREND = 3
SLOPE_OR_CHANGE = 3


class Method(StrEnum):
    """How the interval and p came about; units are the clusters of each."""

    CLUSTERED = "cluster-robust errors, t with units - 1 degrees of freedom"
    WILD = "wild cluster bootstrap"
    RANDOMIZATION = "randomization of units"


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect in units of the outcome, its interval, and what both rest on.

    `treated` and `others` count units, `n` observations. NaN where refused.
    """

    effect: float
    std_error: float
    low: float
    high: float
    p: float
    level: float
    method: Method | None
    n: int
    treated: int
    others: int
    status: Status
    reason: str


def two_by_two(treated: tuple[float, float], others: tuple[float, float]) -> float:
    """(T1 - T0) - (C1 - C0) of four means, each pair as (before, after)."""
    return (treated[1] - treated[0]) - (others[1] - others[0])


def difference_in_differences(
    panel: Panel, *, level: float = 0.95, method: Method | None = None, seed: int = 2026
) -> Effect:
    """Regress y = a + b treated + c after + effect treated x after, errors clustered by unit.

    Below 20 units the wild cluster bootstrap is used, and below five units in an arm the
    randomization of units, on changes of unit means (each unit counting once); `method` overrules
    that. Look at `pre_trend` first. Units that start at different times are refused: `staggered`.
    """
    why_not = _why_not(panel)
    if why_not:
        return _refused(panel, level, why_not)
    after = panel.period >= panel.starts[0]
    panel, after = _seen_on_both_sides(panel, after)
    if not _both_arms(panel):
        return _refused(panel, level, "No unit of each kind was seen both before and after.")
    ever = panel.ever.astype(np.float64)
    X = np.column_stack([np.ones(len(ever)), ever, after, ever * after])
    sides = [_unit_means(panel.among(side)) for side in (after, ~after)]
    return _compared(panel, X, sides[0] - sides[1], (level, method, seed))


def pre_trend(
    panel: Panel, *, level: float = 0.95, method: Method | None = None, seed: int = 2026
) -> Effect:
    """How much steeper treated units rose per period before anything began.

    Regress y = a + b treated + c t + effect treated x t on periods before the first start; three or
    more are needed. An interval that holds 0 does not prove that trends were parallel: read how
    steep a trend it could hide.
    """
    early = panel.among(panel.period < panel.starts.min(initial=np.inf))
    if not panel.starts.size or len(early.periods) < FEWEST_PERIODS_FOR_A_TREND:
        few = f"{FEWEST_PERIODS_FOR_A_TREND} periods before the start are needed."
        return _refused(panel, level, few)
    several = np.isfinite(early.means()).sum(axis=1) > 1
    early = early.among(several[early.unit])
    if not _both_arms(early):
        return _refused(panel, level, "No unit of each kind was seen in two periods before.")
    ever, t = early.ever.astype(np.float64), early.period - early.periods.mean()
    X = np.column_stack([np.ones(len(t)), ever, t, ever * t])
    return _compared(early, X, _unit_slopes(early), (level, method, seed))


def _compared(
    panel: Panel, X: NDArray[np.float64], change: Numbers, how: tuple[float, Method | None, int]
) -> Effect:
    level, method, seed = how
    present, cluster = np.unique(panel.unit, return_inverse=True)
    treated = np.isfinite(panel.start[present])
    arms = int(treated.sum()), int((~treated).sum())
    method = method or _method(*arms)
    fit = Clustered(X, panel.outcome, cluster.astype(np.int64), SLOPE_OR_CHANGE)
    lots = Randomization.of(change[present], np.asarray(treated, np.bool_), seed=seed)
    estimate, std_error, (low, high, p) = (
        (lots.estimate, lots.std_error, lots.interval(level))
        if method is Method.RANDOMIZATION
        else (fit.estimate, fit.std_error, _by_clusters(fit, method, level, seed))
    )
    status, reason = _standing(arms, lots.smallest_p if method is Method.RANDOMIZATION else 0.0)
    return Effect(
        effect=estimate,
        std_error=std_error,
        low=low,
        high=high,
        p=p,
        level=level,
        method=method,
        n=len(panel.outcome),
        treated=arms[0],
        others=arms[1],
        status=status,
        reason=reason,
    )


def _by_clusters(
    fit: Clustered, method: Method, level: float, seed: int
) -> tuple[float, float, float]:
    if method is Method.WILD:
        return wild_interval(fit, level=level, seed=seed)
    return fit.t_interval(level)


def _method(treated: int, others: int) -> Method:
    if min(treated, others) < FEW_IN_AN_ARM:
        return Method.RANDOMIZATION
    return Method.WILD if treated + others < FEW_UNITS else Method.CLUSTERED


def _why_not(panel: Panel) -> str:
    if not panel.starts.size or np.all(np.isfinite(panel.start)):
        return "Units with the programme and units without it are needed."
    if len(panel.starts) > 1:
        return "Units start at different times; compare them with staggered effects."
    return ""


def _both_arms(panel: Panel) -> bool:
    return 0 < int(panel.ever.sum()) < len(panel.outcome)


def _seen_on_both_sides(panel: Panel, after: NDArray[np.bool_]) -> tuple[Panel, NDArray[np.bool_]]:
    sides = [np.bincount(panel.unit[side], minlength=panel.units) > 0 for side in (after, ~after)]
    kept = (sides[0] & sides[1])[panel.unit]
    return panel.among(kept), after[kept]


def _unit_means(panel: Panel) -> Numbers:
    """Mean outcome of each of U units; NaN where it has none."""
    n = np.bincount(panel.unit, minlength=panel.units)
    total = np.bincount(panel.unit, weights=panel.outcome, minlength=panel.units)
    mean = np.divide(total, n, out=np.full(panel.units, np.nan), where=n > 0)
    return np.asarray(mean, np.float64)


def _unit_slopes(panel: Panel) -> Numbers:
    """Least squares slope of each unit over its periods; NaN where it has fewer than two."""
    slopes = np.full(panel.units, np.nan)
    for unit in np.unique(panel.unit):
        mine: Codes = np.flatnonzero(panel.unit == unit)
        t = panel.period[mine] - panel.period[mine].mean()
        if np.any(t):
            slopes[unit] = t @ panel.outcome[mine] / (t @ t)
    return slopes


def _standing(arms: tuple[int, int], smallest: float) -> tuple[Status, str]:
    if smallest:
        few = f"So few units that no p below {smallest:.2g} can come out."
        return Status.CAUTION, few
    if min(arms) < FEW_IN_AN_ARM:
        return Status.CAUTION, f"Fewer than {FEW_IN_AN_ARM} units in an arm."
    return Status.MEASURED, ""


def _refused(panel: Panel, level: float, reason: str) -> Effect:
    nan, treated = float("nan"), int(np.isfinite(panel.start).sum())
    others, n = panel.units - treated, len(panel.outcome)
    return Effect(nan, nan, nan, nan, nan, level, None, n, treated, others, Status.REFUSED, reason)
