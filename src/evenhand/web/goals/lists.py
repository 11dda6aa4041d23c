"""Goals in a list, with what each says beside its name."""

from dataclasses import dataclass
from datetime import date

from evenhand.goals.kinds import Pace
from evenhand.goals.models import Goal
from evenhand.goals.queries import GoalList, GoalRow
from evenhand.goals.wording import is_activity
from evenhand.web.goals.telling import next_check_in_on

TONES = {
    Pace.ON_TRACK: "good",
    Pace.AT_RISK: "warn",
    Pace.OFF_TRACK: "bad",
    Pace.NO_DATA: "",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A goal in force in a list."""

    row: GoalRow
    tone: str
    next_check_in_on: date

    @property
    def goal(self) -> Goal:
        return self.row.goal


@dataclass(frozen=True, slots=True)
class Lists:
    """The goals of a person, those that wait for the reader first."""

    waiting_for_me: tuple[GoalRow, ...]
    proposed: tuple[GoalRow, ...]
    drafts: tuple[GoalRow, ...]
    in_force: tuple[Listed, ...]
    whole: GoalList

    @property
    def are_activities(self) -> bool:
        """Whether there are several goals, and every one says what somebody does."""
        outcomes = [item.goal.outcome for item in self.in_force]
        return len(outcomes) > 1 and all(is_activity(outcome) for outcome in outcomes)

    @property
    def is_empty(self) -> bool:
        return not (self.waiting_for_me or self.proposed or self.drafts or self.in_force)


def listed(goals: GoalList) -> Lists:
    everything = (*goals.proposed, *goals.in_force)
    return Lists(
        waiting_for_me=tuple(row for row in everything if row.waits_for_me),
        proposed=tuple(row for row in goals.proposed if not row.waits_for_me),
        drafts=goals.drafts,
        in_force=tuple(_listed(row) for row in goals.in_force),
        whole=goals,
    )


def _listed(row: GoalRow) -> Listed:
    tone = TONES[row.pace] if row.pace else ""
    return Listed(row, tone, next_check_in_on(row.goal))
