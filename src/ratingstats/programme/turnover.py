"""How many people left, and what that costs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv

from ratingstats.programme.drivers import Triangular
from ratingstats.status import Status

FEW_EXITS = 5
SHARE_OF_SALARY = Triangular(0.15, 0.21, 0.40)
"""What an exit costs as a share of a year's pay, outside executives and very special jobs: 21 %
is the median of thirty case studies (Boushey and Glynn 2012)."""


@dataclass(frozen=True, slots=True)
class Turnover:
    """Exits per mean head over one period (0.072: 7.2 %), with an exact Poisson interval."""

    exits: int
    headcount: float
    rate: float
    low: float
    high: float
    level: float
    status: Status
    reason: str


def turnover(exits: int, headcounts: ArrayLike, *, level: float = 0.95) -> Turnover:
    """Exits / mean headcount; give heads at the start and the end, or at every month's end.

    Regretted exits (rated 4 or above or in a critical role, decided before the talk on leaving) are
    counted with a second call. Interval of Garwood (1936). Raises ValueError for exits below zero.
    """
    heads = np.asarray(headcounts, np.float64).ravel()
    if exits < 0 or np.any(heads < 0):
        msg = "Exits and heads are counted from zero."
        raise ValueError(msg)
    mean = float(heads.mean()) if heads.size else 0.0
    nan = float("nan")
    if mean <= 0:
        return Turnover(exits, mean, nan, nan, nan, level, Status.REFUSED, "Nobody worked here.")
    tail = (1 - level) / 2
    low = float(gammaincinv(exits, tail)) if exits else 0.0
    high = float(gammaincinv(exits + 1, 1 - tail))
    few = exits < FEW_EXITS
    return Turnover(
        exits=exits,
        headcount=mean,
        rate=exits / mean,
        low=low / mean,
        high=high / mean,
        level=level,
        status=Status.CAUTION if few else Status.MEASURED,
        reason=f"Fewer than {FEW_EXITS} exits; compare intervals, not rates." if few else "",
    )


def exit_cost(exits: float, salary: float, share: float = SHARE_OF_SALARY.mode) -> float:
    """Exits x a year's pay x what an exit costs as a share of it, in the currency of `salary`."""
    return exits * salary * share
