"""The texts of reviews, as the two sides and those who sign would write them."""

from collections.abc import Mapping
from random import Random

from evenhand.sample.chances import happens
from evenhand.sample.prose import about, fill, settle
from evenhand.sample.vocabulary import skeletons

SELF, MANAGER = "self_reviews", "manager_reviews"
HIGH, MIDDLE = 4, 3
WEAK_IN_100 = {SELF: 8, MANAGER: 11}


class Writer:
    """One author on one person's year. What is written once is not repeated in the same review."""

    def __init__(self, side: str, facts: Mapping[str, str], pronouns: str, rng: Random) -> None:
        self._skeletons = skeletons(side)
        self._slots = {**facts, **about(pronouns)}
        self._rng = rng
        self._weak = WEAK_IN_100[side]

    def on(self, section: str, rating: int) -> str:
        """What the author writes beside a rating."""
        pool = self._skeletons[section][_band(rating)]
        if rating >= MIDDLE and happens(self._weak, self._rng):
            pool = self._skeletons["weak"][section]
        return self._written(pool)

    def unrated(self, section: str) -> str:
        return self._written(self._skeletons[section]["any"])

    def _written(self, pool: list[str]) -> str:
        return fill(settle(self._rng.choice(pool), self._rng), self._slots)


def _band(rating: int) -> str:
    if rating >= HIGH:
        return "high"
    return "mid" if rating == MIDDLE else "low"


def state(kind: str, facts: Mapping[str, str], pronouns: str, rng: Random) -> str:
    """A short text around a review: signed, declined, reopened, different_overall, ..."""
    pool = skeletons("statements")[kind]
    return fill(settle(rng.choice(pool), rng), {**facts, **about(pronouns)})
