"""The largest Laplace likelihood of a design, and variances that turn out to be zero."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ratingstats import maximizing
from ratingstats.ordinal import laplace
from ratingstats.ordinal.design import Design
from ratingstats.ordinal.laplace import Mode
from ratingstats.ordinal.logit import working_of
from ratingstats.ordinal.system import Pair

Numbers = NDArray[np.float64]
STARTING_SIGMA = 0.7
NEARLY_ZERO = 0.05
NO_GAIN = 1e-7


@dataclass(frozen=True, slots=True)
class Estimate:
    """psi at the maximum, the mode of the effects there, and the covariance of psi.

    `zero` (F,) says which variances are zero; rows and columns of the covariance that belong to
    them are zero. NaN where the curvature has no inverse.
    """

    psi: Numbers
    mode: Mode
    covariance: Numbers
    zero: tuple[bool, ...]
    settled: bool
    evaluations: int


class Search:
    """-L(psi) and its gradient, starting each search for the mode from the last one found."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self.near: Pair = laplace.start(design)
        self.evaluations = 0

    def at(self, psi: Numbers) -> Mode:
        self.evaluations += 1
        mode = laplace.find_mode(self.design, psi, self.near)
        self.near = mode.b
        return mode

    def __call__(self, psi: Numbers) -> tuple[float, Numbers]:
        mode = self.at(psi)
        return -mode.value, -laplace.gradient_at(self.design, psi, mode)


def estimate(design: Design) -> Estimate:
    """Climb by the analytic gradient, then polish with the curvature.

    The likelihood is even in every sigma, so that zero is an ordinary point of the search; a sigma
    that comes near it is set to zero where that costs nothing.
    """
    search = Search(design)
    free = np.ones(design.n_parameters, bool)
    psi = maximizing.climb(search, _start(design), free)
    end = design.n_parameters - design.F
    for place in range(end, design.n_parameters):
        if _vanishes(search, psi, place):
            psi[place], free[place] = 0.0, False
    if not free.all():
        psi = maximizing.climb(search, psi, free)
    peak = maximizing.polish(search, psi, free)
    psi = np.concatenate((peak.psi[:end], np.abs(peak.psi[end:])))
    search.near = laplace.start(design)
    return Estimate(
        psi=psi,
        mode=search.at(psi),
        covariance=peak.covariance,
        zero=tuple(not kept for kept in free[end:]),
        settled=peak.settled,
        evaluations=search.evaluations,
    )


def _start(design: Design) -> Numbers:
    """The thresholds of the marginal shares, no fixed effects, middling variances."""
    below = np.cumsum(np.bincount(design.y, minlength=design.K))[:-1] / design.n
    working = working_of(np.log(below / (1 - below)))
    return np.concatenate((working, np.zeros(design.p), np.full(design.F, STARTING_SIGMA)))


def _vanishes(search: Search, psi: Numbers, place: int) -> bool:
    """Whether zero is as good as the small sigma found, and leaving zero gains nothing."""
    if abs(psi[place]) > NEARLY_ZERO:
        return False
    without, beside = psi.copy(), psi.copy()
    without[place], beside[place] = 0.0, NEARLY_ZERO
    at_zero = search.at(without).value
    return max(search.at(psi).value, search.at(beside).value) <= at_zero + NO_GAIN
