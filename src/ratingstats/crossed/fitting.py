"""Fit a linear mixed model."""

from typing import Literal

from ratingstats.crossed.blocks import Layout, parts_of
from ratingstats.crossed.criterion import Evaluation, System, evaluate
from ratingstats.crossed.design import Design, Numbers
from ratingstats.crossed.equations import Equations
from ratingstats.crossed.exact import ExactSystem
from ratingstats.crossed.iterative import IterativeSystem
from ratingstats.crossed.newton import Rules, Walk, minimise
from ratingstats.crossed.obstacles import Obstacle, nothing_left, prepare, refusal
from ratingstats.crossed.pairs import dense_is_better, pair_count
from ratingstats.crossed.reporting import report
from ratingstats.crossed.results import Fit

Solver = Literal["auto", "exact", "iterative"]

# What the exact solver may cost: numbers kept, multiplications, pairs listed.
NUMBERS, WORK, PAIRS = 4e7, 4e10, 6e7
# An iterative fit stops at a hundredth of a standard error.
CLOSE = 1e-4


def fit(design: Design, *, reml: bool = True, solver: Solver = "auto", seed: int = 0) -> Fit:
    """Variances, fixed effects and predictions by restricted (reml) or full maximum likelihood.

    exact: dense Cholesky factors of what is left once the largest factor is eliminated, block by
    block. iterative: conjugate gradients and stochastic traces drawn with `seed`, cost linear in N.
    auto: exact where its blocks fit into memory and a few seconds. Never raises for poor data:
    see `Status`.
    """
    prepared = prepare(design)
    if isinstance(prepared, Obstacle):
        return refusal(design, prepared, reml=reml)
    equations, start = prepared
    chosen = choose(equations) if solver == "auto" else solver
    exact = chosen == "exact"
    system: System = ExactSystem(equations) if exact else IterativeSystem(equations, seed)
    walk = walk_from(equations, system, start.ratios, reml=reml, rules=_rules(exact=exact))
    if walk.found.exhausted:
        obstacle = nothing_left(design, equations, walk.found.gamma)
        return refusal(design, obstacle, reml=reml, solver=chosen)
    return report(design, equations, walk, reml=reml, solver=chosen)


def _rules(*, exact: bool) -> Rules:
    return Rules() if exact else Rules(worth=CLOSE**2, limit=30)


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
    return "exact" if dense_is_better(equations, layout) and filled <= WORK else "iterative"
