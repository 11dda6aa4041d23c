"""Can these questions be answered at all: who rated whom, and what holds together."""

from dataclasses import dataclass

import numpy as np

from evenhand.analytics.audit.ratings import NOT_SAID, Coded, Codes, Ratings
from ratingstats.crossed import Factor, connectedness

ENOUGH_LINKS = 10
FEW_LINKS = 0.10
FEWEST_RATERS_TOGETHER = 3
FEWEST_RATINGS_TOGETHER = 20


@dataclass(frozen=True, slots=True)
class Island:
    """People and raters who are connected with each other and with nobody else."""

    persons: int
    raters: int
    ratings: int

    @property
    def is_comparable(self) -> bool:
        """Whether raters within it may be compared, as far as numbers go."""
        enough_raters = self.raters >= FEWEST_RATERS_TOGETHER
        return enough_raters and self.ratings >= FEWEST_RATINGS_TOGETHER


@dataclass(frozen=True, slots=True)
class DesignAnswers:
    """Who rated whom.

    `raters_per_person` holds how many people have 1, 2, 3 ... different raters; `effective_raters`
    is the harmonic mean of that number over people; `islands` begin with the largest.
    """

    ratings: int
    persons: int
    raters: int
    raters_per_person: tuple[tuple[int, int], ...]
    effective_raters: float
    repeated: int
    islands: tuple[Island, ...]

    @property
    def linked_persons(self) -> int:
        """People with two raters or more: they alone tell a rater from the people rated."""
        return sum(people for raters, people in self.raters_per_person if raters > 1)

    @property
    def one_rater_each(self) -> bool:
        return self.linked_persons == 0

    @property
    def can_separate(self) -> bool:
        """Whether the person and the rater can be told apart at all."""
        return self.linked_persons >= min(ENOUGH_LINKS, self.persons)

    @property
    def barely(self) -> bool:
        return self.can_separate and self.linked_persons < FEW_LINKS * self.persons

    @property
    def is_connected(self) -> bool:
        return len(self.islands) == 1


def measure_design(ratings: Ratings) -> DesignAnswers:
    """Count who rated whom; ratings without a known rater count towards people only."""
    if ratings.rater is None:
        return _without_raters(ratings)
    said = ratings.rater.codes != NOT_SAID
    person, rater = dense(ratings.person.codes[said]), dense(ratings.rater.codes[said])
    if not len(person):
        return _without_raters(ratings)
    pairs = np.unique(person * (rater.max() + 1) + rater)
    raters_each = np.bincount(pairs // (rater.max() + 1))
    how_many, people = np.unique(raters_each, return_counts=True)
    return DesignAnswers(
        ratings=ratings.n,
        persons=_distinct(ratings.person),
        raters=int(rater.max()) + 1,
        raters_per_person=tuple(zip(how_many.tolist(), people.tolist(), strict=True)),
        effective_raters=float(len(raters_each) / np.sum(1 / raters_each)),
        repeated=len(person) - len(pairs),
        islands=_islands(person, rater),
    )


def dense(codes: Codes) -> Codes:
    """The same grouping numbered 0, 1, 2 ... without gaps."""
    inverse: Codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
    return inverse


def _distinct(coded: Coded) -> int:
    return len(np.unique(coded.codes[coded.codes != NOT_SAID]))


def _without_raters(ratings: Ratings) -> DesignAnswers:
    persons = _distinct(ratings.person)
    return DesignAnswers(ratings.n, persons, 0, (), 0.0, ratings.n - persons, ())


def _islands(person: Codes, rater: Codes) -> tuple[Island, ...]:
    rated = Factor("person", person, int(person.max()) + 1)
    found = connectedness(rated, Factor("rater", rater, int(rater.max()) + 1))
    sizes = zip(found.levels_of_a, found.levels_of_b, found.rows, strict=True)
    return tuple(Island(int(persons), int(raters), int(rows)) for persons, raters, rows in sizes)
