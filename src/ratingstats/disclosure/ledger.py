"""What was released before, so that two releases cannot be subtracted from each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class PersonSet:
    """A set of persons behind one released number: their keys, sorted, each once."""

    keys: Keys
    label: str = ""

    @classmethod
    def of(cls, persons: "Iterable[int] | Keys", label: str = "") -> "PersonSet":
        keys = persons if isinstance(persons, np.ndarray) else np.fromiter(persons, np.int64)
        return cls(np.unique(keys.astype(np.int64)), label)

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, slots=True)
class Release:
    """Numbers about several sets of persons, released together: one measure of one period."""

    measure: str
    period: str
    sets: tuple[PersonSet, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a release may go out; if not, which set is the trouble, and which one it would be taken from."""

    is_allowed: bool
    reason: str = ""
    blocked: str = ""
    beside: str = ""


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
        self._kept.setdefault((release.measure, release.period), []).extend(release.sets)


def keys_of(names: Iterable[str]) -> Keys:
    """Names of persons as numbers that are the same in every run (the first 8 bytes of BLAKE2b)."""
    raise NotImplementedError


def may_release(ledger: Ledger, release: Release, k: int, *, viewer: int | None = None) -> Answer:
    """Whether fewer than k (other) people could be told apart by putting this beside what was released."""
    raise NotImplementedError


def release_sets(ledger: Ledger, release: Release, k: int, *, viewer: int | None = None) -> Answer:
    """Ask `may_release`, and keep the release if it may go out."""
    raise NotImplementedError
