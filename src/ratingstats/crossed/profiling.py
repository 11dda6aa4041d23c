"""The likelihood with one variance held fast, and the largest it can be beside it.

    D(g, s2) = log|V| (+ log|X'V^-1 X|) + nu log s2 + r'Pr / s2,   v_k = g_k s2

With v_k = c held, what moves is x = (g_1 .. g_K without g_k, s2) and g_k = c / s2; with s2 held
it is x = g.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ratingstats.crossed.criterion import Evaluation
from ratingstats.crossed.design import Numbers
from ratingstats.crossed.newton import Rules, minimise

# How near to the cut an end is found, in -2 log likelihood, and in how many tries.
NEAR, TRIES = 2e-3, 40
# A variance of so many standard errors is not asked whether it might be 0.
FAR = 6.0
# The least residual variance that is tried, as a share of that of y.
LEAST = 1e-9
# Inner steps may stop at this worth: a thousandth of what an interval hangs on.
WORTH = 1e-3


@dataclass(frozen=True)
class Held:
    """The likelihood at ratios and s2 of which component k (K: s2) is held."""

    found: Evaluation
    s2: float
    k: int

    @property
    def free(self) -> NDArray[np.bool_]:
        """Which of (g, s2) move of themselves."""
        return np.asarray(np.arange(len(self.found.gamma) + 1) != self.k)

    @property
    def at(self) -> Numbers:
        return np.asarray(np.append(self.found.gamma, self.s2)[self.free])

    @property
    def value(self) -> float:
        found = self.found
        return found.logdet + found.nu * float(np.log(self.s2)) + found.r2 / self.s2

    @cached_property
    def whole_gradient(self) -> Numbers:
        """By (g, s2), nothing held (K+1,)."""
        found, s2 = self.found, self.s2
        by_s2 = found.nu / s2 - found.r2 / s2**2
        return np.append(found.traces - found.squares / s2, by_s2)

    @property
    def whole_information(self) -> Numbers:
        found, s2 = self.found, self.s2
        aside = (found.squares / s2**2)[:, None]
        return np.block([[found.bends / s2, aside], [aside.T, np.array([[found.r2 / s2**3]])]])

    @property
    def _moves(self) -> Numbers:
        """How (g, s2) move with x: (K+1, K)."""
        K = len(self.found.gamma)
        moves = np.eye(K + 1)
        if self.k < K:
            moves[self.k, K] = -self.found.gamma[self.k] / self.s2
        return moves[:, self.free]

    @property
    def gradient(self) -> Numbers:
        return np.asarray(self._moves.T @ self.whole_gradient)

    @property
    def information(self) -> Numbers:
        return np.asarray(self._moves.T @ self.whole_information @ self._moves)

    @property
    def slope(self) -> float:
        """How the largest likelihood changes with what is held (the envelope theorem)."""
        by = float(self.whole_gradient[self.k])
        return by if self.k == len(self.found.gamma) else by / self.s2

    @property
    def curved(self) -> NDArray[np.bool_]:
        return np.diag(self.information) > 0

    @property
    def noise(self) -> float:
        return self.found.noise

    @property
    def exhausted(self) -> bool:
        return self.found.exhausted


@dataclass(frozen=True, slots=True)
class Profile:
    """D of component k, the others at their best; `evaluate` takes ratios (K,)."""

    evaluate: Callable[[Numbers], Evaluation]
    k: int

    def at(self, held: float, variances: Numbers) -> Held:
        """With component k at `held`, starting from these variances (K+1, residual last)."""
        gamma, s2 = variances[:-1] / variances[-1], float(variances[-1])
        K = len(gamma)
        if self.k == K:
            start, s2 = variances[:-1] / held, held
        else:
            start = np.append(np.delete(gamma, self.k), s2)

        def point(x: Numbers) -> Held:
            return self._point(held, x)

        return minimise(point, start, Rules(WORTH, 40)).found

    def _point(self, held: float, x: Numbers) -> Held:
        last = self.k == len(x)
        s2 = held if last else max(float(x[-1]), LEAST)
        gamma = x if last else np.insert(x[:-1], self.k, held / s2)
        return Held(self.evaluate(gamma), s2, self.k)


def variances_of(held: Held) -> Numbers:
    """(v_1 .. v_K, s2)."""
    return np.append(held.found.gamma * held.s2, held.s2)


@dataclass(frozen=True, slots=True)
class Ends:
    """The search for where a profile has risen by `cut` above its least value."""

    profile: Profile
    best: Numbers
    least: float
    cut: float

    def lower(self, relative: float) -> float:
        """Below the best value, of which `relative` is the standard error; 0 where 0 is inside."""
        k, best = self.profile.k, float(self.best[self.profile.k])
        if best == 0:
            return 0.0
        if k < len(self.best) - 1 and FAR * relative > 1:
            at_zero = self.profile.at(0.0, self.best)
            if at_zero.value - self.least <= self.cut:
                return 0.0
        return self._search(best * math.exp(-min(math.sqrt(self.cut) * relative, 3.0)), 0.0)

    def upper(self, guess: float) -> float:
        return self._search(guess, math.inf)

    def _search(self, guess: float, outer: float) -> float:
        """Newton's method on the root of the rise, by the logarithm; bisection where it strays."""
        inner, variances, c = float(self.best[self.profile.k]), self.best, guess
        for _ in range(TRIES):
            held = self.profile.at(c, variances)
            rise = held.value - self.least
            if abs(rise - self.cut) < NEAR:
                return c
            if rise < self.cut:
                inner = c
            else:
                outer = c
            variances, c = variances_of(held), self._newton(c, rise, held.slope)
            low, high = min(inner, outer), max(inner, outer)
            if not low < c < high:
                c = _between(low, high)
        return math.nan

    def _newton(self, c: float, rise: float, slope: float) -> float:
        """The next value; at most some twenty times as large or small."""
        root = math.sqrt(max(rise, 0.0))
        if root == 0 or slope == 0:
            return math.nan
        step = (math.sqrt(self.cut) - root) * 2 * root / (slope * c)
        return c * math.exp(max(-3.0, min(3.0, step)))


def _between(low: float, high: float) -> float:
    if math.isinf(high):
        return 4 * low
    return math.sqrt(low * high) if low > 0 else high / 4
