"""Reminding people to say how far their goals are: first the owner, then the manager.

The owner is reminded when a cadence has passed without a check-in, the manager once the grace has
passed as well, each at most once a week for a goal. Nobody is reminded at a weekend, nor of a goal
whose owner was on leave meanwhile: then the cadence begins anew. Goals whose figures another system
brings have check-ins, so nobody is asked for them.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from evenhand.goals.events import CheckInsDue
from evenhand.goals.kinds import GoalState
from evenhand.goals.limits import rules_in_force
from evenhand.goals.models import Goal, GoalReminder
from evenhand.kernel.bulk import insert_select
from evenhand.kernel.events import announce
from evenhand.kernel.locking import one_at_a_time
from evenhand.people.kinds import LineKind
from evenhand.people.models import Employment, Leave, ReportingLine

AGAIN_AFTER = timedelta(days=7)
NOT_AFTER_THE_END = timedelta(days=60)
SATURDAY = 5
COLUMNS = ("goal", "to", "on")


@transaction.atomic
def remind_of_check_ins(at: datetime) -> int:
    """Remind whoever is due today; returns of how many goals. Asked again, it adds nothing."""
    today = timezone.localdate(at)
    if today.weekday() >= SATURDAY:
        return 0
    one_at_a_time("remind of check-ins")
    grace = timedelta(days=rules_in_force().grace_days)
    reminded = 0
    for days in _cadences():
        cadence = timedelta(days=days)
        silent = Goal.objects.filter(cadence_days=days)
        reminded += _remind(owners_to_remind(silent, cadence, today))
        reminded += _remind(managers_to_remind(silent, cadence + grace, today))
    if reminded:
        announce(CheckInsDue(today))
    return reminded


def owners_to_remind(
    goals: QuerySet[Goal], silence: timedelta, today: date
) -> QuerySet[Goal, tuple[int, int | None, date]]:
    """Goals that have been silent for so long, each with its owner and the day."""
    due = _silent(goals, silence, today).filter(_works_here("owner", today))
    fresh = due.exclude(_reminded_lately(OuterRef("owner"), today))
    return fresh.values_list("pk", "owner_id", Value(today, output_field=DateField()))


def managers_to_remind(
    goals: QuerySet[Goal], silence: timedelta, today: date
) -> QuerySet[Goal, tuple[int, int | None, date]]:
    """The same with the manager of the owner, who is neither gone nor away."""
    lines = ReportingLine.objects.on(today).filter(
        _works_here("manager", today), ~_is_away("manager", today), kind=LineKind.PRIMARY
    )
    manager = Subquery(lines.filter(person=OuterRef("owner")).values("manager")[:1])
    due = _silent(goals, silence, today).filter(_works_here("owner", today))
    led = due.annotate(manager_id=manager).filter(manager_id__isnull=False)
    fresh = led.exclude(_reminded_lately(OuterRef("manager_id"), today))
    return fresh.values_list("pk", "manager_id", Value(today, output_field=DateField()))


def _silent(goals: QuerySet[Goal], silence: timedelta, today: date) -> QuerySet[Goal]:
    """Active goals of which nobody said anything for so long, nor was the owner away."""
    since = today - silence
    moment = timezone.make_aware(datetime.combine(since, datetime.min.time()))
    away = Leave.objects.filter(person=OuterRef("owner"), starts_on__lte=today, ends_on__gt=since)
    return goals.filter(
        Q(checked_in_at=None) | Q(checked_in_at__lt=moment),
        ~Exists(away),
        state=GoalState.ACTIVE,
        agreed_at__lt=moment,
        starts_on__lt=since,
        due_on__gte=today - NOT_AFTER_THE_END,
    ).order_by()


def _remind(due: QuerySet[Goal, tuple[int, int | None, date]]) -> int:
    return insert_select(GoalReminder, COLUMNS, due, skip_existing=True)


def _cadences() -> list[int]:
    """The few cadences there are: each is asked for by itself, since days cannot be added there."""
    active = Goal.objects.filter(state=GoalState.ACTIVE).order_by("cadence_days")
    return list(active.values_list("cadence_days", flat=True).distinct())


def _works_here(person: str, today: date) -> Exists:
    return Exists(Employment.objects.on(today).filter(person=OuterRef(person)))


def _is_away(person: str, today: date) -> Exists:
    return Exists(Leave.objects.on(today).filter(person=OuterRef(person)))


def _reminded_lately(to: OuterRef, today: date) -> Exists:
    lately = GoalReminder.objects.filter(goal=OuterRef("pk"), on__gt=today - AGAIN_AFTER)
    return Exists(lately.filter(to=to))
