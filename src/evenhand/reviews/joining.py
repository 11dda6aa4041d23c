"""Repairing a running cycle: somebody comes late, somebody has nobody to review them."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.cycles.eligibility import managers_on
from evenhand.cycles.models import Cycle, Participation
from evenhand.cycles.policies import may_decide_about, may_repair
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import announce
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.people.models import Employment, Person, Position
from evenhand.reviews.events import PersonJoined, ReviewAssigned
from evenhand.reviews.kinds import ReviewKind, ReviewState
from evenhand.reviews.making import let_take_part, make_reviews, who_is_asked
from evenhand.reviews.models import Review
from evenhand.reviews.policies import NOT_EMPLOYED, NOT_TO_THE_SUBJECT

NOT_HERE = Verdict(
    "not_here",
    _("Somebody takes part only while they work here, in a unit. Check their dates first."),
    Ground.WHAT,
)
ALREADY_IN = Verdict(
    "already_in",
    _("This person is in the cycle already. If they were taken out, bring them back."),
    Ground.WHEN,
)
HAS_REVIEWER = Verdict(
    "has_reviewer",
    _("Somebody reviews this person already. Hand that review over instead."),
    Ground.WHEN,
)


@transaction.atomic
def add_person_late(cycle: Cycle, person: Person, *, by: Actor, at: datetime) -> Participation:
    """Let somebody join a running cycle, with the unit and the manager of today."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    may_repair(by, cycle).enforce()
    positions = Position.objects.on(by.on).filter(person=person)
    if not positions.exists() or not Employment.objects.on(by.on).filter(person=person).exists():
        raise Refused(NOT_HERE)
    if Participation.objects.filter(cycle=cycle, person=person).exists():
        raise Refused(ALREADY_IN)

    let_take_part(cycle, positions, at)
    make_reviews(cycle, by.on, (person.pk, person.pk))
    participation = Participation.objects.get(cycle=cycle, person=person)
    record("participation.added", about=participation, by=by, at=at)
    announce(PersonJoined(participation.pk))
    return participation


@transaction.atomic
def assign_reviewer(
    participation: Participation, reviewer: Person, *, by: Actor, at: datetime
) -> Review:
    """Give somebody whom nobody reviews an author for the manager review."""
    rows = Participation.objects.select_for_update(of=("self",)).select_related("cycle", "person")
    participation = rows.get(pk=participation.pk)
    may_repair(by, participation.cycle).enforce()
    may_decide_about(by, participation.person_id).enforce()
    if reviewer == participation.person:
        raise Refused(NOT_TO_THE_SUBJECT)
    if not Employment.objects.on(by.on).filter(person=reviewer).exists():
        raise Refused(NOT_EMPLOYED)
    if participation.reviews.filter(kind=ReviewKind.MANAGER).exists():
        raise Refused(HAS_REVIEWER)

    review = Review.objects.create(
        participation=participation,
        cycle=participation.cycle,
        subject=participation.person,
        unit_id=participation.unit_id,
        kind=ReviewKind.MANAGER,
        author=reviewer,
        state=ReviewState.NOT_STARTED,
    )
    record("participation.reviewer_assigned", about=participation, by=by, at=at, to=reviewer.pk)
    announce(ReviewAssigned(review.pk))
    return review


def unreviewed(cycle: Cycle) -> QuerySet[Participation]:
    """Those in the cycle who should have a manager review and have none."""
    parts = Participation.objects.filter(cycle=cycle, withdrawn_at=None)
    if ReviewKind.MANAGER not in who_is_asked(cycle):
        return parts.none()
    manager_review = Review.objects.filter(participation=OuterRef("pk"), kind=ReviewKind.MANAGER)
    return parts.filter(~Exists(manager_review)).select_related("person", "unit")


def of_former_managers(cycle: Cycle, on: date, within: Q | None = None) -> QuerySet[Review]:
    """Reviews in writing whose subject was given another manager since the launch.

    Each carries `manager_id`, the manager of the day. A reviewer chosen on purpose is left alone.
    """
    since = cycle.launched_at.date() if cycle.launched_at else on
    new_lines = managers_on(on).filter(starts_on__gte=since)
    return (
        Review.objects.filter(
            within or Q(),
            cycle=cycle,
            kind=ReviewKind.MANAGER,
            participation__withdrawn_at=None,
            participation__released_at=None,
            subject__lines_to_managers__in=new_lines.values("pk"),
        )
        .exclude(state=ReviewState.SUBMITTED)
        .annotate(manager_id=F("subject__lines_to_managers__manager_id"))
        .exclude(manager_id=F("author_id"))
        .exclude(manager_id=F("subject_id"))
    )
