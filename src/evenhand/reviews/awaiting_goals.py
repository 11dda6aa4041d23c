"""Who in a cycle has no agreed goals for its period, where something waits for them."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.cycles.eligibility import eligible
from evenhand.cycles.kinds import GoalsNeeded
from evenhand.cycles.models import Cycle, GoalsExcuse, Participation
from evenhand.goals.queries import without_agreed_goals
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.events import announce
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.models import Person
from evenhand.people.visibility import unit_within
from evenhand.reviews.events import GoalsAskedFor

NOT_YOURS_TO_ASK = Verdict(
    "not_yours_to_ask",
    _("Only the specialist, or the HR partner of these units, asks people for their goals."),
)
NOTHING_WAITS = Verdict(
    "nothing_waits", _("Nothing in this cycle waits for goals now."), Ground.WHEN
)


def people_without_goals(cycle: Cycle, on: date) -> QuerySet[Person]:
    """Whom the cycle asks and who have no agreed goals in its period, but for the excused."""
    people = eligible(cycle, on) if cycle.is_draft else _participants(cycle)
    excused = GoalsExcuse.objects.filter(cycle=cycle, ended_at=None, person=OuterRef("pk"))
    asked = Person.objects.filter(pk__in=people.order_by().values("pk")).exclude(Exists(excused))
    return without_agreed_goals(asked, cycle.period_starts_on, cycle.period_ends_on)


def people_one_may_name(actor: Actor, cycle: Cycle) -> QuerySet[Person]:
    """Those of them whose names this actor may know: in the units in one's care."""
    lacking = people_without_goals(cycle, actor.on)
    if actor.holds_everywhere(Role.SPECIALIST, Role.HR_PARTNER):
        return lacking
    units = actor.units_as(Role.SPECIALIST, Role.HR_PARTNER)
    inside = Participation.objects.filter(cycle=cycle, person=OuterRef("pk"))
    return lacking.filter(Exists(inside.filter(unit_within(units)))) if units else lacking.none()


def waits_for_goals(cycle: Cycle, person_id: int) -> bool:
    """Whether the review of this person cannot be begun before they have agreed goals."""
    if cycle.goals_needed != GoalsNeeded.REVIEW_WAITS:
        return False
    return people_without_goals(cycle, cycle.period_starts_on).filter(pk=person_id).exists()


def may_ask_for_goals(actor: Actor, cycle: Cycle) -> Verdict:
    """Specialists and HR partners ask people for goals while a launch or a review waits."""
    if not actor.holds(Role.SPECIALIST, Role.HR_PARTNER):
        return NOT_YOURS_TO_ASK
    is_waiting = cycle.goals_needed != GoalsNeeded.NOTHING_WAITS and not cycle.closed_at
    return ALLOWED if is_waiting else NOTHING_WAITS


@transaction.atomic
def ask_people_for_goals(cycle: Cycle, *, by: Actor, at: datetime) -> int:
    """Ask everybody in one's care who lacks agreed goals, once a day; returns how many that are."""
    may_ask_for_goals(by, cycle).enforce()
    people = people_one_may_name(by, cycle)
    asked = tuple(people.order_by("pk").values_list("pk", flat=True))
    if asked:
        record("cycle.goals_asked_of_people", about=cycle, by=by, at=at, people=len(asked))
        announce(GoalsAskedFor(cycle.pk, asked))
    return len(asked)


def _participants(cycle: Cycle) -> QuerySet[Person]:
    taking_part = Participation.objects.filter(cycle=cycle, withdrawn_at=None)
    return Person.objects.filter(Q(pk__in=taking_part.values("person")))
