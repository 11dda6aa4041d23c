"""What a plan holds, as one value: handed to the actions, kept with each version."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import count

from evenhand.development.kinds import Support
from evenhand.development.models import PlanVersion

MOST_ACTIONS = 20


@dataclass(frozen=True, slots=True)
class ActionPart:
    """Something to be done, with what supports it. A part without a key is new."""

    what: str
    support: str = Support.PRACTICE
    support_words: str = ""
    due_on: date | None = None
    key: str = ""

    @property
    def support_label(self) -> str:
        return str(Support(self.support).label)


@dataclass(frozen=True, slots=True)
class PlanContents:
    starts_on: date
    due_on: date
    strengths: str = ""
    needs: str = ""
    actions: tuple[ActionPart, ...] = ()
    goal_ids: frozenset[int] = frozenset()


def contents_of(version: PlanVersion) -> PlanContents:
    return PlanContents(
        starts_on=version.starts_on,
        due_on=version.due_on,
        strengths=version.strengths,
        needs=version.needs,
        actions=actions_of(version),
        goal_ids=frozenset(goal.pk for goal in version.goals.all()),
    )


def actions_of(version: PlanVersion) -> tuple[ActionPart, ...]:
    rows = json.loads(version.actions) if version.actions else []
    return tuple(ActionPart(**row | {"due_on": date.fromisoformat(row["due_on"])}) for row in rows)


def text_of(actions: Sequence[ActionPart]) -> str:
    """The actions as they are kept, each with a key and a day."""
    return json.dumps([asdict(action) for action in actions], default=str) if actions else ""


def keyed(actions: Sequence[ActionPart], number: int) -> tuple[ActionPart, ...]:
    """The same, each that is new with a key that no action of a former version has."""
    taken = {action.key for action in actions}
    free = (f"{number}-{place}" for place in count(1) if f"{number}-{place}" not in taken)
    return tuple(action if action.key else replace(action, key=next(free)) for action in actions)
