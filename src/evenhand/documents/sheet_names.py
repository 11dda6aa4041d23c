"""Names that a workbook accepts for its sheets: short, without certain signs, each only once."""

import re

LONGEST = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
# A spreadsheet keeps this name for itself.
TAKEN = "history"


class SheetNames:
    """Hands out names for the sheets of one workbook."""

    def __init__(self) -> None:
        self.given = {TAKEN}

    def legal(self, wanted: str) -> str:
        """The wanted name as near as a workbook allows it."""
        plain = " ".join(FORBIDDEN.sub(" ", wanted).split()).strip("' ") or "1"
        name, number = plain[:LONGEST].rstrip("' "), 1
        while name.casefold() in self.given:
            number += 1
            ending = f" ({number})"
            name = plain[: LONGEST - len(ending)].rstrip("' ") + ending
        self.given.add(name.casefold())
        return name
