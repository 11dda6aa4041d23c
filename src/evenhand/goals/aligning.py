"""What a goal supports: a goal above it, or a strategic objective; never itself in a circle.

Each goal keeps how deep it stands (`depth`, the first of a chain is 1) and the objective at the top
of its chain (`top_objective`); a goal that was dropped or discarded breaks the chain for those
below it.
"""

from collections.abc import Iterable

from evenhand.goals.models import Goal, StrategicObjective


def lock_with_all_below(goal_ids: Iterable[int]) -> None:
    """Lock goals and everything below them, for changing what they support, or ending them.

    Call it first in the transaction, before any goal is locked: otherwise two people who change
    goals of one chain at once could wait for each other.
    """
    raise NotImplementedError


def place_goal(goal: Goal, *, parent: Goal | None, objective: StrategicObjective | None) -> None:
    """Let a saved goal support another one, an objective, or nothing.

    Call it in the transaction, after the policy. A circle and a chain of more than 8 goals are
    refused. Depth and objective of the goal and of all below it are brought up to date, and what
    is rolled up above the old and the new place; the goal at hand carries the new values.
    """
    raise NotImplementedError


def rethread(goal_ids: Iterable[int]) -> None:
    """Bring depth and objective of these goals and of all below them up to date.

    Call it in the transaction that drops, discards or takes up a goal, after the change is saved.
    """
    raise NotImplementedError
