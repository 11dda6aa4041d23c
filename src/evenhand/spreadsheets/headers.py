"""Finding the row of column names, with titles above it, groups over it or labels below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext as _

from evenhand.spreadsheets.tables import UnusableFile
from evenhand.spreadsheets.vocabulary import Vocabulary
from evenhand.spreadsheets.words import plain

_LOOKED_AT = 20
_SAMPLE = 60
_FEWEST_NAMES = 2
_VALUE = re.compile(r"[\d.,:/\-+%\s]+|\S+@\S+\.\S+|[=+@].*", re.DOTALL)
_LONGEST_NAME = 120

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Heading:
    """The names of the columns, where they stand and where the rows begin."""

    names: tuple[str, ...]
    at: int
    first_row: int
    notes: tuple[str, ...] = ()


def likeness(grid: Sequence[Row], words: Vocabulary) -> tuple[int, int]:
    """How much the first rows look like what is wanted: known column names, then size."""
    return max((_known(row, words) for row in grid), default=0), sum(1 for row in grid if any(row))


def find_heading(grid: Sequence[Row], words: Vocabulary) -> Heading:
    at = _header_at(grid, words)
    if at is None:
        raise UnusableFile(
            code="no_header",
            message=_(
                "We could not find a row with column names. Please put the names (for example"
                " %(names)s) into the first row and try again."
            )
            % {"names": words.example},
        )
    names = _trimmed(grid[at])
    notes: list[str] = []
    above = _group_above(grid, at)
    if above is not None:
        joined = _joined(grid[above], names, words)
        notes.append(
            _("We left out the row of group names above the column names.")
            if joined == names
            else _("The column names stand in two rows. We joined them.")
        )
        names = joined
    first_row = at + 1
    if first_row < len(grid) and _is_second_header(grid[first_row], names, words):
        first_row += 1
        notes.append(_("The column names are given twice. We used the first row of them."))
    if at and above is None and any(map(any, grid[:at])):
        notes.append(_("We left out the lines above the column names."))
    unique, renamed = _unique(names)
    return Heading(unique, at, first_row, (*notes, *renamed))


def _header_at(grid: Sequence[Row], words: Vocabulary) -> int | None:
    sample = [row for row in grid[:_SAMPLE] if _filled(row)]
    if not sample:
        raise UnusableFile(
            code="empty",
            message=_("The file is empty. Please choose the file with your list in it."),
        )
    usual = median(_filled(row) for row in sample)
    candidates = [at for at, row in enumerate(grid[:_LOOKED_AT]) if _could_be_header(row, usual)]
    best = max((_known(grid[at], words) for at in candidates), default=0)
    if best >= _FEWEST_NAMES:
        return next(at for at in candidates if _known(grid[at], words) * 3 >= best * 2)
    return candidates[0] if candidates else None


def _could_be_header(row: Row, usual: float) -> bool:
    filled = [cell for cell in row if cell.strip()]
    values = sum(1 for c in filled if len(c) > _LONGEST_NAME or _VALUE.fullmatch(c.strip()))
    enough = max(min(_FEWEST_NAMES, usual), usual * 0.5)
    return len(filled) >= enough and values * 5 <= len(filled)


def _group_above(grid: Sequence[Row], at: int) -> int | None:
    """A row right above that names groups of columns, not a title of one cell."""
    if at == 0:
        return None
    above = [place for place, cell in enumerate(grid[at - 1]) if cell.strip()]
    return at - 1 if above and above[-1] > 0 else None


def _joined(groups: Row, names: Sequence[str], words: Vocabulary) -> tuple[str, ...]:
    """The group's name before those names that say little without it."""
    plains = [plain(name) for name in names]
    joined: list[str] = []
    group = ""
    for place, name in enumerate(names):
        said = groups[place].strip() if place < len(groups) else ""
        group = said or group
        whole = f"{group} {name}".strip()
        needed = plains.count(plains[place]) > 1 or words.is_certain(whole)
        joined.append(whole if name and needed else name)
    return tuple(joined)


def _is_second_header(row: Row, names: Sequence[str], words: Vocabulary) -> bool:
    filled = _filled(row)
    return filled >= len(names) * 0.5 and _known(row, words) >= max(3, filled * 0.5)


def _unique(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    unique: list[str] = []
    repeated: list[str] = []
    taken: set[str] = set()
    for place, given in enumerate(names, start=1):
        name = given or _("Column %(number)d") % {"number": place}
        if name in taken:
            repeated.append(name)
        count = 2
        base = name
        while name in taken:
            name = f"{base} ({count})"
            count += 1
        taken.add(name)
        unique.append(name)
    if not repeated:
        return tuple(unique), ()
    note = _("Several columns have the same name, so we numbered them: %(names)s.")
    return tuple(unique), (note % {"names": ", ".join(dict.fromkeys(repeated))},)


def _trimmed(row: Row) -> tuple[str, ...]:
    names = [" ".join(cell.split())[:_LONGEST_NAME] for cell in row]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell.strip())


def _known(row: Row, words: Vocabulary) -> int:
    return sum(1 for cell in row if cell.strip() and words.knows(cell))
