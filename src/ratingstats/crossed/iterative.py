"""Solve the mixed model equations without a matrix: for designs whose blocks are too large.

The Schur complement S of `exact` is only ever multiplied with vectors, at a cost linear in the
number of ratings; conjugate gradients preconditioned with what is like S solve it for many right
hand sides at once. Traces are Hutchinson's (1990): means of z'S^-1 z over random signs z, the same
ones at every ratio, so that what is minimised is smooth; what the likeness of S says of them is
taken exactly, and only the rest is left to chance. The determinant is not known.
"""

import itertools
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ratingstats.crossed.design import Numbers
from ratingstats.crossed.equations import Equations, Sparse
from ratingstats.crossed.preconditioning import Likeness, likeness

PROBES = 16
# Residuals, relative to the right hand side, at which a solve for data and for probes stops.
FINE, COARSE = 1e-9, 1e-5
# Where a ratio is 0 its trace is taken at a ratio that moves a level by this much.
NUDGE = 1e-3
THREADS = min(os.cpu_count() or 1, 8)
# Levels up to which chance would rule the slope of a line.
FEW = 30
LIMIT = 2000


class IterativeSystem:
    """The equations of one design, and the signs its traces are taken with."""

    def __init__(self, equations: Equations, seed: int, probes: int = PROBES) -> None:
        self.equations = equations
        self.squared = equations.C.copy()
        self.squared.data = self.squared.data**2
        cuts = np.linspace(0, equations.q1, THREADS + 1).astype(int)
        self.parts = [(slice(a, b), equations.C[a:b]) for a, b in itertools.pairwise(cuts)]
        self.probes = probes
        self.signs = _signs(equations, probes, np.random.default_rng(seed))
        self.pool = ThreadPoolExecutor(THREADS)

    def at(self, gamma: Numbers) -> "IterativelySolved":
        return IterativelySolved(self, gamma)

    def gram(self, weights: Numbers, v: Numbers) -> Numbers:
        """C' diag(weights) C v."""

        def part(of: tuple[slice, Sparse]) -> Numbers:
            rows, C = of
            seen = C @ v
            seen *= weights[rows, None]
            return np.asarray(C.T @ seen)

        return np.asarray(sum(self.pool.map(part, self.parts)))


