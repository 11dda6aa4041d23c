"""What time asks for, and how often. A chore may run on several machines at once and must cope."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from evenhand.jobs.performing import recall_jobs
from evenhand.jobs.pulse import keep_pulse


@dataclass(frozen=True, slots=True)
class Chore:
    name: str
    every: timedelta
    run: Callable[[datetime], object]


def show_life(at: datetime) -> None:
    keep_pulse("timekeeper", at)


CHORES = (
    Chore("show life", timedelta(seconds=15), show_life),
    Chore("recall jobs", timedelta(seconds=10), recall_jobs),
)
