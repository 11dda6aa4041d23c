"""How few is too few, and why something is hidden."""

from dataclasses import dataclass
from enum import StrEnum

OPINION_K = 3
USUAL_K = 5
HEALTH_K = 10


class Why(StrEnum):
    """Why a number is hidden; `SHOWN` where it is not.

    Of rates and means nobody says more than `TELLS_TOO_MUCH`: whoever learns that a group is hidden
    because all in it are the same knows about every one of them.
    """

    SHOWN = "shown"
    TOO_FEW = "too_few"
    BY_SUBTRACTION = "by_subtraction"
    TELLS_TOO_MUCH = "tells_too_much"
    NOT_PUBLISHED = "not_published"

    @property
    def reason(self) -> str:
        return REASONS[self]


REASONS = {
    Why.SHOWN: "Shown.",
    Why.TOO_FEW: "Too few people stand behind it.",
    Why.BY_SUBTRACTION: "It would let a hidden number be found by subtraction.",
    Why.TELLS_TOO_MUCH: "By itself or beside others, it would tell too much about a few people.",
    Why.NOT_PUBLISHED: "It is not part of what is published.",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """How secret a release is.

    Anything about fewer than `k` people is hidden; a rate of 0 % or 100 % (a mean at the end of
    its scale) about fewer than `2 k`. What a reader can work out about a hidden count must stay
    at least `max(k, share * count)` wide. Usual k: 3 for opinions, 5 for sensitive traits and
    pay, 10 for health.
    """

    k: int = USUAL_K
    share: float = 0.5

    def __post_init__(self) -> None:
        if self.k < 1 or not 0 <= self.share <= 1:
            msg = f"Give k of at least 1 and a share from 0 to 1, not {self.k} and {self.share}."
            raise ValueError(msg)

    def is_enough(self, n: int, *, viewer_is_among_them: bool = False) -> bool:
        """A reader who is one of the n knows her own answer: only the others protect each other."""
        return n - viewer_is_among_them >= self.k

    def tells_of_each(self, n: int, *, is_all_same: bool) -> bool:
        """A rate of 0 % or 100 % tells about each single one where the group is small."""
        return is_all_same and 0 < n < 2 * self.k

    def width_needed(self, count: float) -> float:
        return max(float(self.k), self.share * count)
