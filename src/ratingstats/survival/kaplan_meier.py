"""The share of people still here at each time (Kaplan and Meier 1958)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from ratingstats.status import Status
from ratingstats.survival.spells import Counts, Numbers, Spells

FEW = 20
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class SurvivalPoints:
    """The curve read off at T chosen times; NaN after the last time anybody was watched."""

    times: Numbers
    survival: Numbers
    low: Numbers
    high: Numbers
    at_risk: Counts


@dataclass(frozen=True, slots=True)
class SurvivalCurve:
    """S(t) at the T distinct times somebody left, and what it rests on.

    `median` is the first time with S(t) <= 0.5; its interval holds the times whose own interval
    holds 0.5 (Brookmeyer and Crowley 1982). NaN: not reached while people were watched.
    """

    times: Numbers
    survival: Numbers
    std_error: Numbers
    low: Numbers
    high: Numbers
    at_risk: Counts
    events: Counts
    n: int
    left: int
    level: float
    median: float
    median_low: float
    median_high: float
    spells: Spells
    status: Status
    reason: str

    def at(self, times: ArrayLike) -> SurvivalPoints:
        """S(t) with its interval and the number at risk at each of T times."""
        asked = np.atleast_1d(np.asarray(times, np.float64))
        place = np.searchsorted(self.times, asked, side="right")
        seen = asked <= (self.spells.duration.max() if self.n else -np.inf)
        survival, low, high = (
            np.where(seen, np.concatenate(([1.0], curve))[place], np.nan)
            for curve in (self.survival, self.low, self.high)
        )
        return SurvivalPoints(asked, survival, low, high, self.spells.at_risk(asked))


def kaplan_meier(spells: Spells, *, level: float = 0.95) -> SurvivalCurve:
    """Estimate S(t) = prod over t_i <= t of (1 - d_i / n_i).

    Variance by Greenwood (1926), V = sum d_i / (n_i (n_i - d_i)), standard error S sqrt(V); the
    interval is that of log(-log S), S ** exp(+-z sqrt(V) / log S), which stays within 0 and 1
    (Kalbfleisch and Prentice 2002). It is NaN where S is 0. `level` is the coverage of intervals.
    """
    times = spells.leaving_times()
    at_risk, events = spells.at_risk(times), spells.leaving(times)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        survival = np.cumprod(1.0 - events / at_risk, dtype=np.float64)
        variance = np.cumsum(events / (at_risk * (at_risk - events)))
        spread = ndtri(0.5 + level / 2) * np.sqrt(variance) / np.log(survival)
        std_error = np.where(survival > 0, survival * np.sqrt(variance), np.nan)
        low, high = survival ** np.exp(-spread), survival ** np.exp(spread)
    gone = survival <= 0
    low, high = np.where(gone, np.nan, low), np.where(gone, np.nan, high)
    status, reason = _standing(spells)
    return SurvivalCurve(
        times=times,
        survival=survival,
        std_error=std_error,
        low=low,
        high=high,
        at_risk=at_risk,
        events=events,
        n=spells.n,
        left=int(events.sum()),
        level=level,
        median=_first_at_half(times, survival),
        median_low=_first_at_half(times, low),
        median_high=_first_at_half(times, high),
        spells=spells,
        status=status,
        reason=reason,
    )


def _first_at_half(times: Numbers, curve: Numbers) -> float:
    reached = np.flatnonzero(curve <= 0.5 + ROUNDING)
    return float(times[reached[0]]) if reached.size else float("nan")


def _standing(spells: Spells) -> tuple[Status, str]:
    if spells.n == 0:
        return Status.REFUSED, "Nobody was watched."
    if spells.n < FEW:
        return Status.CAUTION, f"Fewer than {FEW} people were watched; read the interval first."
    if np.any(spells.at_risk(spells.leaving_times()) == spells.leaving(spells.leaving_times())):
        return Status.CAUTION, "The curve reaches zero because everybody still watched left."
    return Status.MEASURED, ""