@dataclass(frozen=True)
class IterativelySolved:
    system: IterativeSystem
    gamma: Numbers
    logdet: float = field(default=float("nan"))
    rounding: float = 0.0

    @cached_property
    def _roots(self) -> Numbers:
        return np.sqrt(self.system.equations.spread(self.gamma))

    @cached_property
    def _pivots(self) -> Numbers:
        equations = self.system.equations
        return np.asarray(1 + self.gamma[0] * equations.counts[: equations.q1])

    def _times(self, v: Numbers) -> Numbers:
        """S v."""
        equations, roots = self.system.equations, self._roots[self.system.equations.q1 :]
        u = roots * v
        out = equations.counts[equations.q1 :, None] * u
        out -= self.system.gram(self.gamma[0] / self._pivots, u)
        if equations.others.nnz:
            out += equations.others @ u
        out *= roots
        out += v
        return out

    @cached_property
    def _diagonal(self) -> Numbers:
        equations, q1 = self.system.equations, self.system.equations.q1
        gone = self.system.squared.T @ (self.gamma[0] / self._pivots)
        return np.asarray(1 + self._roots[q1:, 0] ** 2 * (equations.counts[q1:] - gone))

    @cached_property
    def _like(self) -> Likeness:
        equations = self.system.equations
        return likeness(equations, self._diagonal, self._roots[equations.q1 :, 0])

    def project(self, ZW: Numbers) -> Numbers:
        equations, q1 = self.system.equations, self.system.equations.q1
        roots, pivots = self._roots, self._pivots[:, None]
        c = roots * ZW
        rest = c[q1:] - roots[q1:] * (equations.Ct @ (roots[:q1] * c[:q1] / pivots))
        t2 = conjugate_gradients(self._times, rest, self._like, FINE)
        t1 = (c[:q1] - roots[:q1] * (equations.C @ (roots[q1:] * t2))) / pivots
        t = np.concatenate([t1, t2])
        if (self.gamma > 0).all():
            return np.asarray(t / roots)
        away = ZW - equations.cross(roots * t)
        return np.where(roots > 0, t / np.where(roots > 0, roots, 1.0), away)

    @cached_property
    def _probed(self) -> Numbers:
        """S^-1 times the signs."""
        return conjugate_gradients(self._times, self.system.signs, self._like, COARSE)

    @cached_property
    def _seen(self) -> Numbers:
        """What the probes see of the diagonal of S^-1: right on average, for each level wide."""
        signs, known = self.system.signs, self._like
        beside = np.einsum("ij,ij->i", self._probed - known.solve(signs), signs)
        return np.asarray(known.inverse_diagonal + beside / self.system.probes)

    @cached_property
    def _inverse_diagonal(self) -> Numbers:
        """The diagonal of S^-1: that of its likeness, and what the probes find missing.

        What it lacks is taken to be a line in itself over the levels of a factor, fitted to the
        probes, so that the chance of single ones averages out. It is at least 1 / S_jj.
        """
        equations, known = self.system.equations, self._like.inverse_diagonal
        starts = equations.starts[1:] - equations.q1
        lines = [_line(known[a:b], self._seen[a:b]) for a, b in itertools.pairwise(starts)]
        moved = np.concatenate([*lines, known[:0]])
        return np.asarray(np.clip(moved, 1 / self._diagonal, 1.0))

    def conditional(self) -> Numbers:
        """Approximate; for the first factor, too, raised or lowered by one share for all levels.

        The share makes up for what two others of a level have in common.
        """
        q1 = self.system.equations.q1
        pivots, inner = self._pivots, self._roots[q1:, 0] ** 2 * self._inverse_diagonal
        through = self.gamma[0] * (self.system.squared @ inner) / pivots**2
        if through.any():
            through *= max((self._first_trace - (1 / pivots).sum()) / through.sum(), 0.0)
        first = np.minimum(1 / pivots + through, 1.0)
        return np.concatenate([first, self._inverse_diagonal])

    def traces(self) -> Numbers:
        equations = self.system.equations
        nothing = self.gamma <= 0
        if nothing.any():
            most = np.maximum.reduceat(equations.counts, equations.starts[:-1])
            return self.system.at(np.where(nothing, NUDGE / most, self.gamma)).traces()
        levels = np.diff(equations.starts)
        found = np.concatenate([[self._first_trace], self._other_traces()])
        return np.asarray((levels - found) / self.gamma)

    def _other_traces(self) -> Numbers:
        equations = self.system.equations
        return equations.sums(np.concatenate([np.zeros(equations.q1), self._seen]))[1:]

    @cached_property
    def _first_trace(self) -> float:
        """Sum 1/a + tr(S^-1 H), H = R C' diag(g / a^2) C R, with tr(D^-1 H) taken exactly."""
        system, q1 = self.system, self.system.equations.q1
        roots, weights = self._roots[q1:], self.gamma[0] / self._pivots**2
        known = roots[:, 0] ** 2 * (system.squared.T @ weights) / self._diagonal
        Hz = roots * system.gram(weights, roots * system.signs)
        beside = self._probed - system.signs / self._diagonal[:, None]
        chance = float(np.einsum("ij,ij->", beside, Hz)) / system.probes
        return float((1 / self._pivots).sum() + known.sum() + chance)


def _line(known: Numbers, seen: Numbers) -> Numbers:
    """`known`, moved to the line in it that fits what was seen."""
    missing, from_mean = seen - known, known - known.mean()
    spread = float(from_mean @ from_mean)
    slope = float(missing @ from_mean) / spread if len(known) > FEW and spread > 0 else 0.0
    return np.asarray(known + missing.mean() + slope * from_mean)


def _signs(equations: Equations, probes: int, random: np.random.Generator) -> Numbers:
    """Random signs for the levels of one factor at a time, 0 for all others.

    What two factors have in common then adds nothing to the chance in either trace.
    """
    owner = equations.owner[equations.q1 :]
    signs = random.choice([-1.0, 1.0], size=(len(owner), probes))
    apart = [signs * (owner == k)[:, None] for k in range(1, equations.K)]
    return np.hstack(apart) if apart else signs


def conjugate_gradients(
    times: Callable[[Numbers], Numbers],
    rhs: Numbers,
    like: Likeness,
    close: float,
) -> Numbers:
    """Solve for every column of rhs (m, r) at once (Hestenes and Stiefel 1952)."""
    x = like.solve(rhs)
    enough = (close**2) * _dots(rhs, x)
    r = rhs - times(x)
    d = like.solve(r)
    rz = _dots(r, d)
    for _ in range(LIMIT):
        if (rz <= enough).all():
            break
        Sd = times(d)
        step = _over(rz, _dots(d, Sd))
        x += step * d
        r -= step * Sd
        z = like.solve(r)
        after = _dots(r, z)
        d *= _over(after, rz)
        d += z
        rz = after
    return x


def _dots(a: Numbers, b: Numbers) -> Numbers:
    return np.asarray(np.einsum("ij,ij->j", a, b))


def _over(above: Numbers, below: Numbers) -> Numbers:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)
