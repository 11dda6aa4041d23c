"""Everybody as they stand in the database, read with few queries to be compared with a file."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from evenhand.integrations.people_files.kinds import KnownPerson
from evenhand.kernel.periods import ALWAYS, FOREVER, DatedQuerySet, holds_on
from evenhand.people.kinds import LineKind
from evenhand.people.models import (
    Employment,
    Leave,
    Person,
    Position,
    ReportingLine,
    Unit,
    UnitPlacement,
)
from evenhand.people.records import POSITION_FACTS


class Stay(NamedTuple):
    """What holds from a day to a day; the end is not part of it."""

    starts_on: date
    ends_on: date
    facts: tuple[Any, ...] = ()


class Known(NamedTuple):
    """A person in the database."""

    pk: int
    number: str
    given_name: str
    family_name: str
    email: str

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


Stays = dict[int, list[Stay]]


@dataclass(slots=True)
class Snapshot:
    """People by number, and what holds for them by key, in order of time."""

    people: dict[str, Known]
    employments: Stays
    positions: Stays
    lines: Stays
    matrix_lines: Stays
    leaves: Stays
    units: list[tuple[int, str, str]]
    parents: dict[int, int]
    closed_codes: frozenset[str] = frozenset()
    by_key: dict[int, Known] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_key = {known.pk: known for known in self.people.values()}

    def elsewhere(self, on: date, *, gone: Iterable[str] = ()) -> list[KnownPerson]:
        """Whom a file may name as a manager. Those in `gone` count as if they had left."""
        yesterday = on - timedelta(days=1)
        left = dict.fromkeys(gone, yesterday)
        return [
            KnownPerson(
                number,
                known.name,
                known.email,
                self._manager(known.pk, on),
                left.get(number) or last_day(self.employments.get(known.pk, ())),
            )
            for number, known in self.people.items()
        ]

    def _manager(self, pk: int, on: date) -> str:
        line = at(self.lines.get(pk, ()), on)
        return self.by_key[line.facts[0]].number if line else ""


def last_day(stays: Iterable[Stay]) -> date | None:
    """The last day of the last employment; somebody who never had one has left long ago."""
    ends_on = max((stay.ends_on for stay in stays), default=None)
    if ends_on is None:
        return ALWAYS
    return None if ends_on == FOREVER else ends_on - timedelta(days=1)


def at(stays: Iterable[Stay], day: date) -> Stay | None:
    for stay in stays:
        if stay.starts_on <= day < stay.ends_on:
            return stay
    return None


def take_snapshot(on: date) -> Snapshot:
    people = Person.objects.order_by().values_list(
        "pk", "number", "given_name", "family_name", "email"
    )
    lines = ReportingLine.objects.all()
    return Snapshot(
        people={row[1]: Known(*row) for row in people.iterator(10_000)},
        employments=_stays(Employment.objects.all()),
        positions=_stays(Position.objects.all(), POSITION_FACTS),
        lines=_stays(lines.filter(kind=LineKind.PRIMARY), ("manager_id",)),
        matrix_lines=_stays(lines.filter(kind=LineKind.MATRIX), ("manager_id",)),
        leaves=_stays(Leave.objects.all()),
        units=list(Unit.objects.on(on).order_by("pk").values_list("pk", "code", "name")),
        parents=dict(UnitPlacement.objects.on(on).order_by().values_list("unit_id", "parent_id")),
        closed_codes=frozenset(
            Unit.objects.exclude(holds_on(on)).order_by().values_list("code", flat=True)
        ),
    )


def _stays(rows: DatedQuerySet[Any], facts: Iterable[str] = ()) -> Stays:
    stays: Stays = defaultdict(list)
    columns = ("person_id", "starts_on", "ends_on", *facts)
    ordered = rows.order_by("person_id", "starts_on", "pk").values_list(*columns)
    for person, starts_on, ends_on, *said in ordered.iterator(10_000):
        stays[person].append(Stay(starts_on, ends_on, tuple(said)))
    return dict(stays)
