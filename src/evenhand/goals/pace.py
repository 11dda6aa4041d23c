"""Whether a goal is as far as its time: on track, at risk, off track, or without data.

elapsed = (today - start) / (due - start);  gap = elapsed - score
on track up to a gap of 0.10, at risk up to 0.25, else off track
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evenhand.goals.kinds import Pace

ON_TRACK_UP_TO, AT_RISK_UP_TO = Decimal("0.10"), Decimal("0.25")


@dataclass(frozen=True, slots=True)
class Standing:
    """The pace of a goal on a day, with what it was worked out from."""

    pace: Pace
    elapsed: Decimal
    score: Decimal | None
    gap: Decimal | None


def elapsed(starts_on: date, due_on: date, on: date) -> Decimal:
    """The share of the time that is gone, 0 to 1."""
    whole = (due_on - starts_on).days
    if whole <= 0:
        return Decimal(1) if on >= due_on else Decimal(0)
    return min(Decimal(1), max(Decimal(0), Decimal((on - starts_on).days) / whole))


def standing(score: Decimal | None, *, starts_on: date, due_on: date, on: date) -> Standing:
    """The pace on a day. Before the first day there is nothing to be behind of."""
    gone = elapsed(starts_on, due_on, on)
    if score is None:
        return Standing(Pace.NO_DATA, gone, None, None)
    gap = gone - score
    if gap <= ON_TRACK_UP_TO:
        pace = Pace.ON_TRACK
    else:
        pace = Pace.AT_RISK if gap <= AT_RISK_UP_TO else Pace.OFF_TRACK
    return Standing(pace, gone, score, gap)
