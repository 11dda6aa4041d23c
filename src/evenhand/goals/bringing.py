"""What many values at once would change: which are new, correct others, were there, or fail.

A source says each value under a key of its own, for a day. The same key and day again is the same
value, or a correction of it. Everything is looked up for thousands of rows at a time.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from evenhand.goals.kinds import GoalState
from evenhand.goals.models import CheckIn, DataSource, GoalPart, SourceFeed
from evenhand.goals.policies import NOT_IN_FORCE, NOT_YOURS_TO_MEASURE
from evenhand.goals.sources import goals_to_feed
from evenhand.goals.values import Taker, Value, may_take
from evenhand.kernel.acting import Actor
from evenhand.kernel.among import Among
from evenhand.kernel.bulk import batches
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict

AT_ONCE = 5_000
OF_TAKER = ("pk", "state", "kind", "metric", "starts_on", "due_on")

UNKNOWN_KEY = Verdict(
    "unknown_key",
    _("This key is not connected with a goal yet. Connect it, or give the number of the goal."),
    Ground.WHAT,
)
UNKNOWN_GOAL = Verdict(
    "unknown_goal",
    _("There is no such goal or part whose progress you may tell. Look at its number again."),
    Ground.WHAT,
)
KEY_OF_ANOTHER = Verdict(
    "key_of_another",
    _("This key is connected with another goal already. Use another key, or disconnect it first."),
    Ground.WHAT,
)
TOLD_TWICE = Verdict(
    "told_twice",
    _("Another row has another value for the same day. Send one value for each key and day."),
    Ground.WHAT,
)

Place = tuple[int, int | None]
"""A goal, and the part of it if it is one."""


class BroughtValue(NamedTuple):
    """One row: a key or the number of a goal (and the place of its part), and a value of a day."""

    row: int
    value: Value
    key: str = ""
    goal_id: int | None = None
    part_place: int | None = None
    note: str = ""

    @property
    def known_by(self) -> str:
        """The key under which the source knows it; without one the goal's number is the key."""
        if self.key or self.goal_id is None:
            return self.key
        return str(self.goal_id) if self.part_place is None else f"{self.goal_id}/{self.part_place}"


class Change(NamedTuple):
    """A value to be kept, perhaps in the place of an earlier one."""

    brought: BroughtValue
    place: Place
    corrects: int | None


class RowProblem(NamedTuple):
    """Why a row cannot be kept."""

    row: int
    key: str
    verdict: Verdict


