"""Saying how far a goal is: a value, a confidence, words, and what shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from evenhand.goals.models import CheckIn, Goal, GoalPart
from evenhand.kernel.acting import Actor


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file that somebody brings as evidence."""

    name: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """What shows that a check-in is true: a file, or else a link that begins with http."""

    name: str = ""
    url: str = ""
    file: BroughtFile | None = None


@dataclass(frozen=True, slots=True)
class NewCheckIn:
    """How far a goal, or one part of it, is on a day. A rate has two numbers, others a value.

    Yes is 1 and no is 0; so is a milestone reached or not. Without any value it is a note with a
    confidence. `request` is a key of the sender: what is sent twice under it counts once.
    """

    measured_on: date
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    part: GoalPart | None = None
    confidence: int | None = None
    note: str = ""
    evidence: Sequence[NewEvidence] = ()
    request: str = ""


def check_in(goal: Goal, new: NewCheckIn, *, by: Actor, at: datetime) -> CheckIn:
    """Keep how far a goal is, and work out its score again."""
    raise NotImplementedError


def check_in_parts(
    goal: Goal, news: Sequence[NewCheckIn], *, by: Actor, at: datetime
) -> list[CheckIn]:
    """Keep how far several parts of a goal are, all or none of them."""
    raise NotImplementedError


def correct_check_in(wrong: CheckIn, new: NewCheckIn, *, by: Actor, at: datetime) -> CheckIn:
    """Put another in the place of a wrong one, which stays to be read and counts no more."""
    raise NotImplementedError
