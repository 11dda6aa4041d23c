"""Why a model cannot be estimated from a design, in words, and which part of it is to blame."""

from dataclasses import dataclass

import numpy as np

from ratingstats.crossed.design import Design, Numbers
from ratingstats.crossed.equations import Equations, basis, equations_of
from ratingstats.crossed.moments import Moments, moments
from ratingstats.crossed.results import Effects, Fit, Fixed, Status

# Fourth powers of ratings must still be numbers.
LARGEST = 1e70


@dataclass(frozen=True, slots=True)
class Obstacle:
    """`suspects`: factors or fixed effects of which one must go, if any."""

    reason: str
    suspects: tuple[str, ...] = ()


def prepare(design: Design) -> tuple[Equations, Moments] | Obstacle:
    """The sums of a design and where to start, or what stands in the way."""
    p = len(design.names)
    if design.n <= p:
        return Obstacle(f"There are {design.n} ratings for {p} fixed effects.")
    if float(np.abs(design.y).max()) > LARGEST:
        return Obstacle("The ratings are too large to compute with; choose a larger unit.")
    Q, R, aliased = basis(design.fixed)
    if aliased:
        names = tuple(design.names[j] for j in aliased)
        return Obstacle(f"{_listed(names)}: the other fixed effects already say this.", names)
    equations = equations_of(design, Q, R)
    if equations.scale == 0:
        return Obstacle("The ratings are all the same, or the fixed effects explain them exactly.")
    start = moments(equations)
    named = [design.factors[k].name for k in equations.order]
    return _confused(named, start) or (equations, start)


def _confused(named: list[str], start: Moments) -> Obstacle | None:
    """Factors that cannot be told from something else."""
    if start.silent:
        names = tuple(named[k] for k in start.silent)
        reason = "one level only, or the fixed effects already say it."
        return Obstacle(f"{_listed(names)}: {reason}", names)
    return _tangled(named, start.tangled[0]) if start.tangled else None


def _tangled(named: list[str], group: tuple[int, ...]) -> Obstacle:
    names = tuple(named[k] for k in group if k < len(named))
    if len(named) in group:
        return Obstacle(
            f"{_listed(names)}: one level per rating, so it cannot be told from chance.", names
        )
    return Obstacle(f"{_listed(names)} sort the ratings alike and cannot be told apart.", names)


def nothing_left(design: Design, equations: Equations, gamma: Numbers) -> Obstacle:
    """Where the residual variance has gone to zero."""
    largest = [design.factors[equations.order[int(np.argmax(gamma))]].name]
    return Obstacle(
        f"{largest[0]} explains the ratings exactly; nothing is left for chance.", tuple(largest)
    )


def refusal(design: Design, obstacle: Obstacle, *, reml: bool, solver: str = "none") -> Fit:
    """A fit that says why there is none."""
    none = np.full(len(design.names), np.nan)
    return Fit(
        status=Status.NOT_ESTIMABLE,
        reason=obstacle.reason,
        n=design.n,
        fixed=Fixed(design.names, none, none),
        variances={factor.name: float("nan") for factor in design.factors},
        residual=float("nan"),
        criterion=None,
        evaluations=0,
        effects={factor.name: _no_effects(factor.levels) for factor in design.factors},
        reml=reml,
        solver=solver,
        suspects=obstacle.suspects,
    )


def _no_effects(levels: int) -> Effects:
    none = np.full(levels, np.nan)
    return Effects(none, none, none)


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join(names)
