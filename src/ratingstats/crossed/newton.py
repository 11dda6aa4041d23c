"""Walk to the variance ratios at which the likelihood is largest, none below zero.

Steps solve the average information; where that is slow (a few levels, a few ratings) it is bettered
by what the gradient did over the last step (a symmetric rank one correction, Nocedal and Wright
2006, 6.2). A ratio that would turn negative stops at exactly 0 and stays there while the
likelihood falls from there on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from ratingstats.crossed.design import Numbers


class Point(Protocol):
    """What is known where the walk stands; `at` (K,) are the numbers that move, none below 0.

    curved (K,): whether anything but rounding is in the information. noise: what rounding makes
    of the value. exhausted: the residual has gone to nothing, so ratios have no bound.
    """

    @property
    def at(self) -> Numbers: ...
    @property
    def value(self) -> float: ...
    @property
    def gradient(self) -> Numbers: ...
    @property
    def information(self) -> Numbers: ...
    @property
    def curved(self) -> NDArray[np.bool_]: ...
    @property
    def noise(self) -> float: ...
    @property
    def exhausted(self) -> bool: ...


P = TypeVar("P", bound=Point)

HALVES, BLIND = 30, 4
# Evaluations after which the average information alone is taken to be slow.
SLOW = 8
# How much less curved than the information, at its flattest, what is used instead may be.
CURVED = 0.05


@dataclass(frozen=True, slots=True)
class Rules:
    """Stop where the next step is worth less than `worth` on the -2 log scale."""

    worth: float = 1e-11
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Walk(Generic[P]):
    """Where it ended."""

    found: P
    evaluations: int
    converged: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A direction (K,), and twice what it is worth by the quadratic model."""

    along: Numbers
    worth: float


def minimise(evaluate: Callable[[Numbers], P], start: Numbers, rules: Rules) -> Walk[P]:
    """From `start` (K,)."""
    here, before, evaluations = evaluate(start), None, 1
    while evaluations < rules.limit and not here.exhausted:
        step = step_from(here, before if evaluations > SLOW else None)
        if step.worth < rules.worth:
            return Walk(here, evaluations, converged=True)
        there, tried = _descend(evaluate, here, step)
        evaluations += tried
        if there is None:
            return Walk(here, evaluations, converged=step.worth < 1e3 * here.noise)
        here, before = there, here
    return Walk(here, evaluations, converged=False)


def step_from(here: Point, before: Point | None) -> Step:
    """The Newton step over the numbers that may move; tenfold ones where nothing is curved."""
    gradient = here.gradient
    free = (here.at > 0) | (gradient < 0)
    along = np.zeros_like(gradient)
    if not free.any():
        return Step(along, 0.0)
    if here.curved[free].all():
        along[free] = _solve(_curvature(here, before, free), -gradient[free])
    if not gradient @ along < 0:
        along[free] = -np.sign(gradient[free]) * (10 * here.at[free] + 1)
    return Step(along, float(-gradient @ along))


def _curvature(here: Point, before: Point | None, free: NDArray[np.bool_]) -> Numbers:
    """Of the numbers that move, among themselves."""
    information = here.information[np.ix_(free, free)]
    if before is None:
        return information
    moved = (here.at - before.at)[free]
    missed = (here.gradient - before.gradient)[free] - information @ moved
    along = float(missed @ moved)
    if abs(along) <= 1e-8 * float(np.linalg.norm(missed) * np.linalg.norm(moved)):
        return information
    better = information + np.outer(missed, missed) / along
    size = np.sqrt(np.diag(information))
    least, least_before = (
        float(np.linalg.eigvalsh(each / np.outer(size, size))[0]) for each in (better, information)
    )
    return better if least > CURVED * least_before > 0 else information


def _solve(curvature: Numbers, rhs: Numbers) -> Numbers:
    size = np.sqrt(np.maximum(np.diag(curvature), np.finfo(float).tiny))
    scaled = curvature / np.outer(size, size) + 1e-10 * np.eye(len(size))
    return np.asarray(np.linalg.solve(scaled, rhs / size) / size)


def _descend(evaluate: Callable[[Numbers], P], here: P, step: Step) -> tuple[P | None, int]:
    """The first of the step's halves that is no step up, and how many were tried.

    Without a criterion to go by, the last of a few is taken as it is.
    """
    most = 10 * here.at + 1.0
    blind = bool(np.isnan(here.value))
    halves = BLIND if blind else HALVES
    for half in range(halves):
        there = evaluate(np.clip(here.at + step.along / 2**half, 0.0, most))
        if _better(there, here, step) or (blind and half == halves - 1):
            return there, half + 1
    return None, halves


def _better(there: Point, here: Point, step: Step) -> bool:
    """Downhill, within what rounding leaves of the criterion; without one, nearer to flat."""
    if np.isnan(here.value):
        return step_from(there, None).worth < 1.5 * step.worth
    return bool(there.value <= here.value + here.noise)
