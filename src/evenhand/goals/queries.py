from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from evenhand.goals.kinds import Ambition, GoalState, Pace
from evenhand.goals.models import Goal
from evenhand.kernel.acting import Actor
from evenhand.kernel.paging import PAGE, Page
from evenhand.people.models import Person


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal in a list; `goal` comes with its owner and unit. The pace is of a goal in force.

    `weight` is what it weighs for the person whose list it is. `waits_for_me` says that the actor
    has to agree to the proposal that waits.
    """

    goal: Goal
    weight: int | None
    pace: Pace | None
    is_proposed: bool
    waits_for_me: bool

    @property
    def state(self) -> GoalState:
        return GoalState(self.goal.state)


@dataclass(frozen=True, slots=True)
class GoalList:
    """The goals of a person that are not ended, by state; and what they weigh together."""

    drafts: tuple[GoalRow, ...]
    proposed: tuple[GoalRow, ...]
    in_force: tuple[GoalRow, ...]
    weight: int
    needs_weighing: bool
    are_many: bool


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A person who reports to the actor, and how their goals stand, by state and by pace."""

    person: Person
    in_force: int
    proposed: int
    waiting_for_me: int
    closed: int
    on_track: int
    at_risk: int
    off_track: int
    no_data: int
    weight: int
    needs_weighing: bool

    @property
    def has_none(self) -> bool:
        return not self.in_force


@dataclass(frozen=True, slots=True)
class PeriodGoal:
    """An agreed goal of a person in a period, with what a review needs to know of it.

    `score` is the one that counts: 0 for a drop not approved, None for an approved one.
    """

    goal: Goal
    weight: int | None
    score: Decimal | None
    pace: Pace | None

    @property
    def ambition(self) -> Ambition:
        return Ambition(self.goal.ambition)


def my_goals(actor: Actor) -> GoalList:
    """One's own goals that are not ended, and the drafts one wrote for oneself."""
    raise NotImplementedError


def goals_of(actor: Actor, person_id: int) -> GoalList:
    """The goals of somebody that the actor may see and that are not ended."""
    raise NotImplementedError


def ended_goals_of(
    actor: Actor, person_id: int, *, cursor: str = "", limit: int = PAGE
) -> Page[GoalRow]:
    """The closed and dropped goals of somebody that the actor may see, the last ones first."""
    raise NotImplementedError


def drafts_for_others(actor: Actor, *, limit: int = PAGE) -> list[Goal]:
    """What the actor has in writing for other people, the latest first."""
    raise NotImplementedError


def team_goals(actor: Actor, *, cursor: str = "", limit: int = PAGE) -> Page[TeamRow]:
    """Who reports to the actor today, by name, with how their goals stand."""
    raise NotImplementedError


def waiting_for_agreement(actor: Actor) -> QuerySet[Goal]:
    """The goals with a proposal to which the actor has not yet agreed and should."""
    raise NotImplementedError


def drops_to_approve(actor: Actor) -> QuerySet[Goal]:
    """The dropped goals that wait for the actor to approve that."""
    raise NotImplementedError


def without_agreed_goals(
    people: QuerySet[Person], starts_on: date, ends_on: date
) -> QuerySet[Person]:
    """Who among these owns no goal that was agreed and lies in the period, at least in part.

    A goal whose drop was approved does not count; one that was closed does.
    """
    raise NotImplementedError


def goals_of_period(person_id: int, starts_on: date, ends_on: date) -> list[PeriodGoal]:
    """The agreed goals of a person that overlap a period, the first due first.

    Their pace is as of the last day of the period. Ask it only for whom the goals are open.
    """
    raise NotImplementedError
