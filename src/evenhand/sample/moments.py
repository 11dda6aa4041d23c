"""Days and hours at which people write, hand in and sign."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from evenhand.sample.rounds import workday

FIRST_HOUR, LAST_HOUR = 6, 16


def moment(day: date, rng: Random) -> datetime:
    """Some minute of a working day."""
    at = time(rng.randint(FIRST_HOUR, LAST_HOUR), rng.randint(0, 59), rng.randint(0, 59))
    return datetime.combine(workday(day), at, UTC)


def moment_between(first: date, last: date, rng: Random) -> datetime:
    """Most people are nearer to the last day than to the first."""
    span = max(0, (last - first).days)
    return moment(first + timedelta(days=round(span * rng.betavariate(3, 1.3))), rng)


def minutes_before(at: datetime, most: int, rng: Random) -> datetime:
    return at - timedelta(seconds=rng.randint(40, most * 60))
