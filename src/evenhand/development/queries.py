"""What pages ask of development plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Prefetch, Q, QuerySet

from evenhand.assessments.queries import newest_observed
from evenhand.development.kinds import ActionState, PlanState
from evenhand.development.models import (
    DevelopmentAction,
    DevelopmentPlan,
    PlanAgreement,
    PlanVersion,
)
from evenhand.development.policies import visible_plans, visible_versions
from evenhand.goals.kinds import GoalKind, GoalState
from evenhand.goals.models import Goal
from evenhand.goals.policies import visible_goals
from evenhand.kernel.acting import Actor
from evenhand.kernel.paging import Page, page_of
from evenhand.people.models import Person
from evenhand.people.queries import BY_NAME, people_reporting_to

SENTENCES = Prefetch("agreements", PlanAgreement.objects.select_related("person"))


@dataclass(frozen=True, slots=True)
class Offered:
    """What the newest closed assessment says somebody could write down."""

    strengths: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """Somebody who reports to a manager, with the plan under way if there is one to be seen."""

    person: Person
    plan: DevelopmentPlan | None
    open_actions: int
    next_due_on: date | None


def plans_of(actor: Actor, person_id: int) -> QuerySet[DevelopmentPlan]:
    """The plans of a person that one may read, the newest first."""
    rows = visible_plans(actor).filter(person=person_id)
    return rows.select_related("person").order_by("-created_at", "-pk")


def standing_version(actor: Actor, plan: DevelopmentPlan) -> PlanVersion | None:
    """What both sides have agreed to and now stands."""
    agreed = visible_versions(actor, plan).filter(agreed_at__isnull=False)
    return agreed.prefetch_related("goals", SENTENCES).first()


def version_under_way(actor: Actor, plan: DevelopmentPlan) -> PlanVersion | None:
    """What is proposed, or what one is writing oneself."""
    under_way = visible_versions(actor, plan).filter(agreed_at=None, ended_at=None)
    return under_way.prefetch_related("goals", SENTENCES).first()


def learning_goals(actor: Actor, person_id: int) -> QuerySet[Goal]:
    """The learning goals of a person that can be part of a plan."""
    live = visible_goals(actor).filter(owner=person_id, kind=GoalKind.LEARNING)
    ended = (GoalState.DISCARDED, GoalState.DROPPED)
    return live.exclude(state__in=ended).order_by("outcome", "pk")


def offered(actor: Actor, person_id: int) -> Offered:
    """Strengths and needs by the newest closed assessment, the largest needs first."""
    strengths, needs = [], []
    for one in newest_observed(actor, person_id):
        gap = one.expected_level - (one.observed or 0)
        if gap > 0:
            needs.append((one.weight * gap, one.version.name))
        else:
            strengths.append(one.version.name)
    needs.sort(key=lambda need: (-need[0], need[1]))
    return Offered(tuple(strengths), tuple(name for _weight, name in needs))


def team_plans(actor: Actor, *, cursor: str = "") -> Page[PlanRow]:
    """Who reports to the actor, each with the plan under way."""
    people = people_reporting_to(actor.person_id, on=actor.on).exclude(pk__in=actor.own_ids)
    return page_of(people, BY_NAME, cursor=cursor).shown_as(lambda rows: _rows(actor, rows))


def _rows(actor: Actor, people: Sequence[Person]) -> list[PlanRow]:
    under_way = visible_plans(actor).filter(person__in=people).exclude(state=PlanState.CLOSED)
    plans = {plan.person_id: plan for plan in under_way}
    still_open = DevelopmentAction.objects.filter(plan__in=list(plans.values()))
    counted = {
        row["plan"]: (row["number"], row["next_due_on"])
        for row in still_open.order_by()
        .values("plan")
        .annotate(
            number=Count("pk", filter=Q(state=ActionState.OPEN)),
            next_due_on=Min("due_on", filter=Q(state=ActionState.OPEN)),
        )
    }
    return [
        PlanRow(person, plan, *(counted.get(plan.pk, (0, None)) if plan else (0, None)))
        for person in people
        for plan in [plans.get(person.pk)]
    ]
