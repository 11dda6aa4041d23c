"""What is no part of the agreed plan: what a goal supports, and who else reads it."""

from dataclasses import asdict, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.goals.aligning import lock_with_all_below, place_goal
from evenhand.goals.drafts import GoalDraft, Support, draft_of
from evenhand.goals.keeping import lock_goal
from evenhand.goals.kinds import GoalState, Openness
from evenhand.goals.models import Goal
from evenhand.goals.policies import may_move_support, may_open, visible_goals
from evenhand.goals.rolling import roll_up
from evenhand.goals.saying import said
from evenhand.goals.soundness import may_be_kept
from evenhand.goals.strategy import visible_objectives
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import Ground, Refused, Verdict

KEPT = ("local_reason", "rolls_up_from", "share_of_parent")

NOT_TO_SUPPORT = Verdict(
    "not_to_support",
    _("What this goal should support has ended, or is not open to you. Choose something else."),
    Ground.WHAT,
)


@transaction.atomic
def change_support(goal: Goal, support: Support, *, by: Actor, at: datetime) -> Goal:
    """Let a goal in force support something else, or count differently there."""
    lock_with_all_below([goal.pk])
    goal = lock_goal(goal)
    may_move_support(by, goal).enforce()
    support = replace(support, local_reason=said(support.local_reason))
    former = _support_of(goal)
    if former == support:
        return goal
    may_be_kept(replace(draft_of(goal), **asdict(support))).enforce()
    for name in KEPT:
        setattr(goal, name, getattr(support, name))
    goal.save(update_fields=KEPT)
    if (former.parent_id, former.objective_id) != (support.parent_id, support.objective_id):
        place_as_said(goal, support, by=by)
    roll_up([goal.pk])
    places = {
        "former_parent": former.parent_id,
        "former_objective": former.objective_id,
        "parent": support.parent_id,
        "objective": support.objective_id,
    }
    record("goal.support_changed", about=goal, by=by, at=at, **places)
    return goal


@transaction.atomic
def open_goal_to(goal: Goal, openness: Openness, *, by: Actor, at: datetime) -> Goal:
    """Let fewer or more people read the plan of a goal in force."""
    goal = lock_goal(goal)
    may_open(by, goal).enforce()
    former = goal.openness
    if former == openness:
        return goal
    may_be_kept(replace(draft_of(goal), openness=openness)).enforce()
    goal.openness = openness
    goal.save(update_fields=["openness"])
    record("goal.openness_changed", about=goal, by=by, at=at, former=former, new=str(openness))
    return goal


def place_as_said(goal: Goal, named: GoalDraft | Support, *, by: Actor) -> None:
    """Place a saved goal below what somebody named, if it is open to them and has not ended."""
    parent = objective = None
    if named.parent_id:
        ended = (GoalState.DROPPED, GoalState.DISCARDED)
        parent = visible_goals(by).exclude(state__in=ended).filter(pk=named.parent_id).first()
    if named.objective_id:
        standing = visible_objectives(by).filter(withdrawn_at=None)
        objective = standing.filter(pk=named.objective_id).first()
    if (named.parent_id and not parent) or (named.objective_id and not objective):
        raise Refused(NOT_TO_SUPPORT)
    place_goal(goal, parent=parent, objective=objective)


def _support_of(goal: Goal) -> Support:
    return Support(
        parent_id=goal.parent_id,
        objective_id=goal.objective_id,
        local_reason=goal.local_reason,
        rolls_up_from=goal.rolls_up_from,
        share_of_parent=goal.share_of_parent,
    )
