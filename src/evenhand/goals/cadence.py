"""How regularly people said how far a goal is.

compliance = check-ins done within grace / floor(days / cadence)

A check-in counts once, for the oldest period it can stand for: from the day after the former one
was due until its own day, and as many days of grace.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

GRACE_DAYS = 3


@dataclass(frozen=True, slots=True)
class Compliance:
    """How many check-ins came in time, of how many that were due by a day."""

    done: int
    due: int

    @property
    def share(self) -> Decimal | None:
        """None as long as none was due."""
        return Decimal(self.done) / self.due if self.due else None


def compliance(
    checked_in_on: Iterable[date],
    cadence_days: int,
    *,
    starts_on: date,
    until: date,
    grace_days: int = GRACE_DAYS,
) -> Compliance:
    """Of the periods that ended between two days, those for which a check-in came in time.

    The last period is told of only once it has ended, so its grace may still run.
    """
    periods = max(0, (until - starts_on).days) // max(1, cadence_days)
    waiting = sorted(day for day in checked_in_on if starts_on < day)
    done = 0
    for number in range(1, periods + 1):
        due_on = starts_on + timedelta(days=number * cadence_days)
        after = due_on - timedelta(days=cadence_days)
        waiting = [day for day in waiting if day > after]
        if waiting and waiting[0] <= due_on + timedelta(days=grace_days):
            done += 1
            waiting.pop(0)
    return Compliance(done, periods)
