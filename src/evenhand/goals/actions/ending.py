"""How a goal ends, and how it is taken up again."""

from datetime import datetime

from evenhand.goals.models import Goal
from evenhand.kernel.acting import Actor


def close_goal(goal: Goal, word: str, *, by: Actor, at: datetime) -> Goal:
    """Close an agreed goal with a closing word. Its score and how it came about are kept."""
    raise NotImplementedError


def drop_goal(goal: Goal, reason: str, *, by: Actor, at: datetime) -> Goal:
    """Give an agreed goal up. It counts as not reached until another side approves."""
    raise NotImplementedError


def approve_drop(goal: Goal, *, by: Actor, at: datetime) -> Goal:
    """Agree that a goal was dropped. From then on it does not count at all."""
    raise NotImplementedError


def take_up_again(goal: Goal, reason: str, *, by: Actor, at: datetime) -> Goal:
    """Bring a closed or dropped goal back into force, with the plan it had."""
    raise NotImplementedError
