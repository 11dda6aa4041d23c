"""The search for the largest likelihood where a gradient is known, and its curvature there."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, optimize

Numbers = NDArray[np.float64]
Free = NDArray[np.bool_]
Objective = Callable[[Numbers], tuple[float, Numbers]]
Curved = Callable[[Numbers], Numbers]
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


def climb(
    objective: Objective, psi: Numbers, free: Free, information: Numbers | None = None
) -> Numbers:
    """Quasi-Newton steps (BFGS) over the free parameters; `objective` falls.

    `information`, the curvature where the search starts, saves many steps where it is known.
    """
    whole = psi.copy()

    def partly(part: Numbers) -> tuple[float, Numbers]:
        whole[free] = part
        value, gradient = objective(whole.copy())
        return value, gradient[free]

    options: dict[str, object] = {"gtol": 1e-4, "maxiter": ROUNDS}
    start = None if information is None else _inverse(information[np.ix_(free, free)])
    if start is not None:
        options["hess_inv0"] = start
    found = optimize.minimize(partly, psi[free], jac=True, method="BFGS", options=options)
    whole[free] = found.x
    return whole


def polish(objective: Objective, psi: Numbers, free: Free, curved: Curved | None = None) -> Peak:
    """Newton steps with the curvature where the climb ended; then the covariance.

    `curved` gives the curvature at psi over all parameters; without it, by differences.
    """
    information = curved(psi)[np.ix_(free, free)] if curved else curvature(objective, psi, free)
    inverse = _inverse(information)
    covariance = np.zeros((len(free), len(free)))
    if inverse is None:
        covariance[np.ix_(free, free)] = np.nan
        return Peak(psi, covariance, settled=False)
    covariance[np.ix_(free, free)] = inverse
    value, gradient = objective(psi)
    for _ in range(POLISHES):
        step = covariance @ gradient
        there, slope = objective(psi - step)
        if step @ gradient < SETTLED**2 or not there < value:
            break
        psi, value, gradient = psi - step, there, slope
    return Peak(psi, covariance, settled=bool(gradient @ covariance @ gradient < SETTLED))


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


def _inverse(information: Numbers) -> Numbers | None:
    """The inverse, symmetric; none where the information is not positive definite."""
    try:
        factored = linalg.cho_factor(information)
    except (linalg.LinAlgError, ValueError):
        return None
    inverse = linalg.cho_solve(factored, np.eye(len(information)))
    symmetric: Numbers = (inverse + inverse.T) / 2
    return symmetric
