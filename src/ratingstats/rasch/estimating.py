"""The largest marginal likelihood of a layout, and abilities that turn out not to vary."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ratingstats import maximizing
from ratingstats.rasch import likelihood
from ratingstats.rasch.information import observed_information
from ratingstats.rasch.layout import Layout
from ratingstats.rasch.likelihood import Parameters, Posterior

Numbers = NDArray[np.float64]
STARTING_SIGMA = 1.0
NEARLY_ZERO = 0.05


@dataclass(frozen=True, slots=True)
class Estimate:
    """Parameters at the maximum, the posterior there, and standard errors.

    `delta_errors` (sum of steps,), `rho_errors` (R,): NaN where the curvature has no inverse.
    """

    layout: Layout
    parameters: Parameters
    known: Posterior
    delta_errors: Numbers
    rho_errors: Numbers
    no_variance: bool
    settled: bool
    evaluations: int


class Search:
    """-L(psi) and its gradient, counted."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.evaluations = 0

    def __call__(self, psi: Numbers) -> tuple[float, Numbers]:
        self.evaluations += 1
        known = likelihood.posterior(self.layout, Parameters.of(self.layout, psi))
        return -known.log_likelihood, -likelihood.gradient(self.layout, known)

    def information(self, psi: Numbers) -> Numbers:
        known = likelihood.posterior(self.layout, Parameters.of(self.layout, psi))
        return observed_information(self.layout, known)


def estimate(layout: Layout) -> Estimate:
    """Climb by the analytic gradient, then polish with the curvature.

    The likelihood is even in sigma; a sigma that comes near zero is set to zero where that costs
    nothing.
    """
    search = Search(layout)
    free = np.ones(layout.n_parameters, bool)
    start = _start(layout)
    psi = maximizing.climb(search, start, free, search.information(start))
    no_variance = _vanishes(search, psi)
    if no_variance:
        psi[-1], free[-1] = 0.0, False
    peak = maximizing.polish(search, psi, free, search.information)
    best = np.append(peak.psi[:-1], abs(peak.psi[-1]))
    parameters = Parameters.of(layout, best)
    delta_errors, rho_errors = _errors(layout, peak.covariance)
    return Estimate(
        layout=layout,
        parameters=parameters,
        known=likelihood.posterior(layout, parameters),
        delta_errors=delta_errors,
        rho_errors=rho_errors,
        no_variance=no_variance,
        settled=peak.settled,
        evaluations=search.evaluations,
    )


def _start(layout: Layout) -> Numbers:
    """Steps from the shares of the levels, no severities, abilities one logit apart."""
    counts = np.zeros((layout.I, len(layout.at_score)))
    np.add.at(counts, (layout.item, layout.score), 1.0)
    delta = [
        np.log(counts[item, :m] / counts[item, 1 : m + 1]) for item, m in enumerate(layout.steps)
    ]
    return np.concatenate((*delta, np.zeros(layout.R - 1), [STARTING_SIGMA]))


def _vanishes(search: Search, psi: Numbers) -> bool:
    """Whether no variance of abilities is as good as the small one found."""
    if abs(psi[-1]) > NEARLY_ZERO:
        return False
    without, beside = np.append(psi[:-1], 0.0), np.append(psi[:-1], NEARLY_ZERO)
    return search(without)[0] <= min(search(psi)[0], search(beside)[0])


def _errors(layout: Layout, covariance: Numbers) -> tuple[Numbers, Numbers]:
    """Standard errors of delta and rho; the last rho is minus the sum of the others."""
    cut = layout.n_steps
    of_rho = covariance[cut:-1, cut:-1]
    variances = np.append(np.diag(of_rho), of_rho.sum())
    return np.sqrt(np.diag(covariance)[:cut]), np.sqrt(variances)
