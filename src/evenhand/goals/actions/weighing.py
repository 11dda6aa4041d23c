"""What the goals of a person weigh, set for all of them at once."""

from collections.abc import Mapping
from datetime import datetime

from evenhand.goals.models import GoalOwner
from evenhand.kernel.acting import Actor
from evenhand.people.models import Person


def weigh_goals(
    person: Person, weights: Mapping[int, int], reason: str, *, by: Actor, at: datetime
) -> list[GoalOwner]:
    """Give all agreed goals of a person their weights, in whole percents that sum to 100.

    `weights` names each goal of the person that is in force now by its number. A reason is needed
    once weights were given before.
    """
    raise NotImplementedError
