"""Goals are agreed by all sides, each in a sentence, and changed only in the same way."""

from datetime import datetime

from evenhand.goals.drafts import GoalChange
from evenhand.goals.models import Goal
from evenhand.kernel.acting import Actor


def propose_goal(
    goal: Goal, sentence: str, *, by: Actor, at: datetime, seen: int | None = None
) -> Goal:
    """Show a draft to the other sides. Who proposes agrees by proposing.

    `seen` is the number of the version the proposer had before them, if it is known.
    """
    raise NotImplementedError


def propose_change(goal: Goal, change: GoalChange, *, by: Actor, at: datetime) -> Goal:
    """Propose another plan for an agreed goal. The old one stands until all have agreed again."""
    raise NotImplementedError


def agree_to_goal(goal: Goal, sentence: str, *, by: Actor, at: datetime, seen: int) -> Goal:
    """Agree to what is proposed. When all sides have, it stands.

    `seen` is the number of the version that was read: nobody agrees to words that were exchanged
    meanwhile.
    """
    raise NotImplementedError


def send_back_goal(goal: Goal, comment: str, *, by: Actor, at: datetime) -> Goal:
    """Ask for something else than what is proposed, saying what.

    A new goal becomes a draft again; of an agreed one the old plan simply stands.
    """
    raise NotImplementedError


def take_back_proposal(goal: Goal, *, by: Actor, at: datetime) -> Goal:
    """Take back what one proposed, before all have agreed."""
    raise NotImplementedError
