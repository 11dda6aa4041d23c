"""What goes into the cells of files that people open in a spreadsheet."""

from datetime import date, datetime

Cell = str | int | float | date | datetime | None

# A cell that begins with one of these is a formula to a spreadsheet, whoever wrote it.
BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    bare = text.replace("\0", "")
    return f"'{bare}" if bare.lstrip(" ").startswith(BEGIN_FORMULAS) else bare


def as_text(cell: Cell) -> str:
    """A cell as text that a spreadsheet shows and does not calculate."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return harmless(cell) if isinstance(cell, str) else str(cell)
