"""The search for the largest likelihood where a gradient is known, and its curvature there."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, optimize

Numbers = NDArray[np.float64]
Free = NDArray[np.bool_]
Objective = Callable[[Numbers], tuple[float, Numbers]]
DIFFERENCE = 1e-4
SETTLED = 1e-6
POLISHES = 3
ROUNDS = 500


@dataclass(frozen=True, slots=True)
class Peak:
    """Where minus log likelihood is smallest: psi (m,), and the covariance of psi there (m, m).

    Parameters held fixed have zeros in the covariance; all is NaN where the curvature has no
    inverse. `settled` says whether the search ended where nothing more can be gained.
    """

    psi: Numbers
    covariance: Numbers
    settled: bool


def climb(objective: Objective, psi: Numbers, free: Free) -> Numbers:
    """Quasi-Newton steps (BFGS) over the free parameters; `objective` falls."""
    whole = psi.copy()

    def partly(part: Numbers) -> tuple[float, Numbers]:
        whole[free] = part
        value, gradient = objective(whole.copy())
        return value, gradient[free]

    options = {"gtol": 1e-4, "maxiter": ROUNDS}
    found = optimize.minimize(partly, psi[free], jac=True, method="BFGS", options=options)
    whole[free] = found.x
    return whole


def polish(objective: Objective, psi: Numbers, free: Free) -> Peak:
    """Newton steps, then the covariance from the observed information."""
    for _ in range(POLISHES):
        information = curvature(objective, psi, free)
        value, gradient = objective(psi)
        step = np.zeros_like(psi)
        try:
            step[free] = linalg.solve(information, gradient[free], assume_a="pos")
        except linalg.LinAlgError:
            return Peak(psi, _covariance(information, free), settled=False)
        gain = float(step @ gradient)
        if gain < SETTLED**2 or not objective(psi - step)[0] < value:
            break
        psi = psi - step
    return Peak(psi, _covariance(information, free), settled=gain < SETTLED)


def curvature(objective: Objective, psi: Numbers, free: Free) -> Numbers:
    """The second derivatives over the free parameters, by central differences of the gradient."""
    rows = []
    for place in np.flatnonzero(free):
        step = np.zeros_like(psi)
        step[place] = DIFFERENCE
        rows.append((objective(psi + step)[1] - objective(psi - step)[1])[free])
    H = np.array(rows).reshape(len(rows), len(rows)) / (2 * DIFFERENCE)
    symmetric: Numbers = (H + H.T) / 2
    return symmetric


def _covariance(information: Numbers, free: Free) -> Numbers:
    covariance = np.zeros((len(free), len(free)))
    try:
        inverse = linalg.cho_solve(linalg.cho_factor(information), np.eye(len(information)))
    except linalg.LinAlgError:
        inverse = np.full_like(information, np.nan)
    covariance[np.ix_(free, free)] = inverse
    return covariance
