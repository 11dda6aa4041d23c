"""How well the variances are known."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np

from ratingstats.crossed.blocks import Layout, parts_of
from ratingstats.crossed.bootstrapping import redrawn
from ratingstats.crossed.criterion import Evaluation, System, evaluate
from ratingstats.crossed.design import Design, Numbers
from ratingstats.crossed.equations import Equations
from ratingstats.crossed.fitting import system_for
from ratingstats.crossed.obstacles import Obstacle, prepare
from ratingstats.crossed.profiling import Ends, Held, Profile
from ratingstats.crossed.results import Fit
from ratingstats.crossed.threads import one_thread

Kind = Literal["auto", "profile", "bootstrap", "wald"]

# Multiplications of one factorisation up to which `auto` profiles.
QUICK = 2e9


@dataclass(frozen=True, slots=True)
class Interval:
    """low <= high, NaN where it cannot be said; `kind` names the way it was found."""

    low: float
    high: float
    kind: str


def intervals(  # noqa: PLR0913  # each is a choice of the caller's
    fit: Fit,
    design: Design,
    *,
    level: float = 0.95,
    kind: Kind = "auto",
    draws: int = 199,
    seed: int = 0,
) -> dict[str, Interval]:
    """An interval for the variance of each factor and of "residual", in squared units of y.

    profile: where the profiled (restricted) likelihood falls by half the chi-square quantile
    (Venzon and Moolgavkar 1988); a low end of exactly 0 says that none at all is plausible.
    bootstrap: percentiles over `draws` parametric refits drawn with `seed`. wald: from average
    information, symmetric on the log scale; where the variance is 0, from there upwards by the
    likelihood's first two derivatives. auto: profile where a fit is exact and quick, else wald.
    """
    names = [*fit.variances, "residual"]
    prepared = prepare(design)
    if not fit.usable or isinstance(prepared, Obstacle):
        return {name: Interval(math.nan, math.nan, "none") for name in names}
    z = NormalDist().inv_cdf((1 + level) / 2)
    equations = prepared[0]
    chosen = _choice(fit, equations) if kind == "auto" else kind
    if chosen == "bootstrap":
        ends = _percentiles(redrawn(fit, design, draws, seed), level)
    else:
        around = _Around(fit, equations, z)
        ways = around.profiled if chosen == "profile" else around.by_information
        with one_thread():
            ends = [_known(ways, k) for k in range(len(names))]
    return {name: Interval(*pair, chosen) for name, pair in zip(names, ends, strict=True)}


def _known(way: Callable[[int], tuple[float, float]], k: int) -> tuple[float, float]:
    try:
        return way(k)
    except np.linalg.LinAlgError:
        return math.nan, math.nan


def _choice(fit: Fit, equations: Equations) -> Kind:
    quick = Layout.by_parts(parts_of(equations)).work <= QUICK
    return "profile" if fit.solver == "exact" and quick else "wald"


def _percentiles(found: Numbers, level: float) -> list[tuple[float, float]]:
    known = found[~np.isnan(found).any(axis=1)]
    if not len(known):
        return [(math.nan, math.nan)] * found.shape[1]
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return [(float(a), float(b)) for a, b in zip(low, high, strict=True)]


class _Around:
    """The likelihood around a fit; components by their place in the design, residual last."""

    def __init__(self, fit: Fit, equations: Equations, z: float) -> None:
        self.fit, self.equations, self.z = fit, equations, z
        self.unit = equations.scale**2
        variances = np.array([*fit.variances.values(), fit.residual])
        self.variances = variances
        self.places = [*np.argsort(equations.order), equations.K]
        self.best = variances[[*equations.order, equations.K]] / self.unit
        self._system: System | None = None

    def evaluate(self, gamma: Numbers) -> Evaluation:
        if self._system is None:
            self._system = system_for(self.equations, self.fit.solver, 0)
        return evaluate(self.equations, self._system.at(gamma), gamma, reml=self.fit.reml)

    def relative(self, k: int) -> float:
        """The standard error of the logarithm of a variance above 0."""
        return float(np.sqrt(self.fit.covariance[k, k]) / self.variances[k])

    def by_information(self, k: int) -> tuple[float, float]:
        if self.variances[k] == 0:
            return 0.0, self._above_zero(self._held(k)) * self.unit
        factor = math.exp(self.z * self.relative(k))
        return float(self.variances[k] / factor), float(self.variances[k] * factor)

    def profiled(self, k: int) -> tuple[float, float]:
        held, best = self._held(k), float(self.best[self.places[k]])
        ends = Ends(Profile(self.evaluate, held.k), self.best, held.value, self.z**2)
        if best == 0:
            return 0.0, ends.upper(self._above_zero(held)) * self.unit
        relative = self.relative(k)
        high = ends.upper(best * math.exp(min(self.z * relative, 3.0)))
        return ends.lower(relative) * self.unit, high * self.unit

    def _held(self, k: int) -> Held:
        best = self.best
        return Held(self.evaluate(best[:-1] / best[-1]), float(best[-1]), int(self.places[k]))

    def _above_zero(self, held: Held) -> float:
        """Where the parabola through a variance of 0 has risen by the cut."""
        bend = float(held.whole_information[held.k, held.k]) / held.s2**2
        slope = max(held.slope, 0.0)
        return 2 * self.z**2 / (slope + math.sqrt(slope**2 + 2 * bend * self.z**2))
