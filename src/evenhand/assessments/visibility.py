"""Who reads what of an assessment when: one table, tested cell by cell.

What others say is read by nobody but who wrote it. As a group they stand in the published result of
a closed assessment (see `FEWEST_OTHERS`). Who answered as one of the others never reads the result:
knowing one answer, they would know more of the rest than anybody should.
"""

from enum import Enum

from django.db.models import Exists, OuterRef, Q

from evenhand.assessments.kinds import TAKING_PART, PartState, Source
from evenhand.assessments.models import AssessmentPart
from evenhand.kernel.acting import Actor, Role
from evenhand.people.visibility import stands_below, works_within


class Reader(Enum):
    ASSESSOR = "who writes it"
    SUBJECT = "whom it is about"
    LINE_ABOVE = "managers above the person"
    HR_PARTNER = "HR partner of the person's unit"
    SPECIALIST = "specialist"


class Moment(Enum):
    ALWAYS = "always"
    TOGETHER = "once submitted, and the other of person and manager is in or it is closed"
    NEVER = "never"


READS: dict[tuple[Source, Reader], Moment] = {
    (Source.SELF, Reader.ASSESSOR): Moment.ALWAYS,
    (Source.SELF, Reader.SUBJECT): Moment.ALWAYS,
    (Source.SELF, Reader.LINE_ABOVE): Moment.TOGETHER,
    (Source.SELF, Reader.HR_PARTNER): Moment.TOGETHER,
    (Source.SELF, Reader.SPECIALIST): Moment.TOGETHER,
    (Source.MANAGER, Reader.ASSESSOR): Moment.ALWAYS,
    (Source.MANAGER, Reader.SUBJECT): Moment.TOGETHER,
    (Source.MANAGER, Reader.LINE_ABOVE): Moment.TOGETHER,
    (Source.MANAGER, Reader.HR_PARTNER): Moment.TOGETHER,
    (Source.MANAGER, Reader.SPECIALIST): Moment.TOGETHER,
    (Source.OTHER, Reader.ASSESSOR): Moment.ALWAYS,
    (Source.OTHER, Reader.SUBJECT): Moment.NEVER,
    (Source.OTHER, Reader.LINE_ABOVE): Moment.NEVER,
    (Source.OTHER, Reader.HR_PARTNER): Moment.NEVER,
    (Source.OTHER, Reader.SPECIALIST): Moment.NEVER,
}


def readable(actor: Actor) -> Q:
    """The condition that the actor reads the words and levels of a part."""
    condition = written_by(actor)
    for (source, reader), moment in READS.items():
        if moment != Moment.TOGETHER:
            continue
        who = _is(reader, actor, "assessment__subject")
        if who is not None:
            condition |= Q(source=source) & who & _come_together() & ~_answered_as_other(actor)
    return condition


def written_by(actor: Actor) -> Q:
    """The condition that a part is the actor's to write. A delegate writes the manager's only."""
    own = Q(assessor=actor.person_id) & ~Q(state__in=(PartState.PROPOSED, PartState.LEFT_OUT))
    if actor.is_delegate:
        own &= Q(source=Source.MANAGER) & ~Q(assessment__subject__in=actor.own_ids)
    return own


def result_is_open_to(actor: Actor) -> Q:
    """The condition that the actor reads what comes of an assessment."""
    condition = Q(pk__in=[])
    for reader in (Reader.SUBJECT, Reader.LINE_ABOVE, Reader.HR_PARTNER, Reader.SPECIALIST):
        who = _is(reader, actor, "subject")
        if who is not None:
            condition |= who
    return condition & ~_answered_as_other(actor, assessment="pk")


def is_led_by(actor: Actor, *, subject: str = "subject") -> Q:
    """The condition that the actor stands above the person, or is their specialist."""
    condition = Q(pk__in=[])
    for reader in (Reader.LINE_ABOVE, Reader.SPECIALIST):
        who = _is(reader, actor, subject)
        if who is not None:
            condition |= who
    return condition


def _is(reader: Reader, actor: Actor, subject: str) -> Q | None:
    """The condition that the actor is such a reader; None when they can be none."""
    about_others = ~Q(**{f"{subject}__in": actor.own_ids})
    match reader:
        case Reader.SUBJECT:
            return None if actor.is_delegate else Q(**{subject: actor.person_id})
        case Reader.LINE_ABOVE:
            return Q(stands_below(actor.person_id, on=actor.on, person=subject)) & about_others
        case Reader.HR_PARTNER:
            return _by_role(actor, Role.HR_PARTNER, subject, about_others)
        case Reader.SPECIALIST:
            return _by_role(actor, Role.SPECIALIST, subject, about_others)
        case Reader.ASSESSOR:
            return None


def _by_role(actor: Actor, role: Role, subject: str, about_others: Q) -> Q | None:
    if actor.is_delegate:
        return None
    if actor.holds_everywhere(role):
        return about_others
    units = actor.units_as(role)
    return Q(works_within(units, on=actor.on, person=subject)) & about_others if units else None


def _come_together() -> Q:
    counterpart = AssessmentPart.objects.filter(
        assessment=OuterRef("assessment"),
        source__in=(Source.SELF, Source.MANAGER),
        state=PartState.SUBMITTED,
    ).exclude(pk=OuterRef("pk"))
    return Q(state=PartState.SUBMITTED) & (
        Q(assessment__closed_at__isnull=False) | Q(Exists(counterpart))
    )


def _answered_as_other(actor: Actor, *, assessment: str = "assessment") -> Q:
    own = AssessmentPart.objects.filter(
        assessment=OuterRef(assessment),
        source=Source.OTHER,
        state__in=TAKING_PART,
        assessor__in=actor.own_ids,
    )
    return Q(Exists(own))
