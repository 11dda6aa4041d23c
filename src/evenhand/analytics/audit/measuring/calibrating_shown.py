"""Whom calibration may be told about: the groups that the gaps show, and of those the larger.

Of a group of fewer than 2 k even "none came down" would tell about each of them. So size alone
decides, and that a group is hidden says nothing about how it moved.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.analytics.audit.measuring.gaps_left_out import without_the_few
from evenhand.analytics.audit.measuring.gaps_people import Mask, People, only, people_of
from evenhand.analytics.audit.measuring.gaps_results import GapAnswers
from evenhand.analytics.audit.ratings import NOT_SAID, Codes, Numbers, Ratings
from ratingstats.disclosure.ledger import Keys, Ledger, PersonSet, Release, keys_of, release_sets
from ratingstats.groups.designs import Factor

MEASURE = "changes by calibration"
Allowed = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class Moved:
    """The people with a rating before and after, their mean shift, and the rows that are theirs."""

    people: People
    shift: Numbers
    rows: Codes


def moved_people(ratings: Ratings, before: Numbers, fewest: int) -> Moved:
    """Those with both ratings, less the few whom the groups beside everybody would tell about."""
    people, codes = people_of(ratings), ratings.person.codes
    rows = np.flatnonzero(~np.isnan(before) & (codes != NOT_SAID))
    who = np.searchsorted(np.unique(codes[codes != NOT_SAID]), codes[rows])
    n = np.bincount(who, minlength=people.n)
    total = np.bincount(who, ratings.value[rows] - before[rows], people.n)
    kept = without_the_few(only(people, n > 0), fewest)
    is_kept = np.isin(np.array(people.names, dtype=object), np.array(kept.names, dtype=object))
    return Moved(kept, total[is_kept] / n[is_kept], rows[is_kept[who]])


def allowed_by(gaps: GapAnswers) -> Allowed:
    """The groups that the gaps show, by attribute."""
    return {one.name: {group.label for group in one.points} for one in gaps.attributes}


def shown_groups(group: Factor, allowed: Collection[str], k: int) -> Mask:
    """Groups of 2 k or more; all the others together are as many, or nobody."""
    n = np.bincount(group.codes[group.known], minlength=len(group.labels))
    shown = (n >= 2 * k) & np.isin(np.array(group.labels, dtype=object), list(allowed))
    for place in sorted(np.flatnonzero(shown), key=lambda at: (n[at], group.labels[at])):
        if not 0 < n[~shown].sum() < 2 * k:
            break
        shown[place] = False
    return np.asarray(shown, dtype=bool)


@dataclass(frozen=True, slots=True)
class Gate:
    """The ledger, and who the people are in it, each with the rating they have and its change."""

    ledger: Ledger
    keys: Keys
    k: int

    @classmethod
    def of(cls, moved: Moved, ledger: Ledger, k: int) -> "Gate":
        states = (f"{a:.6f} {b:.6f}" for a, b in zip(moved.people.rating, moved.shift, strict=True))
        return cls(ledger, keys_of(moved.people.names, states), k)

    def lets_all_through(self) -> bool:
        return self._enter((PersonSet.of(self.keys, "all"),))

    def lets_through(self, asked: Sequence[tuple[Factor, Mask]]) -> list[tuple[Factor, Mask]]:
        """The attributes that may be told beside all that was; where not all, one by one."""
        if self._enter(tuple(told for one in asked for told in self._sets(*one))):
            return list(asked)
        return [one for one in asked if self._enter(tuple(self._sets(*one)))]

    def _sets(self, group: Factor, shown: Mask) -> list[PersonSet]:
        """The groups, and everybody of known group: beside each group stand all the others."""
        places: list[int] = np.flatnonzero(shown).tolist()
        if not places:
            return []
        sets = [PersonSet.of(self.keys[group.codes == at], group.labels[at]) for at in places]
        return [*sets, PersonSet.of(self.keys[group.known], group.name)]

    def _enter(self, sets: tuple[PersonSet, ...]) -> bool:
        return release_sets(
            self.ledger, Release(MEASURE, "", sets, has_states=True), self.k
        ).is_allowed
