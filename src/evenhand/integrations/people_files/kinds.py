from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from evenhand.people.columns import UNIT_LEVELS, Field
from evenhand.spreadsheets.tables import Problem

DATES = frozenset(
    {
        Field.HIRED_ON,
        Field.LEFT_ON,
        Field.POSITION_SINCE,
        Field.LEAVE_FROM,
        Field.LEAVE_TO,
        Field.BIRTH_ON,
    }
)
UNITS = frozenset({Field.UNIT_NAME, Field.UNIT_CODE, Field.UNIT_PATH, *UNIT_LEVELS})
MANAGERS = frozenset({Field.MANAGER_NUMBER, Field.MANAGER_NAME, Field.MANAGER_EMAIL})


class Status(StrEnum):
    """How somebody stands today, as far as the file says."""

    ACTIVE = "active"
    ON_LEAVE = "on_leave"
    LEFT = "left"


class ManagerNotFound(StrEnum):
    """What becomes of a row whose manager is unknown or has left."""

    REFUSE = "refuse"
    LEAVE_EMPTY = "leave_empty"


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer to a question."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can decide. A blocking one has to be answered before reading on."""

    code: str
    column: str
    field: Field
    message: str
    choices: tuple[Choice, ...]
    examples: tuple[str, ...] = ()
    suggested: str = ""
    is_blocking: bool = True


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What one row says about one person. None where the file has no such column."""

    row: int
    number: str
    given_name: str | None = None
    family_name: str | None = None
    email: str | None = None
    manager_number: str | None = None
    manager_name: str | None = None
    manager_email: str | None = None
    matrix_manager_number: str | None = None
    unit_path: tuple[str, ...] | None = None
    unit_code: str | None = None
    title: str | None = None
    grade: str | None = None
    job_family: str | None = None
    country: str | None = None
    location: str | None = None
    hired_on: date | None = None
    left_on: date | None = None
    position_since: date | None = None
    status: Status | None = None
    leave_from: date | None = None
    leave_to: date | None = None

    @property
    def name(self) -> str:
        return f"{self.given_name or ''} {self.family_name or ''}".strip()

    def has_left(self, on: date) -> bool:
        """The date, which is the last day, is believed before a word of status."""
        if self.left_on is not None:
            return self.left_on < on
        return self.status is Status.LEFT


@dataclass(frozen=True, slots=True)
class ProtectedRow:
    """Protected facts of one person, kept apart and never shown."""

    row: int
    number: str = field(repr=False)
    sex: str | None = field(default=None, repr=False)
    race: str | None = field(default=None, repr=False)
    birth_on: date | None = field(default=None, repr=False)
    disability: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody whom the file may name although no row of it is theirs."""

    number: str
    name: str
    email: str = ""
    manager_number: str = ""
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """All that a file says about people, and all that is wrong with it."""

    people: tuple[PersonRow, ...]
    protected: tuple[ProtectedRow, ...] = field(repr=False)
    problems: tuple[Problem, ...] = ()
    refused_rows: frozenset[int] = frozenset()
    said: frozenset[Field] = frozenset()

    @property
    def is_clean(self) -> bool:
        return not any(problem.is_error for problem in self.problems)
