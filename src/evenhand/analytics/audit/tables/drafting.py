"""What is gathered while a table is turned into ratings: what is wrong, odd or assumed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from evenhand.analytics.audit.tables.cells import each, numbers, word
from evenhand.analytics.audit.tables.columns import UnusableRatings, Wishes, trouble
from evenhand.analytics.audit.tables.grouping import read_days
from evenhand.analytics.audit.tables.roles import is_protected
from evenhand.spreadsheets.tables import MASKED, Problem, Severity, Table, shown

MOST_GATHERED = 1_000

_APART = re.compile(r"[;|\r\n]+")


@dataclass(slots=True)
class Draft:
    """A table on its way to ratings. `on` is the day against which ages are counted."""

    table: Table
    wishes: Wishes
    on: date
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def words(self, name: str) -> list[str]:
        """A column's plain words, empty where nothing is said."""
        return each(self.table.column(name), word)

    def note(self, text: str) -> None:
        if text and text not in self.notes:
            self.notes.append(text)

    def warn(self, code: str, message: str, column: str = "") -> None:
        self.warnings.append(Problem(None, column, "", code, message, Severity.WARNING))

    def refuse(self, code: str, message: str, column: str = "") -> None:
        self.problems.append(trouble(code, message, column))

    def refuse_cells(self, code: str, name: str, rows: Iterable[int], message: str) -> None:
        """Name each cell that cannot be read; `{value}` in the message is what stands there."""
        is_secret = name in self.wishes.columns.groups or is_protected(name)
        column = self.table.column(name)
        place = _("Row %(row)d, column “%(column)s”: ")
        for at in rows:
            if len(self.problems) >= MOST_GATHERED:
                return
            value = MASKED if is_secret else shown(column[at])
            quoted = _("this value") if is_secret else f"“{value}”"
            row = self.table.row_numbers[at]
            told = place % {"row": row, "column": shown(name)} + message.replace("{value}", quoted)
            self.problems.append(Problem(row, name, value, code, told))

    def several_days(self, name: str) -> list[tuple[date, ...]]:
        """The days in each cell of a column, set apart by semicolons, bars or line breaks."""
        cells = self.table.column(name)
        parts = [(at, word(part)) for at, cell in enumerate(cells) for part in _APART.split(cell)]
        days = self.days(name, [bare for _at, bare in parts], rows=[at for at, _bare in parts])
        several: list[list[date]] = [[] for _cell in cells]
        for (at, _bare), day in zip(parts, days, strict=True):
            if day is not None:
                several[at].append(day)
        return [tuple(days) for days in several]

    def days(
        self, name: str, words: Sequence[str], *, rows: Sequence[int] | None = None
    ) -> list[date | None]:
        """The day each word says; `rows` are where they stand, if not one after another."""
        found = read_days(name, words, self.wishes.dates, self.on)
        if found.is_open:
            message = _(
                "In “%(column)s” there are days that could be day first or month first. Please say"
                " which comes first."
            )
            self.refuse("date_order", message % {"column": name}, name)
        elif found.bad:
            message = _("{value} is not a day. Please write it like 2020-02-28 or clear the cell.")
            bad = (at for at, bare in enumerate(words) if bare in found.bad)
            self.refuse_cells("bad_date", name, (rows[at] if rows else at for at in bad), message)
        return found.days

    def amounts(self, name: str, words: Sequence[str]) -> dict[str, float]:
        """What the words of a column of numbers come to; others are told."""
        read = numbers(set(words))
        rows = [at for at, bare in enumerate(words) if bare and bare not in read]
        message = _("{value} is not a number. Please correct it or clear the cell.")
        self.refuse_cells("bad_number", name, rows, message)
        return read

    def give_up_if_refused(self) -> None:
        if self.problems:
            raise UnusableRatings(self.problems)