@dataclass(slots=True)
class ValuesPlan:
    """What rows would change. `feeds` are keys to connect, since a row named the goal itself."""

    changes: list[Change] = field(default_factory=list)
    feeds: dict[str, Place] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)
    same: int = 0

    @property
    def corrected(self) -> int:
        return sum(change.corrects is not None for change in self.changes)

    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.changes) - self.corrected,
            "corrected": self.corrected,
            "same": self.same,
            "feeds": len(self.feeds),
            "problems": len(self.problems),
        }

    def digest(self) -> str:
        """Stands for all that would change, so that what was shown is what is done."""
        whole = hashlib.sha256()
        for change in self.changes:
            whole.update(repr((change.place, change.brought.value, change.corrects)).encode())
        for feed in sorted(self.feeds.items()):
            whole.update(repr(feed).encode())
        return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known about some rows before they are looked at."""

    feeds: Mapping[str, Place]
    takers: Mapping[Place, Taker]
    is_active: Mapping[int, bool]
    parts: Mapping[tuple[int, int], int]
    kept: Mapping[tuple[Place, date], tuple[int, Value]]


def plan_values(source: DataSource, rows: Iterable[BroughtValue], by: Actor) -> ValuesPlan:
    """Compare rows with what is kept, for whoever answers for the source."""
    plan = ValuesPlan()
    told: dict[tuple[Place, date], Value] = {}
    for some in batches(rows, AT_ONCE):
        known = _known(source, some, by)
        for brought in some:
            _look_at(brought, known, plan, told, by.on)
    return plan


def _look_at(
    brought: BroughtValue,
    known: _Known,
    plan: ValuesPlan,
    told: dict[tuple[Place, date], Value],
    on: date,
) -> None:
    place, verdict = _place_of(brought, known, plan)
    if verdict and place is not None:
        verdict = _may_be_kept(brought, place, known, on)
    if not verdict or place is None:
        plan.problems.append(RowProblem(brought.row, brought.known_by, verdict))
        return
    at = place, brought.value.measured_on
    if (before := told.setdefault(at, brought.value)) is not brought.value:
        _say_twice(brought, before, plan)
        return
    if brought.known_by not in known.feeds:
        plan.feeds[brought.known_by] = place
    corrects, kept = known.kept.get(at, (None, None))
    if kept == brought.value:
        plan.same += 1
    else:
        plan.changes.append(Change(brought, place, corrects))


def _say_twice(brought: BroughtValue, before: Value, plan: ValuesPlan) -> None:
    if before == brought.value:
        plan.same += 1
    else:
        plan.problems.append(RowProblem(brought.row, brought.known_by, TOLD_TWICE))


def _place_of(
    brought: BroughtValue, known: _Known, plan: ValuesPlan
) -> tuple[Place | None, Verdict]:
    fed = known.feeds.get(brought.known_by) or plan.feeds.get(brought.known_by)
    if brought.goal_id is None:
        return fed, ALLOWED if fed else UNKNOWN_KEY
    named = _named(brought, known)
    if named is None:
        return None, UNKNOWN_GOAL
    return named, ALLOWED if fed in {None, named} else KEY_OF_ANOTHER


def _named(brought: BroughtValue, known: _Known) -> Place | None:
    """The goal or part that a row names by number."""
    goal_id = brought.goal_id
    if goal_id is None or goal_id not in known.is_active:
        return None
    if brought.part_place is None:
        return goal_id, None
    part_id = known.parts.get((goal_id, brought.part_place))
    return None if part_id is None else (goal_id, part_id)


def _may_be_kept(brought: BroughtValue, place: Place, known: _Known, on: date) -> Verdict:
    if place[0] not in known.is_active:
        return NOT_YOURS_TO_MEASURE
    if not known.is_active[place[0]]:
        return NOT_IN_FORCE
    taker = known.takers.get(place)
    return may_take(taker, brought.value, on=on) if taker else UNKNOWN_GOAL


def _known(source: DataSource, rows: Sequence[BroughtValue], by: Actor) -> _Known:
    keys = {row.known_by for row in rows}
    fed = SourceFeed.objects.filter(Among("key", keys), source=source).order_by()
    feeds = {key: (goal, part) for key, goal, part in fed.values_list("key", "goal_id", "part_id")}
    goal_ids = {goal for goal, _part in feeds.values()}
    goal_ids |= {row.goal_id for row in rows if row.goal_id is not None}
    return _with_goals(source, rows, by, feeds, goal_ids)


def _with_goals(
    source: DataSource,
    rows: Sequence[BroughtValue],
    by: Actor,
    feeds: Mapping[str, Place],
    goal_ids: set[int],
) -> _Known:
    parts = list(
        GoalPart.objects.filter(Among("goal_id", goal_ids), is_in_use=True)
        .order_by()
        .values_list("pk", "goal_id", "place", "metric")
    )
    with_parts = {goal_id for _pk, goal_id, _place, _metric in parts}
    found = goals_to_feed(by).filter(Among("pk", goal_ids)).order_by()
    takers: dict[Place, Taker] = {}
    is_active: dict[int, bool] = {}
    for pk, state, kind, metric, starts_on, due_on in found.values_list(*OF_TAKER):
        is_active[pk] = state == GoalState.ACTIVE
        takers[pk, None] = Taker(kind, metric, starts_on, due_on, has_parts=pk in with_parts)
    for pk, goal_id, _place, metric in parts:
        if (whole := takers.get((goal_id, None))) is not None:
            days = whole.starts_on, whole.due_on
            takers[goal_id, pk] = Taker(whole.kind, metric, *days, is_part=True)
    places = {(goal_id, place): pk for pk, goal_id, place, _metric in parts}
    return _Known(feeds, takers, is_active, places, _kept(source, rows, goal_ids))


def _kept(
    source: DataSource, rows: Sequence[BroughtValue], goal_ids: Iterable[int]
) -> dict[tuple[Place, date], tuple[int, Value]]:
    """What this source said last for these goals and days, and which check-in to correct.

    Where somebody has corrected what it said, that one is corrected next, and the same value sent
    again changes nothing.
    """
    days = {row.value.measured_on for row in rows}
    of_source = CheckIn.objects.filter(source=source, measured_on__in=days)
    said = of_source.filter(Among("goal_id", goal_ids))
    facts = ("pk", "goal_id", "part_id", "measured_on", "value", "numerator", "denominator")
    kept: dict[tuple[Place, date], tuple[int, Value]] = {}
    for pk, goal_id, part_id, day, *numbers in said.order_by("pk").values_list(*facts):
        kept[(goal_id, part_id), day] = pk, Value(day, *numbers)
    newer = _corrections({pk for pk, _value in kept.values()})
    return {at: (newer.get(pk, pk), value) for at, (pk, value) in kept.items()}


def _corrections(pks: set[int]) -> dict[int, int]:
    """The newest correction of each of these check-ins that has one."""
    newest: dict[int, int] = {}
    asked = {pk: pk for pk in pks}
    while asked:
        found = dict(
            CheckIn.objects.filter(Among("corrects_id", asked))
            .order_by()
            .values_list("corrects_id", "pk")
        )
        asked = {newer: asked[older] for older, newer in found.items()}
        newest |= {first: newer for newer, first in asked.items()}
    return newest
