"""What the columns of a table look like: how many different words, and whether they are levels."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from evenhand.analytics.audit.tables.cells import each, is_not_rated, numbers, word
from evenhand.analytics.audit.tables.columns import UnusableRatings
from evenhand.analytics.audit.tables.roles import Role, is_code, role_of
from evenhand.analytics.audit.tables.scales import Reader, reader_for
from evenhand.people.columns import POSSIBLE
from evenhand.spreadsheets.tables import Table
from evenhand.spreadsheets.words import plain

_FEW_LEVELS = 21
_MANY = 20
_SERIES = re.compile(r"(.*?)[\s_.\-]*(\d{1,3})")


@dataclass(slots=True)
class Sight:
    """A table's columns in plain words, each read when it is first looked at."""

    table: Table
    _words: dict[str, list[str]] = field(default_factory=dict)

    def words(self, name: str) -> list[str]:
        if name not in self._words:
            column = each(self.table.column(name), word)
            self._words[name] = each(column, lambda bare: "" if is_not_rated(bare) else bare)
        return self._words[name]

    def distinct(self, name: str) -> set[str]:
        return set(self.words(name)) - {""}

    def named(self, role: Role, least: int = POSSIBLE) -> list[tuple[str, int]]:
        """The columns that their names give this role, surest first, and how sure each is."""
        said = [(name, role_of(name)) for name in self.table.header]
        fitting = [(name, f[1]) for name, f in said if f and f[0] is role and f[1] >= least]
        return sorted(fitting, key=lambda pair: -pair[1])

    def levels(self, name: str) -> int:
        """How many levels a column of ratings has; none when it cannot be one."""
        reader = self._reader(name)
        return 0 if reader is None or self._has_others(name, reader) else len(reader.scale.values)

    def is_rating(self, name: str, *, surely_named: bool) -> bool:
        levels = self.levels(name)
        return levels > 1 and (surely_named or levels <= _FEW_LEVELS)

    def _reader(self, name: str) -> Reader | None:
        try:
            return reader_for(self.words(name), "", name)
        except UnusableRatings:
            return None

    def _has_others(self, name: str, reader: Reader) -> bool:
        found = self.distinct(name)
        return len(found - reader.read.keys()) * 5 > len(found)

    def is_in_words(self, name: str) -> bool:
        return len(numbers(self.distinct(name))) * 2 < len(self.distinct(name))

    def names_many(self, name: str) -> bool:
        """Whether a column numbers many people or things."""
        is_number = is_code(name) or plain(name).startswith("id")
        return is_number and len(self.distinct(name)) > _MANY

    def say_the_same(self, one: str, other: str) -> bool:
        """Whether two columns part the rows alike."""
        pairs = set(zip(self.words(one), self.words(other), strict=True))
        return len(pairs) == len(set(self.words(one))) == len(set(self.words(other)))

    def series(self) -> list[tuple[str, ...]]:
        """Columns named alike but for a number at the end that all hold levels: k1, k2, k3."""
        stems: dict[str, list[str]] = {}
        for name in self.table.header:
            match = _SERIES.fullmatch(name.strip())
            if match:
                stems.setdefault(match[1].casefold(), []).append(name)
        several = [names for names in stems.values() if len(names) > 1]
        return [tuple(names) for names in several if self._are_levels(names)]

    def _are_levels(self, names: Sequence[str]) -> bool:
        return all(0 < self.levels(name) <= _FEW_LEVELS for name in names)
