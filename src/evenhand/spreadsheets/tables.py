"""What stands in a file, what is wrong with it, and how much of it is looked at."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

MASKED = "•••"
SHOWN_CHARACTERS = 60


class Severity(StrEnum):
    """An error keeps the row out, a warning asks somebody to look."""

    ERROR = "error"
    WARNING = "warning"


class UnusableFile(Exception):
    """The file cannot be read as a table; the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class ProblemEntry(TypedDict):
    """A problem as machines read it."""

    row: int | None
    column: str
    value: str
    code: str
    message: str
    severity: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what to do. Without a row it concerns the whole file."""

    row: int | None
    column: str
    value: str
    code: str
    message: str
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def as_json(self) -> ProblemEntry:
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "code": self.code,
            "message": self.message,
            "severity": self.severity.value,
        }


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is looked at before it is put aside."""

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 500_000_000
    packing_ratio: int = 250
    entries: int = 2_000
    area: int = 30_000_000
    rows: int = 500_000
    columns: int = 1_000
    cell_characters: int = 2_000


@dataclass(frozen=True, slots=True)
class Table:
    """What stands in a file: one line of column names, and rows numbered as the file does."""

    header: tuple[str, ...]
    rows: list[list[str]]
    row_numbers: list[int]
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def column(self, name: str) -> list[str]:
        at = self.header.index(name)
        return [row[at] for row in self.rows]


def shown(value: str) -> str:
    """A value short enough to stand in a sentence."""
    flat = " ".join(value[: SHOWN_CHARACTERS * 4].split())
    return flat if len(flat) <= SHOWN_CHARACTERS else flat[: SHOWN_CHARACTERS - 1] + "…"
