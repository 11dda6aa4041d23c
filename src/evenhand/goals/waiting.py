"""What waits for somebody: a proposal to agree to, or a drop to approve.

The same as the policies say goal by goal, for all goals at once. Each way in which something can
wait for somebody is looked for by itself, so that few of many goals are found quickly.
"""

from collections.abc import Collection, Iterator
from datetime import date
from functools import reduce
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from evenhand.goals.kinds import Ending, GoalState, Scope, Side
from evenhand.goals.models import Agreement, Goal, GoalEnding, GoalOwner, GoalVersion, UnitPart
from evenhand.goals.visibility import about_others
from evenhand.kernel.acting import Actor, Role
from evenhand.people.kinds import LineKind
from evenhand.people.models import Employment, ReportingLine
from evenhand.people.visibility import unit_within

Ids = QuerySet[Any, int]


def waiting_for_agreement(actor: Actor, *, among: Collection[int] | None = None) -> QuerySet[Goal]:
    """The goals, of all or of some, with a proposal to which the actor should still agree."""
    waiting = GoalVersion.objects.filter(proposed_at__isnull=False, agreed_at=None, ended_at=None)
    if among is not None:
        waiting = waiting.filter(goal__in=among)
    found = Goal.objects.filter(pk__in=_any_of(_proposals(actor, waiting)))
    return found.filter(about_others(actor)) if actor.is_delegate else found


def drops_to_approve(actor: Actor) -> QuerySet[Goal]:
    """The dropped goals that wait for the actor to approve that."""
    found = Goal.objects.filter(pk__in=_any_of(_drops(actor)))
    return found.filter(about_others(actor)) if actor.is_delegate else found


def _proposals(actor: Actor, waiting: QuerySet[GoalVersion]) -> Iterator[Ids]:
    yield _goals_of(waiting.filter(_lacks(actor, Side.MANAGER), goal__owner__in=_led_by(actor)))
    yield _goals_of(waiting.filter(_lacks(actor, Side.UNIT), goal__in=_answered_by(actor)))
    if not actor.is_delegate:
        yield _goals_of(waiting.filter(_lacks(actor, Side.OWNER), goal__in=_owned_by(actor)))
    specialist = _is_specialist(actor, "goal__")
    if specialist is not None:
        nobody = ~Exists(Agreement.objects.filter(version=OuterRef("pk"), side=Side.MANAGER))
        others = waiting.filter(specialist).exclude(goal__in=_owned_by(actor))
        yield _goals_of(others.filter(nobody, _led_by_nobody(actor.on, "goal__owner")))
        yield _goals_of(others.filter(_lacks_a_unit(actor.on), goal__scope=Scope.SHARED))


def _drops(actor: Actor) -> Iterator[Ids]:
    endings = GoalEnding.objects.filter(goal=OuterRef("pk"), kind=Ending.DROPPED)
    last = endings.order_by("-at", "-pk")
    dropped = (
        Goal.objects.filter(state=GoalState.DROPPED, drop_is_approved=False)
        .annotate(
            dropped_by=Subquery(last.values("by")[:1]),
            dropped_as=Subquery(last.values(side=KT("formula__side"))[:1]),
        )
        .exclude(dropped_by=actor.person_id)
        .order_by()
    )
    not_as_manager = dropped.exclude(dropped_as=Side.MANAGER.value)
    yield not_as_manager.filter(owner__in=_led_by(actor)).values_list("pk", flat=True)
    yield dropped.filter(pk__in=_answered_by(actor)).values_list("pk", flat=True)
    if not actor.is_delegate:
        not_as_owner = dropped.exclude(dropped_as=Side.OWNER.value)
        yield not_as_owner.filter(pk__in=_owned_by(actor)).values_list("pk", flat=True)
    specialist = _is_specialist(actor)
    if specialist is not None:
        others = not_as_manager.filter(specialist).exclude(pk__in=_owned_by(actor))
        yield others.filter(_led_by_nobody(actor.on, "owner")).values_list("pk", flat=True)


def _any_of(ways: Iterator[Ids]) -> Ids:
    return reduce(lambda one, other: one.union(other, all=True), ways)


def _goals_of(versions: QuerySet[GoalVersion]) -> Ids:
    return versions.order_by().values_list("goal_id", flat=True)


def _lacks(actor: Actor, side: Side) -> Q:
    """The condition that the actor has not agreed to a version on this side."""
    own = Agreement.objects.filter(version=OuterRef("pk"), side=side, person=actor.person_id)
    return ~Q(Exists(own))


def _owned_by(actor: Actor) -> QuerySet[GoalOwner, Any]:
    return GoalOwner.objects.on(actor.on).filter(person=actor.person_id).values("goal")


def _led_by(actor: Actor) -> QuerySet[ReportingLine, Any]:
    return _lines(actor.on).filter(manager=actor.person_id).values("person")


def _answered_by(actor: Actor) -> QuerySet[UnitPart, Any]:
    parts = UnitPart.objects.filter(responsible=actor.person_id, goal__scope=Scope.SHARED)
    return parts.values("goal")


def _led_by_nobody(on: date, owner: str) -> Q:
    """The condition that whoever answers for a goal has no manager who works here."""
    employed = Employment.objects.on(on).filter(person=OuterRef("manager"))
    lines = _lines(on).filter(Exists(employed), person=OuterRef(owner))
    return ~Q(Exists(lines))


def _lacks_a_unit(on: date) -> Q:
    """The condition that a version lacks a unit for which nobody answers who works here."""
    works_here = Employment.objects.on(on).filter(person=OuterRef("responsible"))
    agreed = Agreement.objects.filter(
        version=OuterRef(OuterRef("pk")), side=Side.UNIT, unit=OuterRef("unit")
    )
    parts = UnitPart.objects.filter(~Exists(works_here), ~Exists(agreed), goal=OuterRef("goal"))
    return Q(Exists(parts))


def _is_specialist(actor: Actor, goal: str = "") -> Q | None:
    """The condition that the actor is a specialist for a goal, reached by prefix; None if never."""
    if actor.holds_everywhere(Role.SPECIALIST):
        return Q()
    units = actor.units_as(Role.SPECIALIST)
    return Q(unit_within(units, unit=f"{goal}unit")) if units else None


def _lines(on: date) -> QuerySet[ReportingLine]:
    return ReportingLine.objects.on(on).filter(kind=LineKind.PRIMARY)
