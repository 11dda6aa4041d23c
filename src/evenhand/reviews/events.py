from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CycleLaunchAsked:
    cycle_id: int


@dataclass(frozen=True, slots=True)
class CycleLaunched:
    cycle_id: int


@dataclass(frozen=True, slots=True)
class PersonJoined:
    participation_id: int


@dataclass(frozen=True, slots=True)
class ReviewSubmitted:
    review_id: int


@dataclass(frozen=True, slots=True)
class ReviewReopened:
    review_id: int


@dataclass(frozen=True, slots=True)
class ReviewHandedOver:
    review_id: int
    former_author_id: int


@dataclass(frozen=True, slots=True)
class ReviewAssigned:
    """Somebody was given a review that was nobody's before."""

    review_id: int


@dataclass(frozen=True, slots=True)
class ReviewsReleased:
    cycle_id: int
    released_at: str


@dataclass(frozen=True, slots=True)
class ReviewSignedOff:
    participation_id: int


@dataclass(frozen=True, slots=True)
class RemindersAsked:
    """Authors of these reviews are to be reminded of them."""

    review_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GoalsAskedFor:
    """These people are to be asked to agree on goals for a cycle."""

    cycle_id: int
    person_ids: tuple[int, ...]
