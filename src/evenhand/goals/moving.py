"""Goals go with the person who owns them, to another unit and to another manager.

A move is noted once for each goal and day, with who was the manager before and who is now. What a
former manager still reads, and until which day, follows from the lines; nothing is copied.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery

from evenhand.audit.actions import record_each
from evenhand.goals.events import GoalsMoved
from evenhand.goals.kinds import GoalState, Scope
from evenhand.goals.models import Goal, GoalMove
from evenhand.kernel.acting import Actor
from evenhand.kernel.bulk import batches
from evenhand.kernel.events import announce
from evenhand.kernel.locking import one_at_a_time
from evenhand.people.kinds import LineKind
from evenhand.people.models import Position, ReportingLine

# HR often notes a move some weeks after it happened.
LOOK_BACK = timedelta(days=120)
OPEN = (GoalState.PROPOSED, GoalState.ACTIVE)
AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Change:
    """That somebody came to another unit or another manager on a day; None where there was none."""

    person_id: int
    on: date
    former_unit: int | None
    new_unit: int | None
    former_manager: int | None
    new_manager: int | None


def follow_moves(*, by: Actor, at: datetime) -> int:
    """Let goals follow everybody who moved lately; returns how many goals went along.

    Safe to repeat: a move that is noted already is passed over.
    """
    moved = 0
    for people in batches(_moved_people(by.on), AT_ONCE):
        moved += _let_follow(people, by=by, at=at)
    return moved


@transaction.atomic
def _let_follow(people: Iterable[int], *, by: Actor, at: datetime) -> int:
    one_at_a_time("goals.moving")
    changes = _changes(list(people), by.on)
    moves = list(_new_moves(changes))
    GoalMove.objects.bulk_create(moves, batch_size=AT_ONCE)
    _count_in_new_units({move.goal_id for move in moves}, by.on)
    record_each("goal.moved", about=map(_told, moves), by=by, at=at)
    _announce(moves)
    return len({move.goal_id for move in moves})


def _moved_people(on: date) -> Iterator[int]:
    """Who has an open goal, and a position or a line that began lately."""
    since = on - LOOK_BACK
    lately = {"starts_on__gt": since, "starts_on__lte": on}
    owners = Goal.objects.filter(state__in=OPEN, scope=Scope.PERSON).values("owner")
    positions = Position.objects.filter(**lately, person__in=owners)
    lines = ReportingLine.objects.filter(**lately, kind=LineKind.PRIMARY, person__in=owners)
    found = positions.values_list("person", flat=True).union(lines.values_list("person", flat=True))
    return iter(sorted(found))


def _changes(people: list[int], on: date) -> list[Change]:
    """What changed for these people lately, each day of each person once."""
    since = on - LOOK_BACK
    units = _holders(Position.objects.filter(person__in=people), "unit_id")
    lines = ReportingLine.objects.filter(person__in=people, kind=LineKind.PRIMARY)
    managers = _holders(lines, "manager_id")
    days: defaultdict[int, set[date]] = defaultdict(set)
    for person_id, rows in [*units.items(), *managers.items()]:
        days[person_id] |= {starts_on for starts_on, _ends_on, _holder in rows}
    found = (
        Change(
            person_id,
            day,
            *_before_and_after(units[person_id], day),
            *_before_and_after(managers[person_id], day),
        )
        for person_id in sorted(days)
        for day in sorted(days[person_id])
        if since < day <= on
    )
    return [change for change in found if _is_a_move(change)]


Rows = list[tuple[date, date, int]]


def _holders(dated: QuerySet, holder: str) -> defaultdict[int, Rows]:  # type: ignore[type-arg]  # positions or lines
    rows: defaultdict[int, Rows] = defaultdict(list)
    for person_id, *row in dated.order_by("starts_on", "pk").values_list(
        "person_id", "starts_on", "ends_on", holder
    ):
        rows[person_id].append((row[0], row[1], row[2]))
    return rows


def _before_and_after(rows: Rows, day: date) -> tuple[int | None, int | None]:
    before = day - timedelta(days=1)
    return _held(rows, before), _held(rows, day)


def _held(rows: Rows, day: date) -> int | None:
    return next((holder for first, end, holder in rows if first <= day < end), None)


def _is_a_move(change: Change) -> bool:
    """Who begins to work here has not moved; who is given a manager for the first time has."""
    is_known = change.former_unit is not None or change.former_manager is not None
    is_another = (change.former_unit, change.former_manager) != (
        change.new_unit,
        change.new_manager,
    )
    return is_known and is_another


def _new_moves(changes: list[Change]) -> Iterator[GoalMove]:
    """A row for each open goal that existed on the day and has no such row yet."""
    owners = {change.person_id for change in changes}
    goals: defaultdict[int, list[Goal]] = defaultdict(list)
    for goal in Goal.objects.filter(owner__in=owners, state__in=OPEN, scope=Scope.PERSON):
        goals[goal.owner_id].append(goal)
    known = set(GoalMove.objects.filter(goal__owner__in=owners).values_list("goal", "on"))
    for change in changes:
        for goal in goals[change.person_id]:
            if goal.created_at.date() < change.on and (goal.pk, change.on) not in known:
                yield GoalMove(
                    goal=goal,
                    on=change.on,
                    former_unit_id=change.former_unit,
                    new_unit_id=change.new_unit,
                    former_manager_id=change.former_manager,
                    new_manager_id=change.new_manager,
                )


def _told(move: GoalMove) -> tuple[Goal, dict[str, object]]:
    return move.goal, {
        "moved_on": move.on.isoformat(),
        "unit": move.new_unit_id,
        "manager": move.new_manager_id,
    }


def _count_in_new_units(goal_ids: Iterable[int], on: date) -> None:
    """From now on the goals count where their owners work; who works nowhere stays counted."""
    position = Position.objects.on(on).filter(person=OuterRef("owner"))
    unit = Subquery(position.values("unit")[:1])
    goals = Goal.objects.filter(pk__in=list(goal_ids)).annotate(works_in=unit)
    goals.filter(works_in__isnull=False).exclude(unit=F("works_in")).update(unit=unit)


def _announce(moves: Iterable[GoalMove]) -> None:
    """The new manager learns once of all goals that come with somebody."""
    coming: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for move in moves:
        if move.new_manager_id and move.new_manager_id != move.former_manager_id:
            coming[move.goal.owner_id, move.new_manager_id].append(move.goal_id)
    for (person_id, manager_id), goal_ids in coming.items():
        announce(GoalsMoved(person_id, manager_id, tuple(goal_ids)))
