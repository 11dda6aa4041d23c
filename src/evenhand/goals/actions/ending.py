"""How a goal ends, and how it is taken up again."""

from datetime import datetime
from typing import Any

from django.db import transaction

from evenhand.audit.actions import record
from evenhand.goals.aligning import lock_with_all_below, rethread
from evenhand.goals.events import GoalClosed, GoalDropApproved, GoalDropped, GoalTakenUp
from evenhand.goals.keeping import lock_goal, lock_people_with_goals
from evenhand.goals.kinds import Ending, GoalState, Side
from evenhand.goals.measuring import measure_goals
from evenhand.goals.models import Goal, GoalEnding
from evenhand.goals.policies import (
    may_approve_drop,
    may_close,
    may_drop,
    may_take_up,
    open_proposal,
)
from evenhand.goals.rolling import roll_up
from evenhand.goals.saying import CLOSING_WORD_MISSING, REASON_MISSING, said
from evenhand.goals.sides import seats_taken_by
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import announce

FIGURES = ("baseline", "target", "low", "high", "tolerance", "actual")
SPEAKS_FIRST = (Side.MANAGER, Side.UNIT, Side.OWNER)


@transaction.atomic
def close_goal(goal: Goal, word: str, *, by: Actor, at: datetime) -> Goal:
    """Close an agreed goal with a closing word. Its score and how it came about are kept."""
    goal = lock_goal(goal)
    may_close(by, goal).enforce()
    word = said(word, CLOSING_WORD_MISSING)
    goal = _end(goal, GoalState.CLOSED, at)
    _keep(goal, Ending.CLOSED, by=by, at=at, reason=word, formula=formula_of(goal))
    record("goal.closed", about=goal, by=by, at=at, score=goal.score)
    announce(GoalClosed(goal.pk, by.person_id))
    return goal


@transaction.atomic
def drop_goal(goal: Goal, reason: str, *, by: Actor, at: datetime) -> Goal:
    """Give an agreed goal up. It counts as not reached until another side approves."""
    lock_with_all_below([goal.pk])
    goal = lock_goal(goal)
    may_drop(by, goal).enforce()
    reason = said(reason, REASON_MISSING)
    side = _side_of(goal, by)
    goal = _end(goal, GoalState.DROPPED, at)
    rethread([goal.pk])
    formula = {**formula_of(goal), **side}
    _keep(goal, Ending.DROPPED, by=by, at=at, reason=reason, formula=formula)
    record("goal.dropped", about=goal, by=by, at=at, **side)
    announce(GoalDropped(goal.pk, by.person_id))
    return goal


@transaction.atomic
def approve_drop(goal: Goal, *, by: Actor, at: datetime) -> Goal:
    """Agree that a goal was dropped. From then on it does not count at all."""
    goal = lock_goal(goal)
    may_approve_drop(by, goal).enforce()
    goal.drop_is_approved = True
    goal.save(update_fields=["drop_is_approved"])
    roll_up([goal.pk])
    _keep(goal, Ending.DROP_APPROVED, by=by, at=at)
    record("goal.drop_approved", about=goal, by=by, at=at)
    announce(GoalDropApproved(goal.pk, by.person_id))
    return goal


@transaction.atomic
def take_up_again(goal: Goal, reason: str, *, by: Actor, at: datetime) -> Goal:
    """Bring a closed or dropped goal back into force, with the plan it had."""
    lock_people_with_goals(goal.owners.values_list("person_id", flat=True))
    lock_with_all_below([goal.pk])
    goal = lock_goal(goal)
    may_take_up(by, goal).enforce()
    reason = said(reason, REASON_MISSING)

    goal.state, goal.ended_at, goal.drop_is_approved = GoalState.ACTIVE, None, False
    goal.save(update_fields=["state", "ended_at", "drop_is_approved"])
    rethread([goal.pk])
    measure_goals([goal.pk])
    roll_up([goal.pk])
    goal.refresh_from_db()
    _keep(goal, Ending.TAKEN_UP, by=by, at=at, reason=reason)
    record("goal.taken_up", about=goal, by=by, at=at)
    announce(GoalTakenUp(goal.pk, by.person_id))
    return goal


def formula_of(goal: Goal) -> dict[str, Any]:
    """What the score of a goal follows from, as plain text: it can be worked out again by hand."""
    figures = {name: _written(getattr(goal, name)) for name in FIGURES}
    parts = goal.parts.filter(is_in_use=True)
    return {
        "kind": goal.kind,
        "metric": goal.metric,
        **figures,
        "parts": [
            {
                "id": part.pk,
                "weight": part.weight,
                "metric": part.metric,
                "baseline": _written(part.baseline),
                "target": _written(part.target),
                "actual": _written(part.actual),
                "score": _written(part.score),
            }
            for part in parts
        ],
        "measured_on": goal.measured_on.isoformat() if goal.measured_on else None,
        "rolls_up_from": goal.rolls_up_from,
        "rolled_score": _written(goal.rolled_score),
        "rolled_coverage": _written(goal.rolled_coverage),
    }


def _end(goal: Goal, state: GoalState, at: datetime) -> Goal:
    """The goal with its last score; what was proposed for it lapses."""
    measure_goals([goal.pk])
    goal.refresh_from_db()
    goal.state, goal.ended_at = state, at
    goal.save(update_fields=["state", "ended_at"])
    roll_up([goal.pk])
    version = open_proposal(goal)
    if version is not None:
        version.ended_at = at
        version.save(update_fields=["ended_at"])
    return goal


def _side_of(goal: Goal, by: Actor) -> dict[str, object]:
    """On which side somebody drops it. Who is both manager and owner does it as the manager."""
    seats = sorted(seats_taken_by(by, goal), key=lambda seat: SPEAKS_FIRST.index(seat.side))
    return {"side": seats[0].side.value, "unit": seats[0].unit_id}


def _keep(goal: Goal, kind: Ending, *, by: Actor, at: datetime, **why: object) -> None:
    GoalEnding.objects.create(
        goal=goal,
        kind=kind,
        raw_score=goal.raw_score,
        score=goal.score,
        by_id=by.person_id,
        delegate_id=by.delegate_id,
        at=at,
        **why,
    )


def _written(value: object) -> str | None:
    return None if value is None else str(value)
