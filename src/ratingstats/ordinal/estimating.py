"""The search for the largest Laplace likelihood, its curvature, and variances of zero."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, optimize

from ratingstats.ordinal import laplace
from ratingstats.ordinal.design import Design
from ratingstats.ordinal.laplace import Mode
from ratingstats.ordinal.logit import working_of
from ratingstats.ordinal.system import Pair

Numbers = NDArray[np.float64]
STARTING_SIGMA = 0.7
NEARLY_ZERO = 0.05
NO_GAIN = 1e-7
DIFFERENCE = 1e-4
SETTLED = 1e-6
POLISHES = 3


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
    converged: bool
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

    def with_gradient(self, psi: Numbers) -> tuple[float, Numbers]:
        mode = self.at(psi)
        return -mode.value, -laplace.gradient_at(self.design, psi, mode)

    def gradient(self, psi: Numbers) -> Numbers:
        return self.with_gradient(psi)[1]


def estimate(design: Design) -> Estimate:
    """Quasi-Newton (BFGS) by the analytic gradient, then Newton steps with the curvature there.

    The likelihood is even in every sigma, so that zero is an ordinary point of the search; a sigma
    that comes near it is set to zero where that costs nothing.
    """
    search = Search(design)
    psi = _climb(search, _start(design), np.ones(design.n_parameters, bool))
    free = np.ones(design.n_parameters, bool)
    for f in range(design.F):
        place = design.n_parameters - design.F + f
        if _vanishes(search, psi, place):
            psi[place], free[place] = 0.0, False
    if not free.all():
        psi = _climb(search, psi, free)
    psi, curvature, decrement = _polish(search, psi, free)
    end = design.n_parameters - design.F
    psi[end:] = np.abs(psi[end:])
    search.near = laplace.start(design)
    return Estimate(
        psi=psi,
        mode=search.at(psi),
        covariance=_covariance(curvature, free),
        zero=tuple(not kept for kept in free[end:]),
        converged=decrement < SETTLED,
        evaluations=search.evaluations,
    )


def _start(design: Design) -> Numbers:
    """The thresholds of the marginal shares, no fixed effects, middling variances."""
    below = np.cumsum(np.bincount(design.y, minlength=design.K))[:-1] / design.n
    working = working_of(np.log(below / (1 - below)))
    return np.concatenate((working, np.zeros(design.p), np.full(design.F, STARTING_SIGMA)))


def _climb(search: Search, psi: Numbers, free: NDArray[np.bool_]) -> Numbers:
    whole = psi.copy()

    def objective(part: Numbers) -> tuple[float, Numbers]:
        whole[free] = part
        value, gradient = search.with_gradient(whole)
        return value, gradient[free]

    found = optimize.minimize(
        objective, psi[free], jac=True, method="BFGS", options={"gtol": 1e-4, "maxiter": 300}
    )
    whole[free] = found.x
    return whole


def _vanishes(search: Search, psi: Numbers, place: int) -> bool:
    """Whether zero is as good as the small sigma found, and leaving zero gains nothing."""
    if abs(psi[place]) > NEARLY_ZERO:
        return False
    without, beside = psi.copy(), psi.copy()
    without[place], beside[place] = 0.0, NEARLY_ZERO
    at_zero = search.at(without).value
    return max(search.at(psi).value, search.at(beside).value) <= at_zero + NO_GAIN


def _polish(
    search: Search, psi: Numbers, free: NDArray[np.bool_]
) -> tuple[Numbers, Numbers, float]:
    """Newton steps; the curvature where they end, and how far -L still could fall."""
    for _ in range(POLISHES):
        curvature = _curvature(search, psi, free)
        value, gradient = search.with_gradient(psi)
        step = np.zeros_like(psi)
        try:
            step[free] = linalg.solve(curvature, gradient[free], assume_a="pos")
        except linalg.LinAlgError:
            return psi, curvature, float(np.abs(gradient[free]).max())
        decrement = float(step @ gradient)
        if decrement < SETTLED**2 or not -search.at(psi - step).value < value:
            break
        psi = psi - step
    return psi, curvature, decrement


def _curvature(search: Search, psi: Numbers, free: NDArray[np.bool_]) -> Numbers:
    """The second derivatives of -L by central differences of the analytic gradient."""
    rows = []
    for place in np.flatnonzero(free):
        step = np.zeros_like(psi)
        step[place] = DIFFERENCE
        rows.append((search.gradient(psi + step) - search.gradient(psi - step))[free])
    H = np.array(rows) / (2 * DIFFERENCE)
    symmetric: Numbers = (H + H.T) / 2
    return symmetric


def _covariance(curvature: Numbers, free: NDArray[np.bool_]) -> Numbers:
    covariance = np.zeros((len(free), len(free)))
    try:
        inverse = linalg.cho_solve(linalg.cho_factor(curvature), np.eye(len(curvature)))
    except linalg.LinAlgError:
        inverse = np.full_like(curvature, np.nan)
    covariance[np.ix_(free, free)] = inverse
    return covariance
