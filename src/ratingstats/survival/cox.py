"""How much faster people with one trait leave than people without it (Cox 1972)."""

import warnings
from bisect import bisect_left, bisect_right, insort
from collections import deque
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from ratingstats.status import Status
from ratingstats.survival.spells import Numbers, Spells

Ties = Literal["efron", "breslow"]
EVENTS_PER_COLUMN = 10
ENDLESS = 5.0


@dataclass(frozen=True, slots=True)
class Hazard:
    """One column: `ratio` of hazards per unit of it with its interval, beta = log ratio."""

    name: str
    beta: float
    std_error: float
    ratio: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class CoxFit:
    """Hazard ratios, and what they rest on; `concordance` is Harrell's (1982), 0.5 is a guess."""

    hazards: tuple[Hazard, ...]
    n: int
    events: int
    ties: Ties
    log_likelihood: float
    concordance: float
    level: float
    status: Status
    reason: str


def cox(
    spells: Spells,
    columns: ArrayLike,
    names: tuple[str, ...],
    *,
    ties: Ties = "efron",
    level: float = 0.95,
) -> CoxFit:
    """Fit h(t) = h0(t) exp(x' beta) by partial likelihood (statsmodels' PHReg).

    `columns` is N x P of numbers (0 and 1 for words, one level left out) named by `names` (P).
    `ties` names the treatment of people who left at one time: Efron (1977) or Breslow (1974).
    Hazards are taken to be proportional; look at the curves of the groups before you believe it.

    Raises ValueError if shapes do not fit.
    """
    X = np.asarray(columns, np.float64)
    if X.shape != (spells.n, len(names)):
        msg = "Give one row of numbers per person and one name per column."
        raise ValueError(msg)
    events = int(spells.left.sum())
    why_not = _why_not(X, events)
    if why_not:
        nan = float("nan")
        return CoxFit((), spells.n, events, ties, nan, nan, level, Status.REFUSED, why_not)
    fitted = _fit(spells, X, ties)
    status, reason = _standing(events, len(names), fitted.complaint)
    return CoxFit(
        hazards=_hazards(fitted, names, level),
        n=spells.n,
        events=events,
        ties=ties,
        log_likelihood=fitted.log_likelihood,
        concordance=_concordance(spells, X @ fitted.beta),
        level=level,
        status=status,
        reason=reason,
    )


def _why_not(X: NDArray[np.float64], events: int) -> str:
    if events == 0:
        return "Nobody left while watched."
    if not np.all(np.isfinite(X)):
        return "A number is missing; leave out those people or that column."
    if np.linalg.matrix_rank(X - X.mean(axis=0)) < X.shape[1]:
        return "A column says nothing of its own: it is constant or follows from the others."
    return ""


@dataclass(frozen=True, slots=True)
class _Fitted:
    beta: Numbers
    std_error: Numbers
    log_likelihood: float
    complaint: str


def _fit(spells: Spells, X: NDArray[np.float64], ties: Ties) -> _Fitted:
    from statsmodels.duration.hazard_regression import (  # noqa: PLC0415  # costs 3 s; only here
        PHReg,
    )

    time, entry = _in_order(spells)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        model = PHReg(time, X, status=spells.left, entry=entry, ties=ties)
        fitted = model.fit(disp=0)
    beta = np.asarray(fitted.params, np.float64)
    complaint = (
        "The search did not settle." if any("onverge" in str(w.message) for w in said) else ""
    )
    if np.any(np.abs(beta) * X.std(axis=0) > ENDLESS):
        complaint = "A column parts those who left from the others; its ratio has no end."
    return _Fitted(
        beta=beta,
        std_error=np.asarray(fitted.bse, np.float64),
        log_likelihood=float(fitted.llf),
        complaint=complaint,
    )


def _in_order(spells: Spells) -> tuple[Numbers, Numbers | None]:
    """Durations and entries as places in time, from 0: the likelihood knows only their order.

    An entry lies just after its time, because PHReg counts who enters at a time as at risk then.
    """
    if not np.isfinite(spells.entered).any():
        return spells.duration, None
    times = np.unique(np.concatenate((spells.duration, spells.entered)))
    ended = 2 * np.searchsorted(times, spells.duration)
    entered = 2 * np.searchsorted(times, spells.entered) + 1
    entered[~np.isfinite(spells.entered)] = 0
    return ended.astype(np.float64), entered.astype(np.float64)


def _hazards(fitted: _Fitted, names: tuple[str, ...], level: float) -> tuple[Hazard, ...]:
    beta, std_error = fitted.beta, fitted.std_error
    reach = ndtri(0.5 + level / 2) * std_error
    with np.errstate(over="ignore"):
        ratios = np.exp([beta, beta - reach, beta + reach])
    rows = zip(names, beta, std_error, *ratios, 2 * ndtr(-np.abs(beta / std_error)), strict=True)
    return tuple(Hazard(name, *(float(number) for number in row)) for name, *row in rows)


def _concordance(spells: Spells, score: Numbers) -> float:
    """Of pairs whose order of leaving is known, the share where the higher score left first.

    Times are gone through from the last; `later` has the scores of those who stayed longer.
    """
    later: list[float] = []
    joining = deque(np.lexsort((spells.left, -spells.duration)))
    not_yet_in = deque(np.argsort(-spells.entered, kind="stable"))
    agreeing, pairs = 0.0, 0
    leavers = np.flatnonzero(spells.left)[np.argsort(spells.duration[spells.left])]
    times, first = np.unique(spells.duration[leavers], return_index=True)
    at_once = np.split(score[leavers], first[1:])
    for time, leaving in zip(times[::-1], at_once[::-1], strict=True):
        while joining and _stayed_longer(spells, joining[0], time):
            insort(later, score[joining.popleft()])
        while not_yet_in and spells.entered[not_yet_in[0]] >= time:
            del later[bisect_left(later, score[not_yet_in.popleft()])]
        for left in leaving:
            below, up_to = bisect_left(later, left), bisect_right(later, left)
            agreeing += (below + up_to) / 2
            pairs += len(later)
    return agreeing / pairs if pairs else float("nan")


def _stayed_longer(spells: Spells, person: int, time: float) -> bool:
    until = spells.duration[person]
    return bool(until > time or (until == time and not spells.left[person]))


def _standing(events: int, columns: int, complaint: str) -> tuple[Status, str]:
    if complaint:
        return Status.CAUTION, complaint
    if events < EVENTS_PER_COLUMN * columns:
        few = f"Fewer than {EVENTS_PER_COLUMN} leavers per column; ratios may be far off."
        return Status.CAUTION, few
    return Status.MEASURED, ""
