"""What time asks for, and how often. A chore may run on several machines at once and must cope."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from evenhand.access.actions import follow_addresses
from evenhand.audit.sealing import BATCH, seal_entries
from evenhand.goals.moving import follow_moves
from evenhand.goals.reminding import remind_of_check_ins
from evenhand.jobs.files import discard_old_files
from evenhand.jobs.performing import recall_jobs
from evenhand.jobs.pulse import TIMEKEEPER, keep_pulse
from evenhand.kernel.acting import system
from evenhand.notices.sending import send_due_messages
from evenhand.worker.engine import ask_for_life

# Among so many of the newest entries are those that a long transaction stored late.
LATE_AMONG = 200_000


@dataclass(frozen=True, slots=True)
class Chore:
    name: str
    every: timedelta
    run: Callable[[datetime], object]


def show_life(at: datetime) -> None:
    keep_pulse(TIMEKEEPER, at)


def seal_newest(_at: datetime) -> None:
    seal(look_back=0)


def seal_late(_at: datetime) -> None:
    seal(look_back=LATE_AMONG)


def seal_all(_at: datetime) -> None:
    seal(look_back=None)


def seal(*, look_back: int | None) -> None:
    while seal_entries(look_back=look_back) == BATCH:
        pass


def follow_hr_addresses(at: datetime) -> None:
    follow_addresses(by=system(timezone.localdate(at)), at=at)


def let_goals_follow(at: datetime) -> None:
    follow_moves(by=system(timezone.localdate(at)), at=at)


def clear_sessions(_at: datetime) -> None:
    SessionStore.clear_expired()


CHORES = (
    Chore("show life", timedelta(seconds=15), show_life),
    Chore("ask for life", timedelta(seconds=30), ask_for_life),
    Chore("recall jobs", timedelta(seconds=10), recall_jobs),
    Chore("seal the newest entries", timedelta(seconds=2), seal_newest),
    Chore("send messages", timedelta(seconds=5), send_due_messages),
    Chore("seal late entries", timedelta(minutes=1), seal_late),
    Chore("seal forgotten entries", timedelta(days=1), seal_all),
    Chore("follow HR's addresses", timedelta(minutes=1), follow_hr_addresses),
    Chore("remind of check-ins", timedelta(hours=1), remind_of_check_ins),
    Chore("discard old files", timedelta(hours=1), discard_old_files),
    Chore("let goals follow their owners", timedelta(minutes=10), let_goals_follow),
    Chore("clear sessions", timedelta(days=1), clear_sessions),
)
