"""Fit a linear mixed model."""

from dataclasses import replace
from typing import Literal

import numpy as np

from ratingstats.crossed.blocks import Layout, parts_of
from ratingstats.crossed.criterion import Evaluation, System, evaluate
from ratingstats.crossed.design import Design, Numbers
from ratingstats.crossed.equations import Equations
from ratingstats.crossed.exact import ExactSystem
from ratingstats.crossed.iterative import IterativeSystem
from ratingstats.crossed.newton import Rules, Walk, minimise, step_from
from ratingstats.crossed.obstacles import Obstacle, nothing_left, prepare, refusal
from ratingstats.crossed.pairs import dense_is_better, pair_count
from ratingstats.crossed.reporting import report
from ratingstats.crossed.results import Fit
from ratingstats.crossed.threads import one_thread

Solver = Literal["auto", "exact", "iterative"]

# What the exact solver may cost: numbers kept, multiplications, pairs listed.
NUMBERS, WORK, PAIRS = 4e7, 1.5e10, 6e7
# An iterative fit stops at a hundredth of a standard error.
CLOSE = 1e-4
# Multiplications from which the first steps are rough, and the worth of a step that ends them.
LARGE, NEARLY = 2e8, 1e-2
# Ratings up to which a fit starts from several places.
FEW = 500


def fit(design: Design, *, reml: bool = True, solver: Solver = "auto", seed: int = 0) -> Fit:
    """Variances, fixed effects and predictions by restricted (reml) or full maximum likelihood.

    exact: dense Cholesky factors of what is left once the largest factor is eliminated, block by
    block of the design's connected parts (Bates et al. 2015 for the profiled criterion).
    iterative: conjugate gradients and stochastic traces drawn with `seed`, at a cost linear in N;
    no criterion is known, variances lie within some hundredths of their standard errors of the
    exact ones, predictions are exact at these, and their deviations approximate (a line in what
    each level's own ratings say, fitted to stochastic estimates; usually within 1 %).
    auto: exact where its blocks fit into memory and a few seconds, else iterative.
    Never raises for poor data: see `Status`.
    """
    with one_thread():
        return _fit(design, reml=reml, solver=solver, seed=seed)


def _fit(design: Design, *, reml: bool, solver: Solver, seed: int) -> Fit:
    prepared = prepare(design)
    if isinstance(prepared, Obstacle):
        return refusal(design, prepared, reml=reml)
    equations, start = prepared
    chosen = choose(equations) if solver == "auto" else solver
    try:
        if chosen == "exact":
            walk = exact_walk(equations, start.ratios, reml=reml)
        else:
            system = IterativeSystem(equations, seed)
            rules = Rules(worth=CLOSE**2, limit=30)
            walk = walk_from(equations, system, start.ratios, reml=reml, rules=rules)
    except np.linalg.LinAlgError:
        return refusal(design, Obstacle("Rounding leaves nothing to compute with."), reml=reml)
    if walk.found.exhausted:
        obstacle = nothing_left(design, equations, walk.found.gamma)
        return refusal(design, obstacle, reml=reml, solver=chosen)
    return report(design, equations, walk, reml=reml, solver=chosen)


def exact_walk(equations: Equations, start: Numbers, *, reml: bool) -> Walk[Evaluation]:
    """The first steps of a large fit in single precision; with few ratings, from several places."""
    system = ExactSystem(equations)
    if system.layout.work < LARGE:
        return best_walk(equations, system, start, reml=reml)
    rough = walk_from(equations, system.rough(), start, reml=reml, rules=Rules(NEARLY, limit=20))
    onwards = rough.found.at + step_from(rough.found, None).along
    start = np.clip(onwards, 0.0, 2 * rough.found.at + 1.0)
    walk = walk_from(equations, system, start, reml=reml, rules=Rules())
    return replace(walk, evaluations=rough.evaluations + walk.evaluations)


def system_for(equations: Equations, solver: str, seed: int) -> System:
    """The equations in the form a solver needs."""
    return ExactSystem(equations) if solver == "exact" else IterativeSystem(equations, seed)


def best_walk(
    equations: Equations, system: System, start: Numbers, *, reml: bool
) -> Walk[Evaluation]:
    """From `start`; with few ratings, of which the likelihood may have two tops, from more."""
    starts = [start]
    if equations.n <= FEW:
        starts += [np.full(equations.K, ratio) for ratio in (0.05, 1.0)]
    walks = [walk_from(equations, system, s, reml=reml, rules=Rules()) for s in starts]
    best = min(walks, key=lambda walk: walk.found.value)
    return replace(best, evaluations=sum(walk.evaluations for walk in walks))


def walk_from(
    equations: Equations, system: System, start: Numbers, *, reml: bool, rules: Rules
) -> Walk[Evaluation]:
    """Minimise the criterion from the ratios `start`."""

    def at(gamma: Numbers) -> Evaluation:
        return evaluate(equations, system.at(gamma), gamma, reml=reml)

    return minimise(at, start, rules)


def choose(equations: Equations) -> Literal["exact", "iterative"]:
    """exact, where its blocks are small enough."""
    layout = Layout.by_parts(parts_of(equations))
    if layout.total > NUMBERS or layout.work > WORK:
        return "iterative"
    if pair_count(equations) <= PAIRS:
        return "exact"
    filled = 2.0 * equations.q1 * layout.m**2
    return "exact" if dense_is_better(equations, layout) and filled <= 10 * WORK else "iterative"
