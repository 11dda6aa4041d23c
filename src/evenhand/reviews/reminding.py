"""Reminding authors of reviews that are still to be written, each review at most once a day."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import DateField, DateTimeField, Exists, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.cycles.models import Cycle, Stage
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.bulk import insert_select
from evenhand.kernel.events import announce
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.visibility import unit_within
from evenhand.reviews.events import RemindersAsked
from evenhand.reviews.kinds import ReviewState
from evenhand.reviews.models import Reminder, Review
from evenhand.reviews.policies import WRITING_STAGE

NOT_YOURS_TO_REMIND = Verdict(
    "not_yours_to_remind",
    _("Only the specialist, or the HR partner of these units, reminds people of their reviews."),
)
NOT_RUNNING = Verdict(
    "not_running", _("This cycle is not running, so nobody needs a reminder."), Ground.WHEN
)


def may_remind(actor: Actor, cycle: Cycle) -> Verdict:
    """While a cycle runs, specialists and HR partners remind authors, within their units."""
    if not actor.holds(Role.SPECIALIST, Role.HR_PARTNER):
        return NOT_YOURS_TO_REMIND
    return ALLOWED if cycle.is_open else NOT_RUNNING


def to_be_reminded(actor: Actor, cycle: Cycle) -> QuerySet[Review]:
    """Reviews in this actor's care that could be written by now and are not submitted."""
    open_stages = Stage.objects.filter(cycle=cycle, opens_on__lte=actor.on).values_list("kind")
    stages = {kind for (kind,) in open_stages}
    kinds = [kind for kind, stage in WRITING_STAGE.items() if stage in stages]
    return Review.objects.filter(
        _in_care(actor),
        cycle=cycle,
        kind__in=kinds,
        participation__withdrawn_at=None,
        participation__released_at=None,
    ).exclude(state=ReviewState.SUBMITTED)


@transaction.atomic
def remind(cycle: Cycle, reviews: QuerySet[Review], *, by: Actor, at: datetime) -> int:
    """Remind the authors of those among these reviews that need it; returns of how many."""
    may_remind(by, cycle).enforce()
    due = to_be_reminded(by, cycle).filter(pk__in=reviews.order_by().values("pk"))
    today = by.on
    fresh = due.exclude(_reminded_on(today)).order_by()
    rows = fresh.values_list(
        "pk",
        Value(today, output_field=DateField()),
        Value(by.person_id),
        Value(at, output_field=DateTimeField()),
    )
    reminded = insert_select(Reminder, ("review", "on", "by_id", "at"), rows, skip_existing=True)
    if reminded:
        of_now = Reminder.objects.filter(on=today, at=at, by_id=by.person_id, review__cycle=cycle)
        record("cycle.reminded", about=cycle, by=by, at=at, reviews=reminded)
        announce(RemindersAsked(tuple(of_now.values_list("review_id", flat=True))))
    return reminded


def _in_care(actor: Actor) -> Q:
    if actor.holds_everywhere(Role.SPECIALIST, Role.HR_PARTNER):
        return Q()
    return Q(unit_within(actor.units_as(Role.SPECIALIST, Role.HR_PARTNER)))


def _reminded_on(day: date) -> Exists:
    return Exists(Reminder.objects.filter(review=OuterRef("pk"), on=day))
