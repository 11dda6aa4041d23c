"""From a file of ratings to a table."""

from pathlib import Path

from evenhand.analytics.audit.tables.roles import RATINGS
from evenhand.spreadsheets import reading
from evenhand.spreadsheets.tables import Limits, Table

# What a reviewer wrote can be long.
LIMITS = Limits(cell_characters=100_000)


def read_table(source: bytes | Path, *, sheet: str = "") -> Table:
    """Read a CSV or Excel file; what cannot be read raises UnusableFile with what to do."""
    return reading.read_table(source, RATINGS, limits=LIMITS, sheet=sheet)
