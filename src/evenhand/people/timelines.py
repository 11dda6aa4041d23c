"""The dated facts of some people, changed in memory and written at once.

At most one fact of a kind holds for a person on a day. A new one takes its days from those that
stood there: what it covers goes, what it cuts is shortened, what is the same on either side joins.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import Any

from evenhand.kernel.bulk import batches, insert_rows, update_rows
from evenhand.kernel.periods import FOREVER, DatedQuerySet

AT_ONCE = 5_000

Facts = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What holds from a day to a day: the other columns of a row, and its key once stored."""

    starts_on: date
    ends_on: date = FOREVER
    facts: Facts = ()
    pk: int | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day < self.ends_on

    def covers(self, other: "Stretch") -> bool:
        return self.starts_on <= other.starts_on and other.ends_on <= self.ends_on

    def overlaps(self, other: "Stretch") -> bool:
        return self.starts_on < other.ends_on and other.starts_on < self.ends_on

    def same_fact_follows(self, other: "Stretch") -> bool:
        return self.ends_on == other.starts_on and self.facts == other.facts


def lay(stretches: list[Stretch], new: Stretch) -> list[Stretch]:
    """The stretches with a new one laid over them, in order of time."""
    # The same fact said again is the same row, so that saying it twice changes nothing.
    covered = (old.pk for old in stretches if old.facts == new.facts and new.covers(old))
    known = replace(new, pk=next(covered, None))
    return _joined([*clear(stretches, new.starts_on, new.ends_on), known])


def clear(stretches: list[Stretch], starts_on: date, ends_on: date) -> list[Stretch]:
    """The stretches without these days."""
    left: list[Stretch] = []
    for old in stretches:
        if old.ends_on <= starts_on or old.starts_on >= ends_on:
            left.append(old)
            continue
        key = old.pk
        if old.starts_on < starts_on:
            left.append(replace(old, ends_on=starts_on))
            key = None
        if old.ends_on > ends_on:
            left.append(replace(old, starts_on=ends_on, pk=key))
    return left


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for stretch in sorted(stretches, key=attrgetter("starts_on")):
        if joined and joined[-1].same_fact_follows(stretch):
            key = joined[-1].pk or stretch.pk
            joined[-1] = replace(joined[-1], ends_on=stretch.ends_on, pk=key)
        else:
            joined.append(stretch)
    return joined


class Timelines:
    """The stretches of one kind for many people, by person.

    `facts` names the columns beside the dates that tell one stretch from the next, `always` the
    columns that are the same in every row.
    """

    def __init__(
        self,
        rows: DatedQuerySet[Any],
        facts: Sequence[str] = (),
        always: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        self.rows = rows.filter(**always)
        self.facts = tuple(facts)
        self.always = always
        self.by_person: dict[int, list[Stretch]] = {}
        self._stored: dict[int, list[Stretch]] = {}

    def load(self, person_ids: Iterable[int], *, are_new: bool = False) -> None:
        """Read what is stored about these people; nothing is about those who are new."""
        missing = [pk for pk in person_ids if pk not in self.by_person]
        for pk in missing:
            self.by_person[pk] = self._stored[pk] = []
        if are_new:
            return
        columns = ("person_id", "pk", "starts_on", "ends_on", *self.facts)
        for some in batches(missing, AT_ONCE):
            rows = self.rows.filter(person__in=some).order_by("person_id", "starts_on", "pk")
            for pk, found in groupby(rows.values_list(*columns), key=itemgetter(0)):
                stretches = [Stretch(start, end, tuple(f), key) for _, key, start, end, *f in found]
                self.by_person[pk] = self._stored[pk] = stretches

    def lay(self, person_id: int, new: Stretch) -> None:
        self.by_person[person_id] = lay(self.by_person[person_id], new)

    def put_in_place(self, person_id: int, new: Stretch) -> None:
        """Lay a stretch down instead of all that overlap it."""
        apart = [s for s in self.by_person[person_id] if not s.overlaps(new)]
        stood = [s for s in self.by_person[person_id] if s.overlaps(new) and s.facts == new.facts]
        known = replace(new, pk=stood[0].pk if stood else None)
        self.by_person[person_id] = _joined([*apart, known])

    def clear(self, person_id: int, starts_on: date, ends_on: date = FOREVER) -> None:
        self.by_person[person_id] = clear(self.by_person[person_id], starts_on, ends_on)

    def at(self, person_id: int, day: date) -> Stretch | None:
        """What holds for this person on a day."""
        return next((s for s in self.by_person[person_id] if s.holds_on(day)), None)

    def changed(self) -> set[int]:
        """Whose stretches are no longer as they are stored."""
        return {pk for pk, now in self.by_person.items() if now != self._stored[pk]}

    def save(self) -> None:
        """Write what has changed: first what goes, then what ends sooner, at last what is new."""
        gone: list[int] = []
        moved: list[tuple[date, date, int]] = []
        new: list[tuple[Any, ...]] = []
        always = tuple(self.always.values())
        for person_id in self.changed():
            before = {stretch.pk: stretch for stretch in self._stored[person_id]}
            for stretch in self.by_person[person_id]:
                old = before.pop(stretch.pk, None)
                if old is None:
                    new.append((person_id, stretch.starts_on, stretch.ends_on, *stretch.facts))
                elif old != stretch:
                    moved.append((stretch.starts_on, stretch.ends_on, old.pk or 0))
            gone.extend(pk for pk in before if pk)
        for some in batches(gone, AT_ONCE):
            self.rows.filter(pk__in=some).delete()
        moved.sort(key=itemgetter(1))
        update_rows(self.rows.model, ("starts_on", "ends_on"), moved)
        columns = ("person", "starts_on", "ends_on", *self.facts, *self.always)
        insert_rows(self.rows.model, columns, ((*row, *always) for row in new))
