"""A goal written and, with a sentence, proposed at once; for programs and sheets."""

from datetime import datetime

from django.db import transaction

from evenhand.goals.actions.agreeing import propose_goal
from evenhand.goals.actions.writing import JUST_NOW, write_goal
from evenhand.goals.drafts import GoalDraft, cleaned, draft_of, plan_of, says_the_same
from evenhand.goals.kinds import GoalState
from evenhand.goals.models import Goal
from evenhand.kernel.acting import Actor
from evenhand.kernel.locking import one_at_a_time


@transaction.atomic
def begin_goal(draft: GoalDraft, sentence: str, *, by: Actor, at: datetime) -> Goal:
    """Write a goal; where a sentence comes along, propose it, or keep nothing of it.

    The same words sent twice within a minute are one goal.
    """
    one_at_a_time(f"goals written by {by.person_id}")
    if not sentence.strip():
        return write_goal(draft, by=by, at=at)
    if twin := _proposed_just_now(draft, by, at):
        return twin
    return propose_goal(write_goal(draft, by=by, at=at), sentence, by=by, at=at)


def _proposed_just_now(draft: GoalDraft, by: Actor, at: datetime) -> Goal | None:
    recent = Goal.objects.filter(
        author=by.person_id,
        owner=draft.owner_id,
        state__in=(GoalState.PROPOSED, GoalState.ACTIVE),
        created_at__gte=at - JUST_NOW,
        **plan_of(cleaned(draft)),
    )
    return next((goal for goal in recent if says_the_same(draft_of(goal), cleaned(draft))), None)
