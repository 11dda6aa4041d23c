"""From a file of people to a table."""

from pathlib import Path

from evenhand.people.columns import CERTAIN, PROTECTED, meaning
from evenhand.spreadsheets import reading
from evenhand.spreadsheets.tables import Limits, Table
from evenhand.spreadsheets.vocabulary import Vocabulary

LIMITS = Limits()


def read_table(source: bytes | Path, *, limits: Limits = LIMITS, sheet: str = "") -> Table:
    """Read a CSV or Excel file; what cannot be read raises UnusableFile with what to do."""
    return reading.read_table(source, PEOPLE, limits=limits, sheet=sheet)


def _knows(name: str) -> bool:
    return meaning(name) is not None


def _is_certain(name: str) -> bool:
    said = meaning(name)
    return said is not None and said[1] == CERTAIN


def _is_protected(name: str) -> bool:
    said = meaning(name)
    return said is not None and said[0] in PROTECTED


PEOPLE = Vocabulary(_knows, _is_certain, _is_protected, "Employee ID, First name, Last name")
