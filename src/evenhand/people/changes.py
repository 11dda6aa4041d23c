"""What is to become different about people and units, said all at once.

People go by their number and units by their code, so that somebody new can be named as a manager.
Every fact holds from a day on, and until a day if one is given; whatever stood on those days gives
way to it. Facts about one person are laid down in the order given.
"""

from dataclasses import dataclass
from datetime import date

from evenhand.kernel.periods import FOREVER
from evenhand.people.models import Person, Unit


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """How a person is called and reached."""

    number: str
    given_name: str
    family_name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class PositionDetails:
    """What a person does, and where."""

    unit: Unit
    title: str = ""
    job_family: str = ""
    grade: str = ""
    country: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Beginning:
    """With what somebody begins to work here on a day."""

    on: date
    position: PositionDetails | None = None
    manager: Person | None = None


@dataclass(frozen=True, slots=True)
class UnitDetails:
    """How a unit is called and in which other it stands; without one it stands at the top."""

    code: str
    name: str
    parent: Unit | None = None


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that did not exist; `parent` is the code of the unit it stands in."""

    code: str
    name: str
    parent: str = ""
    starts_on: date = date(2000, 1, 1)
    ends_on: date = FOREVER


@dataclass(frozen=True, slots=True)
class Employed:
    """That somebody works here. Takes the place of any employment it overlaps."""

    number: str
    starts_on: date
    ends_on: date = FOREVER


@dataclass(frozen=True, slots=True)
class Left:
    """That somebody works here no longer from a day on. Positions, lines and leaves end with it.

    Whoever reported to them, and is not given another manager, reports to the next one above.
    """

    number: str
    on: date


@dataclass(frozen=True, slots=True)
class Placed:
    """The position somebody holds; `unit` is a code."""

    number: str
    unit: str
    starts_on: date
    ends_on: date = FOREVER
    title: str = ""
    job_family: str = ""
    grade: str = ""
    country: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Reports:
    """Whom somebody reports to, by number; to nobody when the number is empty."""

    number: str
    manager: str
    starts_on: date
    ends_on: date = FOREVER
    is_matrix: bool = False


@dataclass(frozen=True, slots=True)
class Away:
    """That somebody is on leave; `is_back` says that from the day on they are not."""

    number: str
    starts_on: date
    ends_on: date = FOREVER
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class PeopleChanges:
    """Everything that one import, or the making of an organization, changes."""

    units: tuple[NewUnit, ...] = ()
    added: tuple[PersonDetails, ...] = ()
    renamed: tuple[PersonDetails, ...] = ()
    employed: tuple[Employed, ...] = ()
    placed: tuple[Placed, ...] = ()
    reports: tuple[Reports, ...] = ()
    away: tuple[Away, ...] = ()
    left: tuple[Left, ...] = ()
