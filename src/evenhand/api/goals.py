from dataclasses import fields
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Status

from evenhand.api.goal_schemas import (
    CheckInIn,
    CheckInOut,
    GoalIn,
    GoalOut,
    GoalQuery,
    ObjectiveOut,
    PartOut,
    PersonNamed,
)
from evenhand.api.problems import REFUSALS
from evenhand.api.schemas import ApiRequest, Id, PageOf, PageQuery
from evenhand.goals.actions.beginning import begin_goal
from evenhand.goals.actions.checking_in import NOT_A_PART, NewCheckIn, check_in
from evenhand.goals.drafts import GoalDraft, PartDraft
from evenhand.goals.exporting import goals_seen_today
from evenhand.goals.kinds import Metric
from evenhand.goals.models import CheckIn, Goal, GoalPart, StrategicObjective
from evenhand.goals.policies import words_open_until
from evenhand.goals.queries import pace_of
from evenhand.goals.strategy import visible_objectives
from evenhand.kernel.acting import Actor
from evenhand.kernel.paging import page_of
from evenhand.kernel.verdict import Refused

router = Router()
objective_router = Router()

SAME = tuple(
    name
    for name in GoalOut.model_fields
    if name not in {"owner", "metric", "parts", "parent_id", "weight", "pace"}
)


@router.get("", response={200: PageOf[GoalOut], **REFUSALS}, summary="Goals")
def goals(request: ApiRequest, query: Query[GoalQuery]) -> PageOf[GoalOut]:
    """The goals whose plan may be read today, oldest first."""
    rows = _filtered(_goals(request.auth), query)
    page = page_of(rows, ["id"], cursor=query.cursor, limit=query.limit)
    items = [shown(goal, request.auth) for goal in page.rows]
    return PageOf(items=items, next_cursor=page.next_cursor)


@router.post("", response={201: GoalOut, **REFUSALS}, summary="Write a goal")
def new_goal(request: ApiRequest, sent: GoalIn) -> Status[GoalOut]:
    """Write a goal: a draft, or with a sentence a proposal that the other sides still agree to."""
    goal = begin_goal(_draft(sent), sent.sentence, by=request.auth, at=timezone.now())
    return Status(201, shown(_goals(request.auth).get(pk=goal.pk), request.auth))


@router.get("{goal_id}", response={200: GoalOut, **REFUSALS}, summary="One goal")
def goal(request: ApiRequest, goal_id: Id) -> GoalOut:
    """A goal with its parts and where it stands."""
    return shown(get_object_or_404(_goals(request.auth), pk=goal_id), request.auth)


@router.get(
    "{goal_id}/check-ins",
    response={200: PageOf[CheckInOut], **REFUSALS},
    summary="Check-ins of a goal",
)
def check_ins(request: ApiRequest, goal_id: Id, paging: Query[PageQuery]) -> PageOf[CheckInOut]:
    """Its values over time, by their days; also those that were corrected."""
    found = get_object_or_404(_goals(request.auth), pk=goal_id)
    until = words_open_until(request.auth, found)
    rows = CheckIn.objects.filter(goal=found)
    page = page_of(rows, ["measured_on", "id"], cursor=paging.cursor, limit=paging.limit)
    items = [_check_in(one, until) for one in page.rows]
    return PageOf(items=items, next_cursor=page.next_cursor)


@router.post(
    "{goal_id}/check-ins", response={200: CheckInOut, **REFUSALS}, summary="Say how far a goal is"
)
def new_check_in(request: ApiRequest, goal_id: Id, sent: CheckInIn) -> CheckInOut:
    """Keep how far a goal is. Sent again under the same `request`, it is answered as before."""
    found = get_object_or_404(_goals(request.auth), pk=goal_id)
    new = NewCheckIn(**sent.model_dump(exclude={"part_id"}), part=_part_of(found, sent.part_id))
    kept = check_in(found, new, by=request.auth, at=timezone.now())
    kept.refresh_from_db()
    return _check_in(kept, words_open_until(request.auth, found))


@objective_router.get(
    "", response={200: PageOf[ObjectiveOut], **REFUSALS}, summary="Strategic objectives"
)
def objectives(request: ApiRequest, paging: Query[PageQuery]) -> PageOf[ObjectiveOut]:
    """What the organization and its units want to reach, oldest first; also what has passed."""
    rows = visible_objectives(request.auth).select_related("owner")
    page = page_of(rows, ["id"], cursor=paging.cursor, limit=paging.limit)
    return PageOf(items=[_objective(one) for one in page.rows], next_cursor=page.next_cursor)


def shown(goal: Goal, actor: Actor) -> GoalOut:
    values: dict[str, Any] = {name: getattr(goal, name) for name in SAME}
    return GoalOut(
        **values,
        owner=PersonNamed(id=goal.owner_id, name=goal.owner.name),
        metric=_metric(goal.metric),
        parts=[_part(part) for part in goal.parts.all()],
        parent_id=getattr(goal, "seen_above", None),
        weight=getattr(goal, "weight", None),
        pace=pace_of(goal, actor.on),
    )


def _goals(actor: Actor) -> QuerySet[Goal]:
    in_use = Prefetch("parts", GoalPart.objects.filter(is_in_use=True))
    return goals_seen_today(actor).select_related("owner").prefetch_related(in_use)


def _filtered(rows: QuerySet[Goal], query: GoalQuery) -> QuerySet[Goal]:
    wanted = {
        "owner": query.owner,
        "state": query.state,
        "unit": query.unit,
        "due_on__gte": query.from_on,
        "starts_on__lte": query.until_on,
    }
    return rows.filter(Q(**{name: one for name, one in wanted.items() if one is not None}))


def _draft(sent: GoalIn) -> GoalDraft:
    names = {field.name for field in fields(GoalDraft)} & set(GoalIn.model_fields)
    values = {name: getattr(sent, name) for name in names - {"parts", "metric", "openness"}}
    return GoalDraft(
        **values,
        metric=sent.metric or "",
        openness=sent.openness or "",
        parts=tuple(
            PartDraft(**part.model_dump(exclude={"metric"}), metric=part.metric or "")
            for part in sent.parts
        ),
    )


def _part(part: GoalPart) -> PartOut:
    names = set(PartOut.model_fields) - {"metric"}
    values: dict[str, Any] = {name: getattr(part, name) for name in names}
    return PartOut(**values, metric=_metric(part.metric))


def _metric(value: str) -> Metric | None:
    return Metric(value) if value else None


def _part_of(goal: Goal, part_id: int | None) -> GoalPart | None:
    if part_id is None:
        return None
    part = goal.parts.filter(pk=part_id).first()
    if part is None:
        raise Refused(NOT_A_PART)
    return part


def _check_in(one: CheckIn, until: date | None) -> CheckInOut:
    """The note is among the words, which may be open up to a day only."""
    is_open = until is not None and timezone.localdate(one.at) < until
    names = set(CheckInOut.model_fields) - {"note"}
    values: dict[str, Any] = {name: getattr(one, name) for name in names}
    return CheckInOut(**values, note=one.note if is_open else None)


def _objective(one: StrategicObjective) -> ObjectiveOut:
    names = set(ObjectiveOut.model_fields) - {"owner"}
    values: dict[str, Any] = {name: getattr(one, name) for name in names}
    return ObjectiveOut(**values, owner=PersonNamed(id=one.owner_id, name=one.owner.name))
