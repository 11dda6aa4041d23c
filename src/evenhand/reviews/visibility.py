"""Who reads whose words when: one table, tested cell by cell.

A review is never seen by role when it is about the reader, and a delegate reads as the manager
stood in for, never as the subject.
"""

from enum import Enum

from django.db.models import Exists, OuterRef, Q

from evenhand.cycles.kinds import SelfShownToManager
from evenhand.kernel.acting import Actor, Role
from evenhand.people.visibility import stands_below, unit_within
from evenhand.reviews.kinds import ReviewKind, ReviewState
from evenhand.reviews.models import Review


class Reader(Enum):
    AUTHOR = "who writes it"
    SUBJECT = "whom it is about"
    COUNTERPART = "who writes the manager review of the same person"
    LINE_ABOVE = "managers above the person"
    HR_PARTNER = "HR partner of the person's unit"
    SPECIALIST = "specialist"


class Moment(Enum):
    ALWAYS = "always"
    SUBMITTED = "once it is submitted"
    BOTH_SUBMITTED = "once both reviews are submitted"
    RELEASED = "once it is submitted and released"
    AS_THE_TEMPLATE_SAYS = "once submitted, or once both are: a setting of the template"
    NEVER = "never"


READS: dict[tuple[ReviewKind, Reader], Moment] = {
    (ReviewKind.SELF, Reader.AUTHOR): Moment.ALWAYS,
    (ReviewKind.SELF, Reader.SUBJECT): Moment.ALWAYS,
    (ReviewKind.SELF, Reader.COUNTERPART): Moment.AS_THE_TEMPLATE_SAYS,
    (ReviewKind.SELF, Reader.LINE_ABOVE): Moment.BOTH_SUBMITTED,
    (ReviewKind.SELF, Reader.HR_PARTNER): Moment.SUBMITTED,
    (ReviewKind.SELF, Reader.SPECIALIST): Moment.SUBMITTED,
    (ReviewKind.MANAGER, Reader.AUTHOR): Moment.ALWAYS,
    (ReviewKind.MANAGER, Reader.SUBJECT): Moment.RELEASED,
    (ReviewKind.MANAGER, Reader.COUNTERPART): Moment.ALWAYS,
    (ReviewKind.MANAGER, Reader.LINE_ABOVE): Moment.SUBMITTED,
    (ReviewKind.MANAGER, Reader.HR_PARTNER): Moment.SUBMITTED,
    (ReviewKind.MANAGER, Reader.SPECIALIST): Moment.SUBMITTED,
}

READERS_A_DELEGATE_CAN_BE = frozenset({Reader.AUTHOR, Reader.COUNTERPART, Reader.LINE_ABOVE})
READERS_BY_ROLE = frozenset({Reader.LINE_ABOVE, Reader.HR_PARTNER, Reader.SPECIALIST})


def readable(actor: Actor) -> Q:
    """The condition that the actor may read a review."""
    condition = Q(pk__in=[])
    for (kind, reader), moment in READS.items():
        if actor.is_delegate and reader not in READERS_A_DELEGATE_CAN_BE:
            continue
        if actor.is_delegate and kind == ReviewKind.SELF and reader == Reader.AUTHOR:
            continue
        who = _is(reader, actor)
        if who is not None:
            condition |= Q(kind=kind) & who & _has_come(moment)
    return condition


def _is(reader: Reader, actor: Actor) -> Q | None:
    """The condition that the actor is such a reader of a review; None when they can be none."""
    about_others = ~Q(subject__in=actor.own_ids)
    match reader:
        case Reader.AUTHOR:
            return Q(author=actor.person_id) & (about_others if actor.is_delegate else Q())
        case Reader.SUBJECT:
            return Q(subject=actor.person_id)
        case Reader.COUNTERPART:
            return _writes_the_other(actor) & about_others
        case Reader.LINE_ABOVE:
            below = stands_below(actor.person_id, on=actor.on, person="subject")
            return Q(below) & about_others
        case Reader.HR_PARTNER:
            return _by_role(actor, Role.HR_PARTNER, about_others)
        case Reader.SPECIALIST:
            return _by_role(actor, Role.SPECIALIST, about_others)


def _writes_the_other(actor: Actor) -> Q:
    own = Review.objects.filter(
        participation=OuterRef("participation"), kind=ReviewKind.MANAGER, author=actor.person_id
    )
    return Q(Exists(own))


def _by_role(actor: Actor, role: Role, about_others: Q) -> Q | None:
    """A role opens nothing that the template still hides from who writes the other review."""
    others = about_others & (Q(kind=ReviewKind.MANAGER) | ~_writes_the_other(actor))
    if actor.holds_everywhere(role):
        return others
    units = actor.units_as(role)
    return Q(unit_within(units)) & others if units else None


def _has_come(moment: Moment) -> Q:
    submitted = Q(state=ReviewState.SUBMITTED)
    match moment:
        case Moment.ALWAYS:
            return Q()
        case Moment.SUBMITTED:
            return submitted
        case Moment.BOTH_SUBMITTED:
            return submitted & _other_is_submitted()
        case Moment.RELEASED:
            return submitted & Q(participation__released_at__isnull=False)
        case Moment.AS_THE_TEMPLATE_SAYS:
            shown = "cycle__version__self_shown_to_manager"
            return submitted & (
                Q(**{shown: SelfShownToManager.WHEN_SUBMITTED}) | _other_is_submitted()
            )
        case Moment.NEVER:
            return Q(pk__in=[])


def _other_is_submitted() -> Q:
    other = Review.objects.filter(
        participation=OuterRef("participation"), state=ReviewState.SUBMITTED
    ).exclude(pk=OuterRef("pk"))
    return Q(Exists(other))
