"""Whose agreement a goal needs, on a day, and for which of them somebody can agree.

Every owner, the manager of whoever answers for it, and for a shared goal both who answer for it in
their units. The manager is the one of the day: if somebody else takes over before all have agreed,
it is they who agree. Where nobody stands, or who stood there no longer works here, a specialist
agrees who does not own the goal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from evenhand.goals.kinds import Scope, Side
from evenhand.goals.models import Agreement, Goal, GoalOwner, GoalVersion, UnitPart
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.remembering import looked_up_once
from evenhand.people.kinds import LineKind
from evenhand.people.models import Employment, ReportingLine, UnitTree


@dataclass(frozen=True, slots=True)
class Seat:
    """One agreement that is needed. Without a person, any specialist can give it."""

    side: Side
    person_id: int | None
    unit_id: int | None = None


@looked_up_once
def seats_of(goal: Goal, on: date) -> tuple[Seat, ...]:
    """Every agreement the goal needs on the day; owners first, then the manager, then units."""
    owners = [Seat(Side.OWNER, person_id) for person_id in owners_of(goal, on)]
    manager = Seat(Side.MANAGER, _manager_of(goal, on))
    return (*owners, manager, *_unit_seats(goal, on))


@looked_up_once
def owners_of(goal: Goal, on: date) -> list[int]:
    """Who owns the goal on the day and works here; whoever answers for it first."""
    employed = Employment.objects.on(on).filter(person=OuterRef("person"))
    shares = GoalOwner.objects.on(on).filter(Exists(employed), goal=goal).order_by("pk")
    owners = list(shares.values_list("person_id", flat=True))
    return sorted(owners, key=lambda person_id: person_id != goal.owner_id)


def seats_taken_by(actor: Actor, goal: Goal) -> tuple[Seat, ...]:
    """Those for which the actor can agree, close, drop and so on. A delegate is never an owner."""
    seats = seats_of(goal, actor.on)
    owners = {seat.person_id for seat in seats if seat.side == Side.OWNER}
    owns = bool(owners & actor.own_ids)
    if actor.is_delegate and owns:
        return ()
    is_specialist = not owns and _is_specialist_for(actor, goal)
    return tuple(
        seat
        for seat in seats
        if seat.person_id == actor.person_id or (seat.person_id is None and is_specialist)
    )


def empty_seats(seats: Sequence[Seat], version: GoalVersion) -> tuple[Seat, ...]:
    """Those among these from which nobody has agreed to this version yet."""
    agreed = list(version.agreements.all())
    return tuple(seat for seat in seats if not any(_fills(one, seat) for one in agreed))


def _fills(agreement: Agreement, seat: Seat) -> bool:
    """What somebody agreed to who has left counts as long as nobody stands there instead."""
    if (agreement.side, agreement.unit_id) != (seat.side, seat.unit_id):
        return False
    return seat.person_id is None or agreement.person_id == seat.person_id


def _manager_of(goal: Goal, on: date) -> int | None:
    employed = Employment.objects.on(on).filter(person=OuterRef("manager"))
    lines = ReportingLine.objects.on(on).filter(
        Exists(employed), person=goal.owner_id, kind=LineKind.PRIMARY
    )
    return lines.values_list("manager_id", flat=True).first()


def _unit_seats(goal: Goal, on: date) -> list[Seat]:
    if goal.scope != Scope.SHARED:
        return []
    works_here = Exists(Employment.objects.on(on).filter(person=OuterRef("responsible")))
    parts = UnitPart.objects.filter(goal=goal).annotate(works_here=works_here).order_by("pk")
    return [
        Seat(Side.UNIT, responsible_id if works_here else None, unit_id)
        for unit_id, responsible_id, works_here in parts.values_list(
            "unit_id", "responsible_id", "works_here"
        )
    ]


def _is_specialist_for(actor: Actor, goal: Goal) -> bool:
    if actor.holds_everywhere(Role.SPECIALIST):
        return True
    units = actor.units_as(Role.SPECIALIST)
    tree = UnitTree.objects.filter(ancestor__in=units, descendant=goal.unit_id)
    return bool(units) and goal.unit_id is not None and tree.exists()
