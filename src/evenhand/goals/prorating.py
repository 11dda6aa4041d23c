"""What part of a quantity can be expected of somebody who was away or works part of the time.

    target * worked days / planned days

Days are working days (Monday to Friday) or calendar days, as the caller counts them; part time
counts each day by its share. Only what adds up over time is scaled: being away lowers no standard
of the work itself, and is nobody's fault.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

WEEKEND = (5, 6)
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the day after the last; `percent` is the working time in them."""

    starts_on: date
    ends_on: date
    percent: int = WHOLE


@dataclass(frozen=True, slots=True)
class ProRated:
    """A target scaled to the days worked, with everything it was worked out from."""

    target: Decimal
    full_target: Decimal
    worked: Decimal
    planned: Decimal

    @property
    def is_lower(self) -> bool:
        return self.worked < self.planned


def pro_rated(target: Decimal, worked: Decimal, planned: Decimal, *, places: int = 4) -> ProRated:
    """The part of a target that fits the days worked.

    Raises ValueError without planned days, or with more worked than planned.
    """
    if planned <= 0 or not 0 <= worked <= planned:
        message = (
            "Worked days lie between none and the planned ones, of which there is at least one."
        )
        raise ValueError(message)
    step = Decimal(1).scaleb(-places)
    scaled = (target * worked / planned).quantize(step, ROUND_HALF_UP)
    return ProRated(scaled, target, worked, planned)


def days_worked(
    period: Span, away: Iterable[Span], working_time: Iterable[Span] = ()
) -> tuple[Decimal, Decimal]:
    """The working days of a period that somebody worked, and those planned at full time.

    `working_time` says from when to when somebody works which percent; days it leaves out count
    whole. A day away counts nothing, however many leaves name it.
    """
    leaves, shares = tuple(away), tuple(working_time)
    worked = planned = Decimal(0)
    for day in _working_days(period):
        planned += 1
        if not any(leave.starts_on <= day < leave.ends_on for leave in leaves):
            worked += Decimal(_percent(day, shares)) / WHOLE
    return worked, planned


def _working_days(period: Span) -> Iterable[date]:
    count = (period.ends_on - period.starts_on).days
    days = (period.starts_on + timedelta(days=n) for n in range(count))
    return (day for day in days if day.weekday() not in WEEKEND)


def _percent(day: date, shares: tuple[Span, ...]) -> int:
    return next((s.percent for s in shares if s.starts_on <= day < s.ends_on), WHOLE)
