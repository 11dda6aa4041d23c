"""A goal in writing: only its author sees it."""

from datetime import datetime

from evenhand.goals.drafts import GoalDraft
from evenhand.goals.models import Goal
from evenhand.kernel.acting import Actor


def write_goal(draft: GoalDraft, *, by: Actor, at: datetime) -> Goal:
    """Begin a goal for oneself, or for somebody one manages. Nobody else sees it yet."""
    raise NotImplementedError


def save_goal(
    goal: Goal, draft: GoalDraft, *, by: Actor, at: datetime, seen: int | None = None
) -> Goal:
    """Write on a draft. What was saved before is kept as a version.

    `seen` is the number of the version the writer had before them: if somebody (also oneself, in
    another window) saved since then, nothing is overwritten.
    """
    raise NotImplementedError


def discard_goal(goal: Goal, *, by: Actor, at: datetime) -> Goal:
    """Put a draft away. Its words are kept, and it can be brought back."""
    raise NotImplementedError


def bring_back_goal(goal: Goal, *, by: Actor, at: datetime) -> Goal:
    """Take a discarded draft out again."""
    raise NotImplementedError
