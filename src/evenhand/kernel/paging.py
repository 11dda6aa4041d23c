"""Pages of long lists found by their last row, not by counting, so that all cost the same.

A cursor says where to go on: the direction and the ordered values of a row, for whoever wants to
read them. It opens nothing: the rows it points into are narrowed to what one may see.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.verdict import Ground, Refused, Verdict

M = TypeVar("M", bound=models.Model)
T = TypeVar("T")
R = TypeVar("R")

PAGE = 50
FORWARD, BACKWARD = "after", "before"

UNKNOWN_CURSOR = Verdict(
    "unknown_cursor",
    _("This place in the list is not known. Begin again with the first page."),
    Ground.WHAT,
)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, and the cursors of the pages on either side; empty where none is."""

    rows: Sequence[T]
    next_cursor: str = ""
    previous_cursor: str = ""

    def shown_as(self, show: Callable[[Sequence[T]], Sequence[R]]) -> "Page[R]":
        """The same page with its rows made into others, all at once."""
        return Page(show(self.rows), self.next_cursor, self.previous_cursor)


def page_of(
    rows: models.QuerySet[M], order: Sequence[str], *, cursor: str = "", limit: int = PAGE
) -> Page[M]:
    """The page of these rows at a cursor. `order` names columns without NULL, the last one unique.

    A column may lead over relations ("subject__search_text") and be descending ("-at").
    """
    direction, values = _read(cursor, len(order)) if cursor else (FORWARD, [])
    forward = direction == FORWARD
    steps = list(order) if forward else [_opposite(name) for name in order]
    try:
        beyond = rows.filter(_beyond(steps, values)) if cursor else rows
        found = list(beyond.order_by(*steps)[: limit + 1])
    except (ValidationError, ValueError, TypeError, OverflowError) as error:
        raise Refused(UNKNOWN_CURSOR) from error
    are_more, found = len(found) > limit, found[:limit]
    if not forward:
        found.reverse()
    is_last, is_first = forward and not are_more, not cursor or (not forward and not are_more)
    return Page(
        found,
        next_cursor="" if is_last or not found else _write(FORWARD, found[-1], order),
        previous_cursor="" if is_first or not found else _write(BACKWARD, found[0], order),
    )


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """What comes after these values: the first column leads, so that its index is used."""
    columns = [(name.removeprefix("-"), "lt" if name[0] == "-" else "gt") for name in order]
    first, way = columns[0]
    if len(columns) == 1:
        return Q(**{f"{first}__{way}": values[0]})
    equal: dict[str, Any] = {}
    ways: list[Q] = []
    for (column, direction), value in zip(columns, values, strict=True):
        ways.append(Q(**equal, **{f"{column}__{direction}": value}))
        equal[column] = value
    return Q(**{f"{first}__{way}e": values[0]}) & reduce(Q.__or__, ways)


def _opposite(name: str) -> str:
    return name[1:] if name[0] == "-" else f"-{name}"


def _write(direction: str, row: models.Model, order: Sequence[str]) -> str:
    values = [reduce(getattr, name.removeprefix("-").split("__"), row) for name in order]
    # Moments are written whole: rounded to milliseconds they would skip rows.
    text = json.dumps([direction, *values], default=str, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str, length: int) -> tuple[str, list[Any]]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        read = json.loads(urlsafe_b64decode(padded.encode("ascii")))
    except (ValueError, RecursionError) as error:
        raise Refused(UNKNOWN_CURSOR) from error
    if (
        not isinstance(read, list)
        or len(read) != length + 1
        or read[0] not in (FORWARD, BACKWARD)
        or any(_is_odd(value) for value in read)
    ):
        raise Refused(UNKNOWN_CURSOR)
    return read[0], read[1:]


def _is_odd(value: object) -> bool:
    # Databases do not take a NUL; booleans and lists are never what a list is ordered by.
    return isinstance(value, bool) or not isinstance(value, str | int) or "\0" in str(value)
