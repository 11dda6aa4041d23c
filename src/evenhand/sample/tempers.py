"""How good people are at their work, how they see themselves, and how severe their managers are.

Ratings come from these three, from the luck of the year, and from a scale most of whose use is in
its middle. Nothing else enters, and no protected fact does.
"""

from bisect import bisect
from dataclasses import dataclass
from random import Random

from evenhand.sample.form import RATED, Ask
from evenhand.sample.organization import InventedPerson, Organization

# Where one level ends and the next begins, on a scale whose spread is about one.
CUTS = (-2.1, -1.15, 0.75, 1.85)
SEVERITY, LUCK, ASPECT, SELF_LUCK = 0.38, 0.45, 0.4, 0.5
KIND_TO_ONESELF = 0.3


@dataclass(frozen=True, slots=True)
class Tempers:
    talent: tuple[float, ...]
    leniency: tuple[float, ...]
    modesty: tuple[float, ...]
    diligence: tuple[float, ...]

    @classmethod
    def draw(cls, organization: Organization, rng: Random) -> "Tempers":
        count = len(organization.people)
        return cls(
            talent=tuple(rng.gauss(0, 0.75) for _ in range(count)),
            leniency=tuple(rng.gauss(0, SEVERITY) for _ in range(count)),
            modesty=tuple(rng.gauss(0, 0.4) for _ in range(count)),
            diligence=tuple(rng.betavariate(1.6, 1.5) for _ in range(count)),
        )

    def both_ratings(
        self, subject: InventedPerson, manager: int, rng: Random
    ) -> tuple[dict[Ask, int], dict[Ask, int]]:
        """The self ratings and the manager's: of the same year, seen from two sides."""
        year = self.talent[subject.key] + rng.gauss(0, LUCK)
        own: dict[Ask, int] = {}
        given: dict[Ask, int] = {}
        for ask in RATED:
            shown = year + rng.gauss(0, ASPECT)
            seen = shown + self.leniency[manager]
            felt = shown + KIND_TO_ONESELF - self.modesty[subject.key] + rng.gauss(0, SELF_LUCK)
            own[ask], given[ask] = level(felt), level(seen)
        return own, given


def level(score: float) -> int:
    return bisect(CUTS, score) + 1
