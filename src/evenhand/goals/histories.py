"""How far a goal was on each day on which it was measured, by the plan that stands now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from evenhand.goals.figures import (
    PartFigures,
    PlanFigures,
    Sums,
    score_of_parts,
    score_of_plan,
)
from evenhand.goals.measuring import HAS_VALUE, check_ins_that_count
from evenhand.goals.models import Goal
from evenhand.goals.scoring import Measurement, Score
from evenhand.kernel.periods import FOREVER


class Measured(NamedTuple):
    """One value that counts, as it stands in a check-in."""

    measured_on: date
    part_id: int | None
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


@dataclass(frozen=True, slots=True)
class Point:
    """How far a goal was at the end of a day; a goal of parts has a score only."""

    on: date
    actual: Decimal | None
    score: Score


@dataclass(frozen=True, slots=True)
class History:
    """The days on which a goal was measured, and of how many values they are made."""

    points: Sequence[Point]
    count: int

    @property
    def last(self) -> Point | None:
        return self.points[-1] if self.points else None


def history_of(goal: Goal, *, until: date = FOREVER) -> History:
    """The history of a goal, of what was told before a day."""
    said = check_ins_that_count().filter(HAS_VALUE, goal=goal)
    if until != FOREVER:
        said = said.filter(at__date__lt=until)
    rows = said.order_by("measured_on", "id").values_list(*Measured._fields)
    plan = PlanFigures(*(getattr(goal, name) for name in PlanFigures._fields))
    in_use = goal.parts.filter(is_in_use=True).order_by("place", "pk")
    parts = [PartFigures(*row) for row in in_use.values_list(*PartFigures._fields)]
    return retold(plan, parts, [Measured(*row) for row in rows])


def retold(plan: PlanFigures, parts: Sequence[PartFigures], values: Iterable[Measured]) -> History:
    """The history that values (oldest first) make. What is for no part in use does not count."""
    takers = {part.pk for part in parts} if parts else {None}
    counted = [value for value in values if value.part_id in takers]
    sums: dict[int | None, Sums] = {}
    points = []
    for day, of_day in groupby(counted, key=lambda value: value.measured_on):
        for value in of_day:
            measured = Measurement(value.value, value.numerator, value.denominator)
            sums[value.part_id] = sums.get(value.part_id, Sums()).with_one_more(measured)
        points.append(_point(day, plan, parts, sums))
    return History(points, len(counted))


def _point(
    day: date,
    plan: PlanFigures,
    parts: Sequence[PartFigures],
    sums: dict[int | None, Sums],
) -> Point:
    if not parts:
        actual = sums[None].figure(plan.metric)
        return Point(day, actual, score_of_plan(plan, actual))
    actuals = {part.pk: sums[part.pk].figure(part.metric) for part in parts if part.pk in sums}
    return Point(day, None, score_of_parts(parts, actuals))
