"""What of former goals can be begun anew for another period, and how such a copy looks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from evenhand.goals.drafts import GoalDraft, PartDraft, draft_of
from evenhand.goals.kinds import GoalKind, GoalState, Scope
from evenhand.goals.models import Goal, StrategicObjective
from evenhand.goals.policies import visible_goals
from evenhand.kernel.acting import Actor
from evenhand.people.models import Employment

MOST_COPIES = 20
MOST_YEARS = 10
LEAP_DAY = (2, 29)


def goals_to_copy(actor: Actor, person_id: int) -> QuerySet[Goal]:
    """The goals somebody answers for that are closed, dropped, or whose last day has passed."""
    over = Q(state__in=(GoalState.CLOSED, GoalState.DROPPED)) | Q(
        state=GoalState.ACTIVE, due_on__lt=actor.on
    )
    return visible_goals(actor).filter(over, owner=person_id).order_by("-due_on", "-pk")


def years_until_now(goal: Goal, on: date) -> int:
    """By how many whole years a goal has to move so that its last day is still to come."""
    years = max(1, on.year - goal.due_on.year)
    return years if later(goal.due_on, years) >= on else years + 1


def later(day: date, years: int) -> date:
    """The same day so many years later; from a leap day, the last of February."""
    if (day.month, day.day) == LEAP_DAY:
        return date(day.year + years, 3, 1).replace(month=2, day=28)
    return day.replace(year=day.year + years)


def copy_of(goal: Goal, years: int, on: date) -> GoalDraft:
    """The plan of a former goal for a later period.

    It begins where the former one stands; what to reach this time is left for people to decide.
    """
    draft = draft_of(goal)
    employed = Employment.objects.on(on).filter(person__in=draft.co_owner_ids)
    owners = tuple(employed.order_by("person").values_list("person_id", flat=True))
    return replace(
        draft,
        starts_on=later(draft.starts_on, years),
        due_on=later(draft.due_on, years),
        baseline=_where_it_stands(goal, draft),
        target=None,
        parts=_parts(goal, draft, years),
        unit_id=None,
        openness="",
        scope=Scope.PERSON if draft.scope == Scope.TEAM and not owners else draft.scope,
        co_owner_ids=owners,
        parent_id=None,
        objective_id=_objective_still_held(goal, later(draft.due_on, years)),
        copied_from_id=goal.pk,
        batch_id=None,
    )


def _where_it_stands(goal: Goal, draft: GoalDraft) -> Decimal | None:
    if goal.kind != GoalKind.KPI or goal.actual is None:
        return draft.baseline
    return goal.actual


def _parts(goal: Goal, draft: GoalDraft, years: int) -> tuple[PartDraft, ...]:
    actual = dict(goal.parts.filter(is_in_use=True).values_list("pk", "actual"))
    return tuple(_part(part, actual.get(part.id or 0), years) for part in draft.parts)


def _part(part: PartDraft, actual: Decimal | None, years: int) -> PartDraft:
    moved = replace(part, due_on=later(part.due_on, years) if part.due_on else None, id=None)
    if not part.metric:
        return moved
    return replace(moved, baseline=part.baseline if actual is None else actual, target=None)


def _objective_still_held(goal: Goal, until: date) -> int | None:
    """An objective ends with its period: a copy supports it only if it lasts."""
    if goal.objective_id is None:
        return None
    kept = StrategicObjective.objects.filter(withdrawn_at=None, ends_on__gt=until)
    return kept.filter(pk=goal.objective_id).values_list("pk", flat=True).first()
