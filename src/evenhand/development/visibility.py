"""Who reads a development plan: one table, tested cell by cell.

A version in writing is read by its author alone; from its proposal on by both sides, the managers
above, the HR partner of the unit and specialists. Nobody reads by role what is about themself, and
a delegate reads as the manager stood in for.
"""

from enum import Enum

from django.db.models import Exists, OuterRef, Q

from evenhand.development.models import PlanVersion
from evenhand.kernel.acting import Actor, Role
from evenhand.people.visibility import stands_below, works_within


class Reader(Enum):
    PERSON = "whose plan it is"
    LINE_ABOVE = "managers above the person"
    HR_PARTNER = "HR partner of the person's unit"
    SPECIALIST = "specialist"


def is_reader(reader: Reader, actor: Actor, *, person: str = "person") -> Q:
    """The condition that the actor is such a reader of a plan."""
    about_others = ~Q(**{f"{person}__in": actor.own_ids})
    match reader:
        case Reader.PERSON:
            return Q(pk__in=[]) if actor.is_delegate else Q(**{person: actor.person_id})
        case Reader.LINE_ABOVE:
            return Q(stands_below(actor.person_id, on=actor.on, person=person)) & about_others
        case Reader.HR_PARTNER:
            return _by_role(actor, Role.HR_PARTNER, person) & about_others
        case Reader.SPECIALIST:
            return _by_role(actor, Role.SPECIALIST, person) & about_others


def readable(actor: Actor) -> Q:
    """The condition that there is something of a plan for the actor to read."""
    may_know = Q(pk__in=[])
    for reader in Reader:
        may_know |= is_reader(reader, actor)
    versions = PlanVersion.objects.filter(plan=OuterRef("pk"))
    return may_know & Q(Exists(versions.filter(version_is_open_to(actor))))


def version_is_open_to(actor: Actor) -> Q:
    """The condition that one who reads the plan also reads this version of it."""
    return Q(proposed_at__isnull=False) | Q(author=actor.person_id)


def _by_role(actor: Actor, role: Role, person: str) -> Q:
    if actor.is_delegate:
        return Q(pk__in=[])
    if actor.holds_everywhere(role):
        return Q()
    units = actor.units_as(role)
    return Q(works_within(units, on=actor.on, person=person)) if units else Q(pk__in=[])
