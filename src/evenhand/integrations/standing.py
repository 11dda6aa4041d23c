"""From when to when each person of a file works here, as the file and the database say together."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from evenhand.integrations.people_files.kinds import PersonRow
from evenhand.integrations.snapshots import Snapshot, Stay
from evenhand.kernel.periods import FOREVER
from evenhand.people.columns import Field

A_DAY = timedelta(days=1)


class How(Enum):
    """How somebody in the file stands to the database."""

    NEW = "new"
    STAYS = "stays"
    LEAVES = "leaves"
    GONE = "gone"
    RETURNS = "returns"


class Standing(NamedTuple):
    """How a person stands, the employment that follows, and the one there is. None: no days."""

    how: How
    span: Stay | None
    current: Stay | None = None

    @property
    def is_impossible(self) -> bool:
        return self.span is not None and self.span.ends_on <= self.span.starts_on

    def end_of(self, stays: Sequence[Stay], present: Stay | None, on: date) -> date:
        """How long something new lasts: to the next change already known, or with the employment.

        What ended with the employment is prolonged with it.
        """
        span_end = self.span.ends_on if self.span else on
        if present is None:
            return min((stay.starts_on for stay in stays if stay.starts_on > on), default=span_end)
        ended_together = self.current is not None and present.ends_on == self.current.ends_on
        return max(span_end, present.ends_on) if ended_together else present.ends_on


def standing_of(row: PersonRow, now: Snapshot, said: frozenset[Field], on: date) -> Standing:
    known = now.people.get(row.number)
    if known is None:
        return Standing(How.NEW, _first_span(row, on))
    stays = now.employments.get(known.pk, [])
    current = stays[-1] if stays and stays[-1].ends_on > on else None
    if current is None:
        last = stays[-1] if stays else None
        return _gone(row, last, on) if row.has_left(on) else _returns(row, last, on)
    if row.has_left(on):
        return Standing(How.LEAVES, Stay(current.starts_on, _end(row) or on), current)
    ends_on = (_end(row) or FOREVER) if Field.LEFT_ON in said else current.ends_on
    return Standing(How.STAYS, Stay(_start(row, stays, current), ends_on), current)


def _first_span(row: PersonRow, on: date) -> Stay | None:
    """Without a first day in the file, somebody who is here begins today."""
    if not row.has_left(on):
        return Stay(row.hired_on or on, _end(row) or FOREVER)
    ends_on = _end(row) or on
    if row.hired_on is None or row.hired_on >= ends_on:
        return None
    return Stay(row.hired_on, ends_on)


def _gone(row: PersonRow, last: Stay | None, on: date) -> Standing:
    """Of those who left earlier, days can still be put right."""
    first = _first_span(row, on) if row.left_on else None
    if first is None or last is None:
        return Standing(How.GONE, first, last)
    keeps_start = row.hired_on is None or row.hired_on < last.starts_on
    starts_on = last.starts_on if keeps_start else first.starts_on
    return Standing(How.GONE, Stay(starts_on, first.ends_on), last)


def _returns(row: PersonRow, last: Stay | None, on: date) -> Standing:
    """From the first day in the file, unless that is the first day of long ago."""
    starts_on = row.hired_on or on
    if last is not None and starts_on < last.ends_on:
        starts_on = on
    return Standing(How.RETURNS, Stay(starts_on, _end(row) or FOREVER))


def _start(row: PersonRow, stays: Sequence[Stay], current: Stay) -> date:
    """The first day is put right; one that belongs to an earlier employment says nothing new."""
    earlier = stays[-2].ends_on if len(stays) > 1 else date.min
    if row.hired_on is None or row.hired_on < earlier:
        return current.starts_on
    return row.hired_on


def _end(row: PersonRow) -> date | None:
    return row.left_on + A_DAY if row.left_on and row.left_on < FOREVER - A_DAY else None
