"""What people write to each other about a goal."""

from datetime import datetime

from django.db import transaction

from evenhand.audit.actions import record
from evenhand.goals.keeping import lock_goal
from evenhand.goals.models import Goal, GoalNote
from evenhand.goals.policies import may_comment, open_proposal
from evenhand.goals.saying import NOTHING_WRITTEN, said
from evenhand.kernel.acting import Actor


@transaction.atomic
def write_note(goal: Goal, text: str, *, by: Actor, at: datetime) -> GoalNote:
    """Write to the others about a goal. What is written stays.

    The very same words sent again right after are one note.
    """
    goal = lock_goal(goal)
    may_comment(by, goal).enforce()
    text = said(text, NOTHING_WRITTEN)
    last = goal.notes.order_by("-at", "-pk").first()
    if last is not None and (last.author_id, last.text) == (by.person_id, text):
        return last
    note = GoalNote.objects.create(
        goal=goal,
        version=open_proposal(goal),
        text=text,
        author_id=by.person_id,
        delegate_id=by.delegate_id,
        at=at,
    )
    record("goal.note_written", about=goal, by=by, at=at)
    return note
