"""What the goals of a person make together, for each ambition apart.

    score    = sum(weight * score) / sum(weight), over goals that have a score
    coverage = sum(weight that has a score) / sum(weight of all)

Approved drops leave the score and stay uncovered; dropped without approval a goal counts 0. Under
60 % coverage there is no score. Without any weights all count the same; a goal without one among
weighed ones counts like their mean.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from evenhand.goals.kinds import Ambition
from evenhand.goals.rolling import LEAST_COVERAGE
from evenhand.goals.scoring import ONE, ZERO, stepped


@dataclass(frozen=True, slots=True)
class Weighed:
    """A goal with what it weighs, if that was said, and the score that counts, if it has one."""

    ambition: str
    weight: int | None
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class Overall:
    """The score of all goals of one ambition; None where too little has a score."""

    ambition: Ambition
    score: Decimal | None
    coverage: Decimal
    goals: int
    scored: int
    is_weighed: bool


def weighted_score(goals: Iterable[Weighed]) -> tuple[Overall, ...]:
    """One figure for each ambition there is; committed and aspirational are never averaged."""
    known = list(goals)
    found = ([one for one in known if one.ambition == ambition] for ambition in Ambition)
    return tuple(_overall(group) for group in found if group)


def _overall(goals: list[Weighed]) -> Overall:
    given = [Decimal(goal.weight) for goal in goals if goal.weight is not None]
    usual = sum(given, ZERO) / len(given) if given else ONE
    rows = [(usual if g.weight is None else Decimal(g.weight), g.score) for g in goals]
    scored = [(weight, score) for weight, score in rows if score is not None]
    counted = sum((weight for weight, _score in scored), ZERO)
    coverage = counted / sum((weight for weight, _score in rows), ZERO)
    score = None
    if counted and coverage >= LEAST_COVERAGE:
        score = stepped(sum((weight * score for weight, score in scored), ZERO) / counted)
    return Overall(
        ambition=Ambition(goals[0].ambition),
        score=score,
        coverage=stepped(coverage),
        goals=len(goals),
        scored=len(scored),
        is_weighed=bool(given),
    )
