"""A goal over time as a picture: what was measured, and the straight way from start to target.

Places are percentages of the picture, so that it fits every screen; the table beside it says the
same in numbers.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from evenhand.documents.charts import ROOM, WANTED_TICKS, Axis, percent, said, step_of
from evenhand.goals.histories import History, Point
from evenhand.goals.kinds import GoalKind
from evenhand.goals.models import Goal

MOST_POINTS = 400
HUNDRED = Decimal(100)
TOP, FLOOR = 0.06, 0.98


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the picture."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line from one place to another."""

    start: Spot
    end: Spot


@dataclass(frozen=True, slots=True)
class Level:
    """A round number across the picture."""

    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Band:
    """The limits within which a figure is to stay, from the top down."""

    y: str
    height: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All strokes of a picture. `way` is where the goal should be, or None within limits."""

    spots: Sequence[Spot]
    strokes: Sequence[Stroke]
    levels: Sequence[Level]
    way: Stroke | None
    band: Band | None
    starts_on: date
    ends_on: date
    is_score: bool


def draw(goal: Goal, history: History) -> Chart:
    """The picture of a goal: its figure, or its score in percent where it has no figure."""
    is_score = not _has_figure(goal)
    points = history.points[-MOST_POINTS:]
    heights = [(p.on, _height(p, is_score=is_score)) for p in points]
    known = [(on, value) for on, value in heights if value is not None]
    plane = _Plane(
        _days(goal, points), _axis((*(v for _on, v in known), *_marks(goal, is_score=is_score)))
    )
    spots = [plane.spot(on, value) for on, value in known]
    return Chart(
        spots=spots,
        strokes=[Stroke(start, end) for start, end in pairwise(spots)],
        levels=[Level(plane.y_at(at), text) for at, text in _levels(plane.axis)],
        way=_way(goal, plane, is_score=is_score),
        band=_band(goal, plane),
        starts_on=goal.starts_on,
        ends_on=plane.days[1],
        is_score=is_score,
    )


@dataclass(frozen=True, slots=True)
class _Plane:
    """Days across, numbers upwards."""

    days: tuple[date, date]
    axis: Axis

    def spot(self, on: date, value: float) -> Spot:
        whole = (self.days[1] - self.days[0]).days or 1
        return Spot(percent((on - self.days[0]).days / whole), self.y_at(value))

    def y_at(self, value: float) -> str:
        return percent(self.share_at(value))

    def share_at(self, value: float) -> float:
        """From the top, with room for the numbers at the levels."""
        return TOP + (1 - self.axis.share(value)) * (FLOOR - TOP)


def _has_figure(goal: Goal) -> bool:
    """Whether a goal is one figure that has a way to go or limits to keep."""
    return goal.kind == GoalKind.MAINTAIN or None not in {goal.baseline, goal.target}


def _height(point: Point, *, is_score: bool) -> float | None:
    if not is_score:
        return None if point.actual is None else float(point.actual)
    return None if point.score.capped is None else float(point.score.capped * HUNDRED)


def _marks(goal: Goal, *, is_score: bool) -> list[float]:
    """Numbers that are in the picture whatever was measured."""
    if is_score:
        return [0.0, 100.0]
    marks = (
        (goal.low, goal.high) if goal.kind == GoalKind.MAINTAIN else (goal.baseline, goal.target)
    )
    return [float(mark) for mark in marks if mark is not None]


def _days(goal: Goal, points: Sequence[Point]) -> tuple[date, date]:
    return goal.starts_on, max([goal.due_on, *(point.on for point in points)])


def _axis(numbers: Iterable[float]) -> Axis:
    known = list(numbers) or [0.0, 1.0]
    low, high = min(known), max(known)
    if low == high:
        low, high = low - 1.0, high + 1.0
    room = (high - low) * ROOM
    return Axis(low - room, high + room)


def _levels(axis: Axis) -> list[tuple[float, str]]:
    """Round numbers, some three to six of them."""
    step = step_of((axis.high - axis.low) / WANTED_TICKS)
    if not step:
        return []
    places = range(math.ceil(axis.low / step), math.floor(axis.high / step) + 1)
    return [(place * step, said(place * step, step, is_signed=False)) for place in places]


def _way(goal: Goal, plane: _Plane, *, is_score: bool) -> Stroke | None:
    if goal.kind == GoalKind.MAINTAIN:
        return None
    start, end = (0.0, 100.0) if is_score else _marks(goal, is_score=False)
    return Stroke(plane.spot(goal.starts_on, start), plane.spot(goal.due_on, end))


def _band(goal: Goal, plane: _Plane) -> Band | None:
    if goal.kind != GoalKind.MAINTAIN:
        return None
    low = plane.axis.low if goal.low is None else float(goal.low)
    high = plane.axis.high if goal.high is None else float(goal.high)
    top, floor = plane.share_at(high), plane.share_at(low)
    return Band(percent(top), percent(floor - top))
