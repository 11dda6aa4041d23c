"""Solve the mixed model equations exactly: eliminate the largest factor, factorise the rest.

With D the counts of the largest factor and g its ratio, what is left of T^-1 = I + L Z'Z L
(L the roots of the ratios) is the Schur complement

    S = I + L2 (Z2'Z2 - C' diag(g / (1 + g D)) C) L2,

split into the blocks of the connected parts of the design.
"""

from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ratingstats.crossed.blocks import Factorised, Layout
from ratingstats.crossed.design import Numbers
from ratingstats.crossed.equations import Equations
from ratingstats.crossed.pairs import Pairs, pairs_of

# Where a ratio is 0 its trace is taken at a ratio that moves a level by this much.
NUDGE = 1e-6
# What rounding makes of a criterion, in double and in single precision, as a share of it.
ROUNDING, ROUGH = 1e-12, 1e-6


class ExactSystem:
    """The equations of one design, ready to be solved at any ratios."""

    def __init__(self, equations: Equations) -> None:
        self.equations = equations
        self.layout = Layout.of(equations)
        self.pairs: Pairs = pairs_of(equations, self.layout)
        self.precision: type[np.floating[Any]] = np.float64

    def rough(self) -> "ExactSystem":
        """The same in single precision, twice as fast and good to some five digits."""
        system = copy(self)
        system.precision = np.float32
        return system

    @property
    def rounding(self) -> float:
        return ROUNDING if self.precision is np.float64 else ROUGH

    def at(self, gamma: Numbers) -> "ExactlySolved":
        return ExactlySolved(self, gamma)

    def factorise(self, gamma: Numbers) -> Factorised:
        """Cholesky factors of S."""
        equations, layout = self.equations, self.layout
        weights = gamma[0] / (1 + gamma[0] * equations.counts[: equations.q1])
        flat = self.pairs.outer(weights)
        np.negative(flat, out=flat)
        layout.add_others(flat, equations)
        roots = np.sqrt(equations.spread(gamma)[equations.q1 :, 0])
        return layout.factorise(flat.astype(self.precision, copy=False), roots)


@dataclass(frozen=True)
class ExactlySolved:
    system: ExactSystem
    gamma: Numbers

    @cached_property
    def _schur(self) -> Factorised:
        return self.system.factorise(self.gamma)

    @cached_property
    def _pivots(self) -> Numbers:
        equations = self.system.equations
        return np.asarray(1 + self.gamma[0] * equations.counts[: equations.q1])

    @property
    def rounding(self) -> float:
        return self.system.rounding

    @property
    def logdet(self) -> float:
        return float(np.log(self._pivots).sum()) + self._schur.logdet

    def project(self, ZW: Numbers) -> Numbers:
        equations, q1 = self.system.equations, self.system.equations.q1
        roots = np.sqrt(equations.spread(self.gamma))
        c = roots * ZW
        t = np.empty_like(c)
        pivots = self._pivots[:, None]
        rest = c[q1:] - roots[q1:] * (equations.Ct @ (roots[:q1] * c[:q1] / pivots))
        t[q1:] = self._schur.solve(rest)
        t[:q1] = (c[:q1] - roots[:q1] * (equations.C @ (roots[q1:] * t[q1:]))) / pivots
        if (self.gamma > 0).all():
            return np.asarray(t / roots)
        away = ZW - equations.cross(roots * t)
        return np.where(roots > 0, t / np.where(roots > 0, roots, 1.0), away)

    @cached_property
    def _conditional(self) -> Numbers:
        equations = self.system.equations
        roots = np.sqrt(equations.spread(self.gamma)[equations.q1 :, 0])
        inverse, diagonal = self._schur.inverse(roots)
        through = self.system.pairs.quadratic(inverse, diagonal * roots**2)
        pivots = self._pivots
        return np.concatenate([1 / pivots + self.gamma[0] * through / pivots**2, diagonal])

    def conditional(self) -> Numbers:
        return self._conditional

    def traces(self) -> Numbers:
        equations = self.system.equations
        nothing = self.gamma <= 0
        levels = np.diff(equations.starts)
        if nothing.any():
            most = np.maximum.reduceat(equations.counts, equations.starts[:-1])
            nudged = np.where(nothing, NUDGE / most, self.gamma)
            found: Any = self.system.at(nudged).conditional()
            return (levels - equations.sums(found)) / nudged
        return (levels - equations.sums(self._conditional)) / self.gamma
