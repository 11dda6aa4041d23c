"""Facts that hold from a day (inclusive) to a day (exclusive).

An open end is `FOREVER`, never NULL: comparisons, indexes and `Least` then need no special case.
"""

from datetime import date, timedelta
from typing import TypeVar

from django.db import models
from django.db.models import F, Q

ALWAYS = date(1, 1, 1)
FOREVER = date(9999, 12, 31)

D = TypeVar("D", bound="Dated")


def holds_on(day: date, prefix: str = "") -> Q:
    """The condition that a dated row, reached by `prefix` such as "positions__", holds on a day."""
    return Q(**{f"{prefix}starts_on__lte": day, f"{prefix}ends_on__gt": day})


class DatedQuerySet(models.QuerySet[D]):
    def on(self, day: date) -> "DatedQuerySet[D]":
        return self.filter(holds_on(day))

    def overlapping(self, starts_on: date, ends_on: date) -> "DatedQuerySet[D]":
        return self.filter(starts_on__lt=ends_on, ends_on__gt=starts_on)

    def open_ended(self) -> "DatedQuerySet[D]":
        return self.filter(ends_on=FOREVER)


class Dated(models.Model):
    """Something that holds from a day to a day."""

    starts_on = models.DateField()
    ends_on = models.DateField(default=FOREVER)

    class Meta:
        abstract = True

    @property
    def is_open_ended(self) -> bool:
        return self.ends_on == FOREVER

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, as people name it; None while no end is known."""
        return None if self.is_open_ended else self.ends_on - timedelta(days=1)

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day < self.ends_on


def ends_after_it_starts(model: str) -> models.CheckConstraint:
    """The constraint every dated model carries."""
    return models.CheckConstraint(
        condition=Q(ends_on__gt=F("starts_on")), name=f"{model}_ends_after_it_starts"
    )
