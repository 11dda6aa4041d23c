from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class GoalProposed:
    """A goal, or a change of one, waits for the other sides to agree."""

    goal_id: int
    version_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class GoalAgreed:
    """All sides have agreed: the plan of this version stands from now on."""

    goal_id: int
    version_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class GoalSentBack:
    """Somebody asks for something else than what was proposed, and says what."""

    goal_id: int
    version_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class GoalClosed:
    goal_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class GoalDropped:
    """A side gave a goal up; it counts as not reached until another side approves."""

    goal_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class GoalDropApproved:
    goal_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class GoalTakenUp:
    """A closed or dropped goal is in force again."""

    goal_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class GoalsWeighed:
    """The weights of a person's goals were set or changed."""

    person_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class GoalCheckedIn:
    goal_id: int
    check_in_id: int


@dataclass(frozen=True, slots=True)
class GoalsGiven:
    """One goal was given to many people, each of whom still agrees."""

    batch_id: int


@dataclass(frozen=True, slots=True)
class GoalsMoved:
    """Somebody came to another manager, and these goals came with them."""

    person_id: int
    manager_id: int
    goal_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CheckInsDue:
    """People were found, on this day, whom to remind of goals."""

    on: date
