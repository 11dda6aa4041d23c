"""What was released before, so that two releases cannot be subtracted from each other.

A number about a set of persons (a count, a sum, a mean with its n) can be subtracted from a number
of the same measure and period about another set; what is left is about the persons in whom the
two differ. A release is refused where that could be about fewer than k people.

The same persons may be told about twice, and a few of them have changed in between: then the
difference is about those few. So a key may carry the state a person was in (`keys_of`), and a
release that says so (`has_states`) is refused as well where it would tell what fewer than k who
changed have changed to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ratingstats.disclosure.differences import Difference, smallest_difference
from ratingstats.disclosure.rules import Rules

Keys = NDArray[np.int64]
STATE_BITS = 16
STATES = (1 << STATE_BITS) - 1


BESIDE_EARLIER = (
    "Put beside what was released before, it would tell about fewer people than may be told."
)


@dataclass(frozen=True, slots=True, eq=False)
class PersonSet:
    """The persons behind one released number: their keys, sorted, each once, and its name."""

    keys: Keys
    label: str = ""

    @classmethod
    def of(cls, persons: "Iterable[int] | Keys", label: str = "") -> "PersonSet":
        keys = persons if isinstance(persons, np.ndarray) else np.fromiter(persons, np.int64)
        return cls(np.unique(keys.astype(np.int64)), label)

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def digest(self) -> bytes:
        """16 bytes that are the same for the same persons."""
        return blake2b(self.keys.tobytes(), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Release:
    """Numbers about several sets of persons, released together: one measure of one period."""

    measure: str
    period: str
    sets: tuple[PersonSet, ...]
    has_states: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a release may go out; if not, which sets together would tell too much."""

    is_allowed: bool
    reason: str = ""
    sets: tuple[str, ...] = ()
    people: int | None = None


ALLOWED = Answer(is_allowed=True)


class Ledger(Protocol):
    """Remembers what was released; in memory here, in a database elsewhere."""

    def sets(self, measure: str, period: str) -> Sequence[PersonSet]: ...

    def keep(self, release: Release) -> None: ...


class Released:
    """A ledger in memory, for one audit."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], list[PersonSet]] = {}

    def sets(self, measure: str, period: str) -> Sequence[PersonSet]:
        return tuple(self._kept.get((measure, period), ()))

    def keep(self, release: Release) -> None:
        """The same persons released again are nothing new."""
        kept = self._kept.setdefault((release.measure, release.period), [])
        known = {persons.digest for persons in kept}
        for persons in release.sets:
            if persons.digest not in known:
                known.add(persons.digest)
                kept.append(persons)


def keys_of(names: Iterable[str], states: Iterable[str] | None = None) -> Keys:
    """Names of persons as numbers that are the same in every run (BLAKE2b).

    The last 16 bits are for the state a person is in, such as the rating; 0 where none is given.
    """
    persons = _hashed(names) & ~STATES
    return persons if states is None else persons | (_hashed(states) & STATES)


def _hashed(words: Iterable[str]) -> Keys:
    digests = b"".join(blake2b(word.encode(), digest_size=8).digest() for word in words)
    return np.frombuffer(digests, dtype="<i8").astype(np.int64)


def may_release(ledger: Ledger, release: Release, k: int, *, viewer: int | None = None) -> Answer:
    """Whether this, beside all that was released, tells about fewer than k people.

    Refused: a set of fewer than k; a set that differs from a released one, or from a sum of
    released ones, in at least one and fewer than k people (`differences` says what is covered);
    with states, a set that shares with a released one at least one and fewer than k who changed.
    A `viewer` who is one of them knows her own answer and does not count.
    """
    sets = [persons for persons in release.sets if len(persons)]
    known = ledger.sets(release.measure, release.period)
    for persons in sets:
        is_among_them = _is_among(viewer, persons)
        if not Rules(k).is_enough(len(persons), viewer_is_among_them=is_among_them):
            others = len(persons) - is_among_them
            return Answer(
                is_allowed=False,
                reason="Too few people stand behind it.",
                sets=(persons.label,),
                people=others,
            )
    if release.has_states and (changed := _few_changed(known, sets, k)):
        return changed
    found = smallest_difference(
        [persons.keys for persons in (*known, *sets)], len(known), k, viewer=viewer
    )
    return _refused(found, [*known, *sets]) if found else ALLOWED


def release_sets(ledger: Ledger, release: Release, k: int, *, viewer: int | None = None) -> Answer:
    """Ask `may_release`, and keep the release if it may go out."""
    answer = may_release(ledger, release, k, viewer=viewer)
    if answer.is_allowed:
        ledger.keep(release)
    return answer


def _few_changed(known: Sequence[PersonSet], sets: Sequence[PersonSet], k: int) -> Answer | None:
    if not known or not sets:
        return None
    told = np.unique(np.concatenate([persons.keys for persons in known]))
    asked = np.unique(np.concatenate([persons.keys for persons in sets]))
    new = asked[~np.isin(asked, told)]
    changed = new[np.isin(new & ~STATES, told & ~STATES)]
    if not len(changed):
        return None
    before = [np.isin(changed & ~STATES, persons.keys & ~STATES) for persons in known]
    for persons in sets:
        among = np.isin(changed, persons.keys)
        fewest = min((n for told in before if (n := int((among & told).sum()))), default=k)
        if fewest < k:
            return Answer(
                is_allowed=False, reason=BESIDE_EARLIER, sets=(persons.label,), people=fewest
            )
    return None


def _is_among(viewer: int | None, persons: PersonSet) -> bool:
    if viewer is None:
        return False
    place = int(np.searchsorted(persons.keys, viewer))
    return place < len(persons) and int(persons.keys[place]) == viewer


def _refused(found: Difference, sets: Sequence[PersonSet]) -> Answer:
    return Answer(
        is_allowed=False,
        reason=BESIDE_EARLIER,
        sets=tuple(sets[number].label for number in found.sets),
        people=found.people,
    )
