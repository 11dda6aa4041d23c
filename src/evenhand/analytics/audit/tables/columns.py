"""Which column says what, and how ratings are to be read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from evenhand.spreadsheets.tables import Problem, shown
from evenhand.spreadsheets.words import squeezed

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns an audit uses; an empty name is a column the file does not have.

    A rating stands in `rating`, a row for each, or in several `raters_wide`, a row for each person.
    """

    person: str = ""
    rater: str = ""
    rating: str = ""
    before: str = ""
    unit: str = ""
    occasion: str = ""
    date: str = ""
    text: str = ""
    notes: str = ""
    raters_wide: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()

    def named(self) -> Iterator[tuple[str, str]]:
        """Every column in use, with what it is used for."""
        yield from ((use, getattr(self, use)) for use in _SINGLE)
        for use in _SEVERAL:
            yield from ((use, name) for name in getattr(self, use))

    def without(self, names: Iterable[str]) -> "Columns":
        """The same columns but for these, whatever they are used for."""
        gone = {squeezed(name) for name in names}
        said: dict[str, Any] = {
            use: "" if squeezed(getattr(self, use)) in gone else getattr(self, use)
            for use in _SINGLE
        }
        for use in _SEVERAL:
            kept = (name for name in getattr(self, use) if squeezed(name) not in gone)
            said[use] = tuple(kept)
        return Columns(**said)

    @property
    def is_wide(self) -> bool:
        return bool(self.raters_wide)


_SINGLE = ("person", "rater", "rating", "before", "unit", "occasion", "date", "text", "notes")
_SEVERAL = ("raters_wide", "items", "groups", "controls")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody says about a file of ratings, in their own words.

    `scale` is "lowest < ... < highest" or empty to have it recognised; `favourable` and `adverse`
    are levels; `dates` is "day" or "month", whichever comes first in days such as 03/04/2025.
    """

    columns: Columns
    scale: str = ""
    favourable: str = ""
    adverse: str = ""
    dates: str = ""


class UnusableRatings(Exception):
    """The table cannot be audited as wished; the problems say where and what to do."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].message)
        self.problems = tuple(problems)


def trouble(code: str, message: str, column: str = "") -> Problem:
    """A problem that concerns the whole file."""
    return Problem(None, column, "", code, message)


def found(columns: Columns, header: Sequence[str]) -> Columns:
    """The columns as the file spells them; names it does not have raise UnusableRatings."""
    spelled = {name: name for name in header}
    alike: dict[str, list[str]] = {}
    for name in header:
        alike.setdefault(squeezed(name), []).append(name)
    spelled |= {key: names[0] for key, names in alike.items() if key and len(names) == 1}
    missing = {name: None for _use, name in columns.named() if name and not _place(name, spelled)}
    problems = [_missing(name, header) for name in missing]
    if problems:
        raise UnusableRatings(problems)
    said: dict[str, Any] = {use: _place(getattr(columns, use), spelled) for use in _SINGLE}
    said |= {use: _places(getattr(columns, use), spelled) for use in _SEVERAL}
    settled = Columns(**said)
    conflicts = list(_conflicts(settled))
    if conflicts:
        raise UnusableRatings(conflicts)
    return settled


def _place(name: str, spelled: dict[str, str]) -> str:
    return spelled.get(name) or spelled.get(squeezed(name), "") if name else ""


def _places(names: Sequence[str], spelled: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_place(name, spelled) for name in names if name))


def _missing(name: str, header: Sequence[str]) -> Problem:
    near = get_close_matches(name, header, n=3, cutoff=0.5)
    message = _("The file has no column “%(column)s”.") % {"column": shown(name)}
    listed = ", ".join(f"“{shown(column)}”" for column in (near or header[:MOST_SHOWN]))
    words = _("Did you mean %(names)s?") if near else _("It has: %(names)s.")
    return trouble("no_such_column", f"{message} {words % {'names': listed}}", name)


def _conflicts(columns: Columns) -> Iterator[Problem]:
    """A column cannot be two things at once; only a unit may also be a control."""
    uses: dict[str, list[str]] = {}
    for use, name in columns.named():
        if name:
            uses.setdefault(name, []).append(use)
    for name, said in uses.items():
        if len(said) > 1 and set(said) not in ({"unit", "controls"}, {"unit", "groups"}):
            message = _("“%(column)s” cannot be used as %(uses)s at once. Please choose one.")
            words = {"column": shown(name), "uses": _(" and ").join(said)}
            yield trouble("column_used_twice", message % words, name)
    if not columns.rating and not columns.items and not columns.is_wide:
        message = _(
            "Please say which column holds the rating, or which columns hold one rater's ratings"
            " each."
        )
        yield trouble("no_rating", message)
    yield from _wide_conflicts(columns)


def _wide_conflicts(columns: Columns) -> Iterator[Problem]:
    if not columns.is_wide:
        return
    for use in ("rater", "rating", "before", "date", "text", "notes", "items"):
        if getattr(columns, use):
            message = _(
                "With one column for each rater, “%(use)s” cannot be used: it would need a row"
                " for each rating."
            )
            yield trouble("not_in_wide_form", message % {"use": use})
