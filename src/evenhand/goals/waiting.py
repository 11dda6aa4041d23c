"""What waits for somebody: a proposal to agree to, or a drop to approve.

The same as the policies say goal by goal, for all goals at once.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from evenhand.goals.kinds import Ending, GoalState, Scope, Side
from evenhand.goals.models import Agreement, Goal, GoalEnding, GoalOwner, GoalVersion, UnitPart
from evenhand.goals.visibility import about_others
from evenhand.kernel.acting import Actor, Role
from evenhand.people.kinds import LineKind
from evenhand.people.models import Employment, ReportingLine
from evenhand.people.visibility import unit_within


def waiting_for_agreement(actor: Actor) -> QuerySet[Goal]:
    """The goals with a proposal to which the actor has not yet agreed and should."""
    waiting = GoalVersion.objects.filter(
        proposed_at__isnull=False, agreed_at=None, ended_at=None
    ).exclude(proposed_by=actor.person_id)
    mine = Q(pk__in=waiting.filter(_lacks(actor, Side.MANAGER)).values("goal")) & _leads(actor)
    mine |= Q(pk__in=waiting.filter(_lacks(actor, Side.UNIT)).values("goal")) & _answers(actor)
    if not actor.is_delegate:
        mine |= Q(pk__in=waiting.filter(_lacks(actor, Side.OWNER)).values("goal")) & _owns(actor)
    else:
        mine &= about_others(actor)
    specialist = _is_specialist(actor)
    if specialist is not None:
        nobody = Agreement.objects.filter(version=OuterRef("pk"), side=Side.MANAGER)
        led_by_nobody = Q(pk__in=waiting.filter(~Exists(nobody)).values("goal")) & _without(
            actor.on
        )
        without_unit = Q(pk__in=_of_units_without(waiting, actor.on).values("goal"))
        mine |= specialist & (led_by_nobody | without_unit)
    return Goal.objects.filter(mine)


def drops_to_approve(actor: Actor) -> QuerySet[Goal]:
    """The dropped goals that wait for the actor to approve that."""
    drops = GoalEnding.objects.filter(goal=OuterRef("pk"), kind=Ending.DROPPED)
    last = drops.order_by("-at", "-pk")
    dropped = Goal.objects.filter(state=GoalState.DROPPED, drop_is_approved=False).annotate(
        dropped_by=Subquery(last.values("by")[:1]),
        dropped_as=Subquery(last.values(side=KT("formula__side"))[:1]),
    )
    sides = _leads(actor) & ~Q(dropped_as=Side.MANAGER.value) | _answers(actor)
    if not actor.is_delegate:
        sides |= _owns(actor) & ~Q(dropped_as=Side.OWNER.value)
    else:
        sides &= about_others(actor)
    specialist = _is_specialist(actor)
    if specialist is not None:
        sides |= specialist & _without(actor.on) & ~Q(dropped_as=Side.MANAGER.value)
    return dropped.filter(sides).exclude(dropped_by=actor.person_id)


def _lacks(actor: Actor, side: Side) -> Q:
    """The condition that the actor has not agreed to a version on this side."""
    own = Agreement.objects.filter(version=OuterRef("pk"), side=side, person=actor.person_id)
    return ~Q(Exists(own))


def _owns(actor: Actor) -> Q:
    shares = GoalOwner.objects.on(actor.on).filter(person=actor.person_id)
    return Q(pk__in=shares.values("goal"))


def _leads(actor: Actor) -> Q:
    lines = _lines(actor.on).filter(manager=actor.person_id)
    return Q(owner__in=lines.values("person"))


def _answers(actor: Actor) -> Q:
    parts = UnitPart.objects.filter(responsible=actor.person_id)
    return Q(scope=Scope.SHARED, pk__in=parts.values("goal"))


def _without(on: date) -> Q:
    """The condition that whoever answers for a goal has no manager who works here."""
    employed = Employment.objects.on(on).filter(person=OuterRef("manager"))
    lines = _lines(on).filter(Exists(employed), person=OuterRef("owner"))
    return ~Q(Exists(lines))


def _of_units_without(waiting: QuerySet[GoalVersion], on: date) -> QuerySet[GoalVersion]:
    """The versions that lack a unit for which nobody answers who works here."""
    works_here = Employment.objects.on(on).filter(person=OuterRef("responsible"))
    agreed = Agreement.objects.filter(
        version=OuterRef(OuterRef("pk")), side=Side.UNIT, unit=OuterRef("unit")
    )
    parts = UnitPart.objects.filter(~Exists(works_here), ~Exists(agreed), goal=OuterRef("goal"))
    return waiting.filter(Exists(parts), goal__scope=Scope.SHARED)


def _is_specialist(actor: Actor) -> Q | None:
    """The condition that the actor is the specialist for a goal of others; None when never."""
    if actor.holds_everywhere(Role.SPECIALIST):
        return about_others(actor)
    units = actor.units_as(Role.SPECIALIST)
    return Q(unit_within(units)) & about_others(actor) if units else None


def _lines(on: date) -> QuerySet[ReportingLine]:
    return ReportingLine.objects.on(on).filter(kind=LineKind.PRIMARY)
