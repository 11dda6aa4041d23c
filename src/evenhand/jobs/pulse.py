"""Signs of life of the processes that do the work, so that pages can say when one is missing."""

from datetime import datetime

from django.core.cache import cache

WORKER, TIMEKEEPER = "worker", "timekeeper"
KEPT_FOR = 24 * 60 * 60


def keep_pulse(name: str, at: datetime) -> None:
    cache.set(f"pulse.{name}", at, KEPT_FOR)


def last_pulse(name: str) -> datetime | None:
    found = cache.get(f"pulse.{name}")
    return found if isinstance(found, datetime) else None
