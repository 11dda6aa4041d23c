"""What people write to each other about a goal."""

from datetime import datetime

from evenhand.goals.models import Goal, GoalNote
from evenhand.kernel.acting import Actor


def write_note(goal: Goal, text: str, *, by: Actor, at: datetime) -> GoalNote:
    """Write to the others about a goal. What is written stays."""
    raise NotImplementedError
