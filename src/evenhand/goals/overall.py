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

LEAST_COVERAGE = Decimal("0.6")


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
    raise NotImplementedError
