"""How a number wants to be shown in a workbook, read from how its text shows it."""

import re
from collections.abc import Iterable

from evenhand.analytics.report import Cell
from evenhand.spreadsheets.cells import harmless

# A sign, digits in groups or a bare decimal point, perhaps a percent sign: a number and no more.
NUMBER = re.compile(
    r"(?P<sign>[+\-\N{MINUS SIGN}]?)(?P<whole>\d[\d,\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]*)?"
    r"(?:\.(?P<decimals>\d+))?\s?(?P<percent>%?)"
)
# A number with its interval begins with a sign and is still no formula.
SIGNED_NUMBER = re.compile(r"[+\-]\d[\d.,]*%?( \([^A-Za-z=@|]*\))?")
GENERAL = "General"


def is_number_only(text: str) -> bool:
    """Whether the text says a number and nothing beside it, so that the number can stand for it."""
    found = NUMBER.fullmatch(text.strip())
    return found is not None and bool(found["whole"] or found["decimals"])


def kept_harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula; a signed number is none."""
    return text if SIGNED_NUMBER.fullmatch(text) else harmless(text)


def format_of(cell: Cell) -> str:
    """The number format that makes a spreadsheet show the cell's number like its text."""
    found = NUMBER.match(cell.text.strip())
    if cell.number is None or found is None or not (found["whole"] or found["decimals"]):
        return GENERAL
    decimals = len(found["decimals"] or "")
    digits = ("#,##0" if "," in (found["whole"] or "") else "0") + ("." + "0" * decimals) * (
        decimals > 0
    )
    digits += _percent(cell.number, found) if found["percent"] else ""
    return f"+{digits};\N{MINUS SIGN}{digits};{digits}" if found["sign"] == "+" else digits


def wide_enough(texts: Iterable[str]) -> int:
    """The width of a column that holds these texts, within reason."""
    least, most = 8, 60
    longest = max((len(text) for text in texts), default=least)
    return min(most, max(least, longest + 2))


def _percent(number: float, found: "re.Match[str]") -> str:
    """A share of one is shown times 100; one that counts percent only gets the sign."""
    shown = float((found["whole"] or "0").replace(",", "") + "." + (found["decimals"] or "0"))
    is_share = abs(abs(number) * 100 - shown) <= abs(abs(number) - shown)
    return "%" if is_share else '"%"'
