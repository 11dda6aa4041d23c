"""Generalizability: how far ratings carry beyond these raters, and how many raters it takes."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ratingstats.agreement.intraclass import mean_squares
from ratingstats.agreement.tables import PAIR, Numbers, as_table, complete_rows
from ratingstats.reasons import Reason
from ratingstats.status import Status

FEWEST_PEOPLE = 10
DEVELOPMENT, PAY, EXIT = 0.70, 0.80, 0.90
ROUNDING = 1e-9
FACETS = 3


@dataclass(frozen=True, slots=True)
class Variances:
    """Variance components of one rating, in squared points of the scale; none below zero."""

    person: float
    rater: float
    residual: float


@dataclass(frozen=True, slots=True)
class Study:
    """A G study: components as used (`shown`, at least zero) and as estimated (`raw`)."""

    shown: Mapping[str, float]
    raw: Mapping[str, float]
    sizes: Mapping[str, int]
    generalizability: float
    dependability: float
    status: Status
    reason: Reason = Reason.NONE


@dataclass(frozen=True, slots=True)
class Reliability:
    """What the mean of `k` raters reaches: G for ranking people, Phi for the level itself."""

    k: float
    generalizability: float
    dependability: float


@dataclass(frozen=True, slots=True)
class RatersNeeded:
    """Raters for a target: `exact` as solved, `whole` rounded up; refused where none would do."""

    target: float
    exact: float
    whole: int | None
    status: Status
    reason: Reason = Reason.NONE


def reliability(variances: Variances, k: float) -> Reliability:
    """G = vp/(vp + ve/k) and Phi = vp/(vp + (vr + ve)/k) of the mean of k raters (Brennan 2001).

    Where people have different numbers of raters, give the harmonic mean as k.
    """
    if k < 1:
        msg = "Give the number of raters as 1 or more."
        raise ValueError(msg)
    relative = variances.residual / k
    absolute = (variances.rater + variances.residual) / k
    return Reliability(k, _share(variances.person, relative), _share(variances.person, absolute))


def decision_study(variances: Variances, ks: Iterable[int]) -> tuple[Reliability, ...]:
    """`reliability` for several numbers of raters."""
    return tuple(reliability(variances, k) for k in ks)


def raters_needed(
    variances: Variances, target: float = PAY, *, absolute: bool = True
) -> RatersNeeded:
    """Raters whose mean reaches the target: k >= T/(1-T) * (vr + ve)/vp; without vr for G.

    Raises ValueError for a target that is not between 0 and 1.
    """
    if not 0 < target < 1:
        msg = "Give a target between 0 and 1."
        raise ValueError(msg)
    error = variances.residual + (variances.rater if absolute else 0.0)
    if variances.person <= 0:
        return RatersNeeded(target, math.inf, None, Status.REFUSED, Reason.NO_SPREAD)
    exact = target / (1 - target) * error / variances.person
    whole = max(1, math.ceil(exact - ROUNDING))
    return RatersNeeded(target, exact, whole, Status.MEASURED)


def severity_reliability(variances: Variances, n: int) -> float:
    """vr/(vr + (vp + ve)/n): how well the mean of n people tells how strict their only rater is.

    Holds only if teams are truly equal on average; nothing in the ratings can show that they are.
    """
    if n < 1:
        msg = "Give the number of people as 1 or more."
        raise ValueError(msg)
    return _share(variances.rater, (variances.person + variances.residual) / n)


def crossed_study(ratings: ArrayLike) -> Study:
    """G study p x r of a table of people by raters: vp = (MSR-MSE)/k, vr = (MSC-MSE)/n, ve = MSE.

    Coefficients are those of the mean of the k raters at hand. People without a full set of ratings
    are left out.
    """
    table = complete_rows(as_table(ratings))
    sizes = {"person": table.shape[0], "rater": table.shape[1]}
    if min(table.shape) < PAIR:
        return _refused(sizes)
    ms = mean_squares(table)
    raw = {
        "person": (ms.people - ms.error) / ms.k,
        "rater": (ms.raters - ms.error) / ms.n,
        "residual": ms.error,
    }
    shown = _floored(raw)
    reached = reliability(Variances(**shown), ms.k)
    return _study(raw, sizes, reached.generalizability, reached.dependability)


def nested_study(ratings: ArrayLike) -> Study:
    """G study p x (r:t) of an array people x tasks x raters, each task with raters of its own.

    Components p, t, r:t, pt, pr:t from expected mean squares (Brennan 2001, design of Table 3.2).
    E rho2 = vp/(vp + vpt/nt + vprt/(nt nr)); Phi adds vt/nt + vrt/(nt nr) to the error.
    Raises ValueError for an array that has not three dimensions or has gaps.
    """
    scores = np.asarray(ratings, dtype=np.float64)
    if scores.ndim != FACETS or np.isnan(scores).any():
        msg = "Give people x tasks x raters without gaps; leave people with gaps out."
        raise ValueError(msg)
    people, tasks, raters = scores.shape
    sizes = {"person": people, "task": tasks, "rater": raters}
    if min(scores.shape) < PAIR:
        return _refused(sizes)
    raw = _nested_components(scores)
    v = _floored(raw)
    relative = v["pt"] / tasks + v["pr:t"] / (tasks * raters)
    absolute = relative + v["t"] / tasks + v["r:t"] / (tasks * raters)
    return _study(raw, sizes, _share(v["p"], relative), _share(v["p"], absolute))


def _nested_components(scores: Numbers) -> dict[str, float]:
    people, tasks, raters = scores.shape
    centre = scores.mean()
    p = scores.mean(axis=(1, 2)) - centre
    t = scores.mean(axis=(0, 2)) - centre
    by_task, by_rater = scores.mean(axis=2), scores.mean(axis=0)
    rt = by_rater - by_rater.mean(axis=1, keepdims=True)
    pt = by_task - centre - p[:, None] - t[None, :]
    prt = scores - by_task[:, :, None] - rt[None, :, :]
    ms_p = tasks * raters * float(p @ p) / (people - 1)
    ms_t = people * raters * float(t @ t) / (tasks - 1)
    ms_rt = people * float((rt**2).sum()) / (tasks * (raters - 1))
    ms_pt = raters * float((pt**2).sum()) / ((people - 1) * (tasks - 1))
    ms_prt = float((prt**2).sum()) / ((people - 1) * tasks * (raters - 1))
    return {
        "p": (ms_p - ms_pt) / (tasks * raters),
        "t": (ms_t - ms_pt - ms_rt + ms_prt) / (people * raters),
        "r:t": (ms_rt - ms_prt) / people,
        "pt": (ms_pt - ms_prt) / raters,
        "pr:t": ms_prt,
    }


def _floored(raw: Mapping[str, float]) -> dict[str, float]:
    return {name: max(0.0, value) for name, value in raw.items()}


def _share(part: float, rest: float) -> float:
    return part / (part + rest) if part + rest > 0 else math.nan


def _study(raw: dict[str, float], sizes: dict[str, int], g: float, phi: float) -> Study:
    status, reason = Status.MEASURED, Reason.NONE
    if next(iter(sizes.values())) < FEWEST_PEOPLE:
        status, reason = Status.CAUTION, Reason.TOO_FEW
    elif min(raw.values()) < 0:
        status, reason = Status.CAUTION, Reason.BELOW_ZERO
    return Study(_floored(raw), raw, sizes, g, phi, status, reason)


def _refused(sizes: dict[str, int]) -> Study:
    return Study({}, {}, sizes, math.nan, math.nan, Status.REFUSED, Reason.TOO_FEW)
