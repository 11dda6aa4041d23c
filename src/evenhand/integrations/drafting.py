"""The changes of one import, gathered person by person, for people to read and for `people`."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

from evenhand.integrations.kinds import ChangeKind, Fact
from evenhand.integrations.people_files.kinds import Records
from evenhand.kernel.periods import FOREVER
from evenhand.people.changes import (
    Away,
    Employed,
    Left,
    NewUnit,
    PeopleChanges,
    PersonDetails,
    Placed,
    Reports,
)
from evenhand.spreadsheets.tables import Problem

# The file names a manager whom nobody can find. Where that is let pass, managers stay as they are.
NOT_FOUND = frozenset({"manager_unknown", "manager_departed"})

# Fact, what it was, what it becomes, and the day from which that holds (empty: for all days).
FactChange = tuple[str, str, str, str]


class Change(NamedTuple):
    """What becomes different about one person or unit, as people read it."""

    kind: ChangeKind
    row: int
    number: str
    name: str
    facts: tuple[FactChange, ...]


@dataclass(slots=True)
class Draft:
    """What is gathered while rows are compared."""

    added: list[PersonDetails] = field(default_factory=list)
    renamed: list[PersonDetails] = field(default_factory=list)
    employed: list[Employed] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    reports: list[Reports] = field(default_factory=list)
    away: list[Away] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    shown: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0

    def changes(self, units: tuple[NewUnit, ...]) -> PeopleChanges:
        kinds = ("added", "renamed", "employed", "placed", "reports", "away", "left")
        return PeopleChanges(units=units, **{kind: tuple(getattr(self, kind)) for kind in kinds})


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that an import would do, and everything that is wrong with its file."""

    on: date
    changes: PeopleChanges
    shown: tuple[Change, ...]
    problems: tuple[Problem, ...]
    records: Records = field(repr=False)
    refused_rows: frozenset[int] = frozenset()
    unchanged: int = 0
    absent: int = 0

    @property
    def is_clean(self) -> bool:
        return not any(problem.is_error for problem in self.problems)

    @property
    def whole_file_is_refused(self) -> bool:
        """Something stands in the way that is not about a row, such as an open question."""
        return any(problem.is_error and problem.row is None for problem in self.problems)

    @property
    def has_changes(self) -> bool:
        return bool(self.shown)

    def counts(self) -> dict[str, int]:
        kinds = Counter(str(change.kind) for change in self.shown)
        errors = sum(problem.is_error for problem in self.problems)
        managers = (p for p in self.problems if p.is_error and p.code in NOT_FOUND)
        return {
            **{str(kind): kinds[str(kind)] for kind in ChangeKind},
            "unchanged": self.unchanged,
            "absent": self.absent,
            "refused": len(self.refused_rows),
            "errors": errors,
            "warnings": len(self.problems) - errors,
            "managers": sum(1 for _problem in managers),
        }

    def digest(self) -> str:
        """Stands for all that the plan shows: the same only while it would do the same."""
        told = sha256(f"{self.unchanged}\n".encode())
        for change in self.shown:
            told.update(repr(tuple(change)).encode())
        return told.hexdigest()


def day(value: date | None) -> str:
    return "" if value is None or value == FOREVER else value.isoformat()


def last_day(ends_on: date | None) -> str:
    """The last day as people name it; nothing while no end is known."""
    known = ends_on is not None and ends_on != FOREVER
    return day(ends_on - timedelta(days=1)) if known and ends_on else ""


def told(fact: Fact, old: str, new: str, on: date | None = None) -> FactChange:
    return fact, old, new, day(on)


def fact_names(facts: Iterable[FactChange]) -> str:
    return f" {' '.join(fact for fact, *_rest in facts)} "[:200]
