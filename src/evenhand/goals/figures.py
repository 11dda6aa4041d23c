"""What of a goal and its parts a score follows from, and the score they make. Pure."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from evenhand.goals.kinds import GoalKind, Metric
from evenhand.goals.scoring import (
    NO_SCORE,
    ZERO,
    Measurement,
    Score,
    actual_of,
    linear,
    maintain,
    milestones,
    weighted,
    yes_or_no,
)


class PlanFigures(NamedTuple):
    """The figures of a plan; the names are those of its columns."""

    pk: int
    kind: str
    metric: str
    baseline: Decimal | None
    target: Decimal | None
    low: Decimal | None
    high: Decimal | None
    tolerance: Decimal | None


class PartFigures(NamedTuple):
    """The figures of a key result; a milestone has no metric."""

    pk: int
    goal_id: int
    metric: str
    baseline: Decimal | None
    target: Decimal | None
    weight: int


class Sums(NamedTuple):
    """The last of some values, and what they add up to: all that a figure needs of them."""

    last: Decimal | None = None
    total: Decimal = ZERO
    numerators: Decimal = ZERO
    denominators: Decimal = ZERO

    def with_one_more(self, measured: Measurement) -> "Sums":
        last = self.last if measured.value is None else measured.value
        return Sums(
            last,
            self.total + (measured.value or ZERO),
            self.numerators + (measured.numerator or ZERO),
            self.denominators + (measured.denominator or ZERO),
        )

    def figure(self, metric: str) -> Decimal | None:
        """The sums are what the values make one by one, so one measurement stands for all."""
        value = self.total if metric == Metric.CUMULATIVE else self.last
        return actual_of([Measurement(value, self.numerators, self.denominators)], metric)


def score_of_plan(plan: PlanFigures, actual: Decimal | None) -> Score:
    """The score of a goal without parts. A plan that cannot be scored has none."""
    if plan.kind == GoalKind.MAINTAIN:
        return maintain(actual, plan.low, plan.high, plan.tolerance)
    if plan.kind == GoalKind.YES_NO or plan.target is None:
        return yes_or_no(actual)
    return _on_its_way(plan.baseline, plan.target, actual)


def score_of_part(part: PartFigures, actual: Decimal | None) -> Score:
    """The score of a key result, or of a milestone: 1 when reached."""
    return _on_its_way(part.baseline, part.target, actual) if part.metric else yes_or_no(actual)


def score_of_parts(parts: Iterable[PartFigures], actuals: Mapping[int, Decimal | None]) -> Score:
    """The score of a goal by its parts; one that cannot be scored leaves, and coverage says so."""
    known = [(part, actuals.get(part.pk)) for part in parts]
    if not any(part.metric for part, _actual in known):
        return milestones((part.weight, actual) for part, actual in known)
    return weighted((part.weight, score_of_part(part, actual)) for part, actual in known)


def _on_its_way(baseline: Decimal | None, target: Decimal | None, actual: Decimal | None) -> Score:
    return NO_SCORE if baseline == target else linear(baseline, target, actual)
