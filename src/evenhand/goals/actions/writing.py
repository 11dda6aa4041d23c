"""A goal in writing: only its author sees it."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.goals.actions.supporting import place_as_said
from evenhand.goals.aligning import lock_with_all_below, rethread
from evenhand.goals.drafts import (
    GoalDraft,
    cleaned,
    draft_of,
    is_the_same,
    plan_of,
    says_the_same,
)
from evenhand.goals.keeping import (
    check_seen,
    keep_version,
    lay_owners,
    lay_parts,
    lock_goal,
    take_plan,
)
from evenhand.goals.kinds import GoalState
from evenhand.goals.limits import rules_in_force
from evenhand.goals.models import Goal
from evenhand.goals.policies import (
    DOES_NOT_WORK_HERE,
    may_bring_back,
    may_discard,
    may_save,
    may_write_goal_for,
)
from evenhand.goals.soundness import may_be_kept
from evenhand.kernel.acting import Actor
from evenhand.kernel.locking import one_at_a_time
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.people.models import Employment, Person, Position, Unit

JUST_NOW = timedelta(minutes=1)
AROUND = ("scope", "local_reason", "rolls_up_from", "share_of_parent", "openness", "unit_id")
FROM = ("library_code", "copied_from_id", "batch_id")

UNIT_UNKNOWN = Verdict(
    "unit_unknown", _("This unit does not exist today. Choose another one."), Ground.WHAT
)


@transaction.atomic
def write_goal(draft: GoalDraft, *, by: Actor, at: datetime) -> Goal:
    """Begin a goal for oneself, or for somebody one leads. Nobody else sees it yet.

    The same words sent twice within a minute are one goal.
    """
    one_at_a_time(f"goals written by {by.person_id}")
    draft = _completed(draft, by)
    _check(draft, by)
    if twin := _sent_just_now(draft, by, at):
        return twin
    goal = Goal(author_id=by.person_id, created_at=at)
    _take(goal, draft, by)
    goal.save()
    _keep(goal, draft, by=by, at=at)
    if draft.parent_id or draft.objective_id:
        place_as_said(goal, draft, by=by)
    record("goal.written", about=goal, by=by, at=at, owner=goal.owner_id)
    return goal


@transaction.atomic
def save_goal(
    goal: Goal, draft: GoalDraft, *, by: Actor, at: datetime, seen: int | None = None
) -> Goal:
    """Write on a draft. What was saved before is kept as a version.

    `seen` is the number of the version the writer had before them: if somebody (also oneself, in
    another window) saved since then, nothing is overwritten.
    """
    if _supports(goal) != _supports(draft):
        lock_with_all_below([goal.pk])
    goal = lock_goal(goal)
    may_save(by, goal).enforce()
    former = draft_of(goal)
    draft = _completed(draft, by)
    if is_the_same(former, draft):
        return goal
    check_seen(goal, seen)
    _check(draft, by)

    _take(goal, draft, by)
    goal.save()
    _keep(goal, draft, by=by, at=at, former=former)
    if _supports(former) != _supports(draft):
        place_as_said(goal, draft, by=by)
    record("goal.saved", about=goal, by=by, at=at)
    return goal


@transaction.atomic
def discard_goal(goal: Goal, *, by: Actor, at: datetime) -> Goal:
    """Put a draft away. Its words are kept, and it can be brought back."""
    return _turn(goal, GoalState.DISCARDED, "goal.discarded", by=by, at=at)


@transaction.atomic
def bring_back_goal(goal: Goal, *, by: Actor, at: datetime) -> Goal:
    """Take a discarded draft out again."""
    return _turn(goal, GoalState.DRAFT, "goal.brought_back", by=by, at=at)


def _turn(goal: Goal, state: GoalState, code: str, *, by: Actor, at: datetime) -> Goal:
    lock_with_all_below([goal.pk])
    goal = lock_goal(goal)
    may_turn = may_discard if state == GoalState.DISCARDED else may_bring_back
    may_turn(by, goal).enforce()
    goal.state = state
    goal.save(update_fields=["state"])
    rethread([goal.pk])
    record(code, about=goal, by=by, at=at)
    return goal


def _supports(written: Goal | GoalDraft) -> tuple[int | None, int | None]:
    return written.parent_id, written.objective_id


def _check(draft: GoalDraft, by: Actor) -> None:
    """Refuse what no goal can be, and what this person cannot write for that one."""
    may_be_kept(draft).enforce()
    people = {
        draft.owner_id,
        *draft.co_owner_ids,
        *(shared.responsible_id for shared in draft.shared_with),
    }
    employed = Employment.objects.on(by.on).filter(person__in=people)
    if set(employed.values_list("person_id", flat=True)) != people:
        raise Refused(DOES_NOT_WORK_HERE)
    may_write_goal_for(by, Person.objects.get(pk=draft.owner_id)).enforce()
    units = {shared.unit_id for shared in draft.shared_with}
    units |= {draft.unit_id} if draft.unit_id else set()
    if Unit.objects.on(by.on).filter(pk__in=units).count() != len(units):
        raise Refused(UNIT_UNKNOWN)


def _take(goal: Goal, draft: GoalDraft, by: Actor) -> None:
    take_plan(goal, draft)
    for name in (*AROUND, *FROM):
        setattr(goal, name, getattr(draft, name))
    goal.owner_id = draft.owner_id


def _completed(draft: GoalDraft, by: Actor) -> GoalDraft:
    """The draft as it is kept: with the usual openness and the owner's unit where none is said."""
    draft = cleaned(draft)
    if not draft.openness:
        draft = replace(draft, openness=rules_in_force().default_openness)
    if draft.unit_id is None:
        positions = Position.objects.on(by.on).filter(person=draft.owner_id)
        draft = replace(draft, unit_id=positions.values_list("unit_id", flat=True).first())
    return draft


def _keep(
    goal: Goal, draft: GoalDraft, *, by: Actor, at: datetime, former: GoalDraft | None = None
) -> None:
    """Whose goal it is and its parts; as a version only if the plan is another one."""
    lay_owners(goal, draft, by=by)
    if former is not None and says_the_same(former, draft):
        return
    lay_parts(goal, draft.parts)
    keep_version(goal, draft_of(goal), by=by, at=at)


def _sent_just_now(draft: GoalDraft, by: Actor, at: datetime) -> Goal | None:
    """The very same draft, if this person began it for that one a moment ago."""
    recent = Goal.objects.filter(
        author=by.person_id,
        owner=draft.owner_id,
        state=GoalState.DRAFT,
        created_at__gte=at - JUST_NOW,
        **plan_of(draft),
    )
    return next((goal for goal in recent if is_the_same(draft_of(goal), draft)), None)
