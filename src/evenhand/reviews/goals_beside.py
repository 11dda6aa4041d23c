"""The goals of the period beside a review: as they stand, and as they stood when it was handed in.

They are evidence and never a rating: the weighted score stands with its formula and its coverage,
and what a person makes of it is theirs.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from evenhand.goals.kinds import Ambition, GoalState
from evenhand.goals.overall import Overall, Weighed, weighted_score
from evenhand.goals.queries import PeriodGoal, goals_of_period
from evenhand.reviews.models import GoalsSnapshot, Review


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal beside a review. The score is told out of 1, with the figures it comes from."""

    id: int
    outcome: str
    kind: str
    state: str
    ambition: str
    measure: str
    unit_of_measure: str
    baseline: Decimal | None
    target: Decimal | None
    actual: Decimal | None
    due_on: date
    weight: int | None
    score: Decimal | None

    @property
    def ambition_label(self) -> str:
        return str(Ambition(self.ambition).label)

    @property
    def state_label(self) -> str:
        return str(GoalState(self.state).label)


@dataclass(frozen=True, slots=True)
class GoalsBeside:
    """The goals of a period, a figure for each ambition, and when they were kept, if they were."""

    lines: tuple[GoalLine, ...]
    overall: tuple[Overall, ...]
    kept_at: datetime | None = None


def goals_beside(review: Review) -> GoalsBeside:
    """What stands beside a review: while it is written as it is now, later as it was handed in."""
    if review.is_submitted:
        kept = GoalsSnapshot.objects.filter(review=review).order_by("-number").first()
        if kept is not None:
            return _told(_read(kept.lines), kept.kept_at)
    cycle = review.cycle
    goals = goals_of_period(review.subject_id, cycle.period_starts_on, cycle.period_ends_on)
    return _told([_line(found) for found in goals])


def keep_goals(review: Review, *, number: int, at: datetime) -> None:
    """Keep the goals with a review that is handed in: its ratings can be understood later."""
    lines = [asdict(line) for line in goals_beside(review).lines]
    GoalsSnapshot.objects.create(
        review=review, number=number, kept_at=at, lines=json.dumps(lines, default=str)
    )


def _told(lines: Sequence[GoalLine], kept_at: datetime | None = None) -> GoalsBeside:
    weighed = (Weighed(line.ambition, line.weight, line.score) for line in lines)
    return GoalsBeside(tuple(lines), weighted_score(weighed), kept_at)


def _line(found: PeriodGoal) -> GoalLine:
    goal = found.goal
    return GoalLine(
        id=goal.pk,
        outcome=goal.outcome,
        kind=goal.kind,
        state=goal.state,
        ambition=Ambition(goal.ambition).value,
        measure=goal.measure,
        unit_of_measure=goal.unit_of_measure,
        baseline=goal.baseline,
        target=goal.target,
        actual=goal.actual,
        due_on=goal.due_on,
        weight=found.weight,
        score=found.score,
    )


def _read(text: str) -> list[GoalLine]:
    return [GoalLine(**_values(row)) for row in json.loads(text)]


def _values(row: dict[str, Any]) -> dict[str, Any]:
    figures = ("baseline", "target", "actual", "score")
    decimals = {k: None if row[k] is None else Decimal(row[k]) for k in figures}
    return {**row, **decimals, "due_on": date.fromisoformat(row["due_on"])}
