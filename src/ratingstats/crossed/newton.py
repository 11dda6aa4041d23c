"""Walk to the variance ratios at which the likelihood is largest, none below zero.

Steps solve the average information; where that is slow (a few levels, a few ratings) it is bettered
by what the gradient did over the last step (a symmetric rank one correction, Nocedal and Wright
2006, 6.2). A ratio that would turn negative stops at exactly 0 and stays there while the
likelihood falls from there on.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ratingstats.crossed.criterion import Evaluation
from ratingstats.crossed.design import Numbers

Evaluate = Callable[[Numbers], Evaluation]

# The residual's share of the scatter of y below which nothing is left for chance.
NOTHING_LEFT = 1e-10
# Evaluations after which the average information alone is taken to be slow.
SLOW = 8
# The least eigenvalue, on a unit diagonal, of a curvature that is used.
CURVED = 0.05
# Less than this share of the information left beside the residual is rounding.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Rules:
    """Stop where the next step is worth less than `worth` on the -2 log scale."""

    worth: float = 1e-11
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Walk:
    """Where it ended. `exhausted`: the residual went to nothing, so ratios have no bound."""

    found: Evaluation
    evaluations: int
    converged: bool
    exhausted: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A direction (K,), and twice what it is worth by the quadratic model."""

    along: Numbers
    worth: float


def minimise(evaluate: Evaluate, start: Numbers, rules: Rules) -> Walk:
    """From the ratios `start` (K,)."""
    here, before, evaluations = evaluate(start), None, 1
    while evaluations < rules.limit:
        if _exhausted(here):
            return Walk(here, evaluations, converged=False, exhausted=True)
        step = step_from(here, before if evaluations > SLOW else None)
        if step.worth < rules.worth:
            return Walk(here, evaluations, converged=True, exhausted=False)
        there, tried = _descend(evaluate, here, step)
        evaluations += tried
        if there is None:
            return Walk(here, evaluations, _flat(here, step), exhausted=False)
        here, before = there, here
    return Walk(here, evaluations, converged=False, exhausted=_exhausted(here))


def step_from(here: Evaluation, before: Evaluation | None) -> Step:
    """The Newton step over the ratios that may move."""
    gradient = here.gradient
    free = (here.gamma > 0) | (gradient < 0)
    along = np.zeros_like(gradient)
    if not free.any():
        return Step(along, 0.0)
    if (np.diag(here.information) <= ROUNDING * np.diag(here.bends) * here.nu / here.r2)[
        free
    ].any():
        along[free] = -np.sign(gradient[free]) * (10 * here.gamma[free] + 1)
    else:
        curvature = _curvature(here, before)[np.ix_(free, free)]
        along[free] = _solve(curvature, -gradient[free])
    return Step(along, float(-gradient @ along))


def _curvature(here: Evaluation, before: Evaluation | None) -> NDArray[np.float64]:
    information = here.information
    if before is None:
        return information
    moved = here.gamma - before.gamma
    missed = here.gradient - before.gradient - information @ moved
    along = float(missed @ moved)
    if abs(along) <= 1e-8 * float(np.linalg.norm(missed) * np.linalg.norm(moved)):
        return information
    better = information + np.outer(missed, missed) / along
    size = np.sqrt(np.diag(information))
    trusted = np.linalg.eigvalsh(better / np.outer(size, size))[0] > CURVED
    return better if trusted else information


def _solve(curvature: Numbers, rhs: Numbers) -> Numbers:
    size = np.sqrt(np.maximum(np.diag(curvature), np.finfo(float).tiny))
    scaled = curvature / np.outer(size, size) + 1e-10 * np.eye(len(size))
    return np.asarray(np.linalg.solve(scaled, rhs / size) / size)


def _descend(evaluate: Evaluate, here: Evaluation, step: Step) -> tuple[Evaluation | None, int]:
    """The first of the step's halves that is no step up, and how many were tried."""
    most = 10 * here.gamma + 1.0
    share = 1.0
    for tried in range(1, 31):
        there = evaluate(np.clip(here.gamma + share * step.along, 0.0, most))
        if better(there, here, step):
            return there, tried
        share /= 2
    return None, 30


def better(there: Evaluation, here: Evaluation, step: Step) -> bool:
    """Downhill, within what rounding leaves of the criterion; without one, nearer to flat."""
    if not there.r2 > 0:
        return False
    if np.isnan(there.value):
        return step_from(there, None).worth < 1.5 * step.worth
    noise = 1e-12 * (abs(here.value) + here.nu)
    return bool(there.value <= here.value + noise)


def _flat(here: Evaluation, step: Step) -> bool:
    """Where no half of a step helps, rounding hides what is left: flat enough, if it is little."""
    return step.worth < 1e-9 * (abs(here.value) + here.nu)


def _exhausted(here: Evaluation) -> bool:
    return here.r2 < NOTHING_LEFT * here.nu or float(here.gamma.max(initial=0.0)) > 1 / NOTHING_LEFT
