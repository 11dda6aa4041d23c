"""What a planned review consists of. People point at the organization by key."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from evenhand.reviews.kinds import ReviewKind, ReviewState, SignOffDecision
from evenhand.sample.form import Ask


@dataclass(frozen=True, slots=True)
class PlannedAnswer:
    ask: Ask
    saved_at: datetime
    text: str = ""
    rating: int | None = None
    not_rated: bool = False
    choice: str = ""


@dataclass(frozen=True, slots=True)
class PlannedOverall:
    """The overall rating: the weighted one, or one given as a whole with the reason for it."""

    weighted: Decimal
    whole: int | None = None
    reason: str = ""

    @property
    def value(self) -> Decimal:
        return self.weighted if self.whole is None else Decimal(self.whole)


@dataclass(frozen=True, slots=True)
class PlannedReopening:
    """That a review, first submitted at one time, was opened again at another."""

    submitted_at: datetime
    reopened_at: datetime
    reason: str
    former_text: str


@dataclass(frozen=True, slots=True)
class PlannedHandover:
    former_author: int
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedReview:
    kind: ReviewKind
    author: int
    state: ReviewState
    answers: tuple[PlannedAnswer, ...] = ()
    submitted_at: datetime | None = None
    overall: PlannedOverall | None = None
    reopening: PlannedReopening | None = None
    handover: PlannedHandover | None = None


@dataclass(frozen=True, slots=True)
class PlannedSignOff:
    decision: SignOffDecision
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PlannedParticipation:
    """One person in one cycle, with the post held at the launch."""

    person: int
    unit: int
    title: str
    grade: int
    country: str
    joined_at: datetime
    own: PlannedReview
    given: PlannedReview
    withdrawn_at: datetime | None = None
    withdrawn_because: str = ""
    released_at: datetime | None = None
    sign_off: PlannedSignOff | None = None
