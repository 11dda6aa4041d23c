"""Whether people are ready for a change, and how they take it up."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ratingstats.programme.shares import Share, share_of
from ratingstats.status import Status

LOWEST, HIGHEST = 1, 5
BARRIER_AT = 3.0
READY = 0.70


class Element(StrEnum):
    """The elements of ADKAR (Hiatt 2006), in the order in which they are needed."""

    AWARENESS = "awareness"
    DESIRE = "desire"
    KNOWLEDGE = "knowledge"
    ABILITY = "ability"
    REINFORCEMENT = "reinforcement"


@dataclass(frozen=True, slots=True)
class Readiness:
    """For n people, the share whose first barrier is each element, and the share with none.

    Release it through the disclosure service: a share of 1 or 0 speaks of everybody in the group.
    """

    barriers: dict[Element, Share]
    without: Share
    ready: bool
    n: int
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class Adoption:
    """Speed (median days to first use), utilisation (of those eligible) and proficiency.

    Proficiency is the share of forms of good quality at first submission.
    """

    median_days: float
    utilisation: Share
    proficiency: Share


def barrier(scores: ArrayLike) -> Element | None:
    """Name the first of five scores (1 to 5) that is 3 or less; None if there is none.

    Raises ValueError unless there are five numbers from 1 to 5.
    """
    first = _first_barriers(np.atleast_2d(np.asarray(scores, np.float64)))[0]
    return None if first == len(Element) else tuple(Element)[first]


def readiness(scores: ArrayLike, *, k: int = 5) -> Readiness:
    """Count barriers over N x 5 scores; a mean of elements would hide who is stuck where.

    Refused below k people. `ready` is 70 % or more without a barrier.
    """
    first = _first_barriers(np.atleast_2d(np.asarray(scores, np.float64)))
    n = len(first)
    if n < k:
        nobody, reason = share_of(0, 0), f"Fewer than {k} people answered."
        return Readiness({}, nobody, False, n, Status.REFUSED, reason)  # noqa: FBT003  # a field
    counts = np.bincount(first, minlength=len(Element) + 1)
    without = share_of(int(counts[-1]), n)
    return Readiness(
        barriers={e: share_of(int(c), n) for e, c in zip(Element, counts[:-1], strict=True)},
        without=without,
        ready=without.share >= READY,
        n=n,
        status=Status.MEASURED,
        reason="",
    )


def adoption(
    days_to_first_use: ArrayLike, *, eligible: int, forms: int, good_at_once: int
) -> Adoption:
    """Tell speed, utilisation and proficiency; NaN days are people who have not begun.

    The median is over all those eligible, and NaN where fewer than half have begun.
    Raises ValueError if more people began than are eligible.
    """
    days = np.asarray(days_to_first_use, np.float64).ravel()
    begun = np.sort(days[np.isfinite(days)])
    if begun.size > eligible:
        msg = "More people began than are eligible; count the same people in both."
        raise ValueError(msg)
    waiting = np.concatenate((begun, np.full(eligible - begun.size, np.inf)))
    middle = float(np.median(waiting)) if eligible else float("nan")
    return Adoption(
        median_days=middle if np.isfinite(middle) else float("nan"),
        utilisation=share_of(begun.size, eligible),
        proficiency=share_of(good_at_once, forms),
    )


def _first_barriers(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Place of the first score at or below 3 in each row; 5 where there is none."""
    is_on_scale = np.all((scores >= LOWEST) & (scores <= HIGHEST))
    if scores.shape[1] != len(Element) or not is_on_scale:
        msg = "Give five scores from 1 to 5 per person: awareness, desire, knowledge, ability, "
        msg += "reinforcement."
        raise ValueError(msg)
    low = scores <= BARRIER_AT
    return np.where(low.any(axis=1), low.argmax(axis=1), len(Element)).astype(np.int64)
