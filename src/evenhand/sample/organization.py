"""What an invented organization consists of. People and units point at each other by key."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import TypeVar

from evenhand.kernel.acting import Role
from evenhand.kernel.periods import FOREVER
from evenhand.people.kinds import LineKind
from evenhand.sample.company import Company


class Storey(IntEnum):
    COMPANY = 0
    DIVISION = 1
    DEPARTMENT = 2
    TEAM = 3


@dataclass(frozen=True, slots=True)
class InventedUnit:
    key: int
    code: str
    name: str
    storey: Storey
    parent: int | None
    head: int


@dataclass(frozen=True, slots=True)
class Spell:
    starts_on: date
    ends_on: date = FOREVER


@dataclass(frozen=True, slots=True)
class Post:
    unit: int
    title: str
    job_family: str
    grade: int
    country: str
    city: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Line:
    manager: int
    kind: LineKind
    starts_on: date
    ends_on: date


Dated = TypeVar("Dated", Spell, Post, Line)


def on(spells: Sequence[Dated], day: date) -> Dated | None:
    """The last of several dated things that holds on a day."""
    for spell in reversed(spells):
        if spell.starts_on <= day < spell.ends_on:
            return spell
    return None


@dataclass(frozen=True, slots=True)
class Protected:
    sex: str
    race: str
    born_on: date
    disability: str


@dataclass(frozen=True, slots=True)
class InventedPerson:
    key: int
    number: str
    given_name: str
    family_name: str
    email: str
    pronouns: str
    family_code: str
    employments: tuple[Spell, ...]
    leaves: tuple[Spell, ...]
    posts: tuple[Post, ...]
    managers: tuple[Line, ...]
    matrix_managers: tuple[Line, ...]
    leads: bool
    protected: Protected

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def hired_on(self) -> date:
        """When the present, or last, employment began."""
        return self.employments[-1].starts_on

    @property
    def left_on(self) -> date | None:
        """The first day without employment, unless it goes on."""
        ends_on = self.employments[-1].ends_on
        return None if ends_on == FOREVER else ends_on

    def works_on(self, day: date) -> bool:
        return on(self.employments, day) is not None

    def is_away_on(self, day: date) -> bool:
        return on(self.leaves, day) is not None

    def post_on(self, day: date) -> Post | None:
        return on(self.posts, day)

    def manager_on(self, day: date) -> int | None:
        line = on(self.managers, day)
        return line.manager if line else None


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody to try the sample as. Without a role: an employee or a manager."""

    label: str
    person: int
    role: Role | None
    unit: int | None
    story: str


@dataclass(frozen=True, slots=True)
class Organization:
    company: Company
    today: date
    units: tuple[InventedUnit, ...]
    people: tuple[InventedPerson, ...]
    sign_ins: tuple[SignIn, ...]

    def present(self) -> Iterator[InventedPerson]:
        """Those who work here today."""
        return (person for person in self.people if person.works_on(self.today))

    def reports_of(self, manager: int, day: date) -> list[InventedPerson]:
        return [person for person in self.people if person.manager_on(day) == manager]

    def path_of(self, unit: int) -> tuple[str, ...]:
        """The names of a unit and those above it, from the company down."""
        names: list[str] = []
        at: int | None = unit
        while at is not None:
            names.append(self.units[at].name)
            at = self.units[at].parent
        return tuple(reversed(names))
