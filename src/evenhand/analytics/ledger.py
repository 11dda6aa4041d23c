"""What audits of a cycle have told so far, kept where the next audit asks for it.

The statistics know people by a number made of their names and of the state they are in; here the
names give way to the people's keys, so that somebody who changes their name stays the same.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from evenhand.analytics.members import members_of, persons_of, seal, unseal
from evenhand.analytics.models import RatingAudit, ReleasedSet
from evenhand.analytics.policies import TOLD_MEANWHILE
from evenhand.analytics.published import everybody_in
from evenhand.cycles.models import Cycle
from evenhand.kernel.locking import one_at_a_time
from evenhand.kernel.verdict import Refused
from ratingstats.disclosure.ledger import STATES, PersonSet, Release, keys_of

Keys = NDArray[np.int64]


class CycleLedger:
    """The ledger of one cycle. What one audit releases is stored together with it, by `store`.

    `people` gives the key of each person by the name under which the statistics know them.
    """

    def __init__(self, cycle: Cycle, people: Mapping[str, int]) -> None:
        self._cycle = cycle
        made, persons = keys_of(people), np.fromiter(people.values(), np.int64, len(people))
        by_made, by_person = np.argsort(made), np.argsort(persons)
        self._made, self._person_of_made = made[by_made], persons[by_made]
        self._persons, self._made_of_person = persons[by_person], made[by_person]
        self._stored: dict[str, list[PersonSet]] = {}
        self._new: dict[str, dict[bytes, PersonSet]] = {}
        self._before = self._told()

    def sets(self, measure: str, period: str) -> Sequence[PersonSet]:
        """All that was told of a measure in this cycle; the period is the cycle's."""
        del period
        if measure not in self._stored:
            rows = ReleasedSet.objects.filter(cycle=self._cycle, measure=measure).order_by("pk")
            self._stored[measure] = [
                PersonSet.of(self._made_for(unseal(row.members)))
                for row in rows.iterator(chunk_size=100)
            ]
        return (*self._stored[measure], *self._new.get(measure, {}).values())

    def keep(self, release: Release) -> None:
        known = {one.digest for one in self.sets(release.measure, release.period)}
        new = self._new.setdefault(release.measure, {})
        for persons in release.sets:
            if persons.digest not in known:
                new[persons.digest] = persons

    def store(self, audit: RatingAudit, everybody: PersonSet) -> int:
        """Write down what was told, and of whom all in all; returns how many sets that was.

        Refused where another audit has told something meanwhile: the two were never compared.
        """
        one_at_a_time(f"analytics.ledger.{self._cycle.pk}")
        if self._told() != self._before:
            raise Refused(TOLD_MEANWHILE)
        rows = [
            self._row(audit, measure, persons)
            for measure, sets in self._new.items()
            for persons in sets.values()
        ]
        whole = self._row(audit, everybody_in(audit), everybody)
        ReleasedSet.objects.bulk_create([*rows, whole], batch_size=100)
        return len(rows)

    def _told(self) -> int:
        return ReleasedSet.objects.filter(cycle=self._cycle).count()

    def _row(self, audit: RatingAudit, measure: str, persons: PersonSet) -> ReleasedSet:
        people = self._person_of_made[np.searchsorted(self._made, persons.keys & ~STATES)]
        members = PersonSet.of(members_of(people, persons.keys & STATES))
        return ReleasedSet(
            audit=audit,
            cycle=self._cycle,
            measure=measure,
            digest=members.digest.hex(),
            people=len(members),
            members=seal(members.keys),
        )

    def _made_for(self, members: Keys) -> Keys:
        """Who is no longer among the people is still somebody: no name makes a small negative."""
        if not len(self._persons):
            return -members
        persons, states = persons_of(members), members & STATES
        place = np.minimum(np.searchsorted(self._persons, persons), len(self._persons) - 1)
        made = self._made_of_person[place] | states
        return np.where(self._persons[place] == persons, made, -members)
