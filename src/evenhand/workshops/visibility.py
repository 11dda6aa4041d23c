"""Who sees what of a workshop while it goes on, and whose votes count."""

from django.db.models import Q, QuerySet

from evenhand.kernel.acting import Actor, Role
from evenhand.workshops.kinds import AFTER_SORTING, Group, Stage
from evenhand.workshops.models import Participant, Workshop


def takes_part(actor: Actor) -> QuerySet[Participant]:
    """As whom somebody takes part now. Nobody sorts or collects in place of another."""
    if actor.is_delegate:
        return Participant.objects.none()
    return Participant.objects.filter(person=actor.person_id, left_at=None)


def participation_of(actor: Actor, workshop: Workshop) -> Participant | None:
    return takes_part(actor).filter(workshop=workshop).first()


def led_by(actor: Actor) -> QuerySet[Workshop]:
    """The specialist leads every workshop, except where they are one of the sorters."""
    if not actor.holds_everywhere(Role.SPECIALIST) or actor.is_delegate:
        return Workshop.objects.none()
    sorts = takes_part(actor).filter(group=Group.SORTERS)
    return Workshop.objects.exclude(pk__in=sorts.values("workshop"))


def sorting_is_told(prefix: str = "") -> Q:
    """That the sorting is over. Until then no sorter may know what the collectors thought."""
    return Q(**{f"{prefix}stage__in": AFTER_SORTING}) | Q(
        **{f"{prefix}ended_in__in": AFTER_SORTING}
    )


def counted(workshop: Workshop, stage: Stage) -> QuerySet[Participant]:
    """The sorters whose votes in a round count: handed in, and still there when it was closed."""
    is_sorting = stage == Stage.SORTING
    closed_at = workshop.sorting_closed_at if is_sorting else workshop.scaling_closed_at
    sorters = workshop.participants.filter(
        **{"sorted_at__isnull" if is_sorting else "scaled_at__isnull": False}
    )
    stayed = Q(left_at=None) | Q(left_at__gte=closed_at) if closed_at else Q(left_at=None)
    return sorters.filter(stayed)


def sorters_of(workshop: Workshop) -> QuerySet[Participant]:
    """The sorters who are asked now."""
    return workshop.participants.filter(group=Group.SORTERS, left_at=None)
