"""Does what is due every few seconds without anybody asking for it."""

import logging
import signal
import threading
from collections.abc import Sequence
from datetime import datetime
from types import FrameType

from django.db import close_old_connections
from django.utils import timezone

from evenhand.worker.timetable import CHORES, Chore

logger = logging.getLogger(__name__)

GLANCE = 0.5


class Timekeeper:
    """Looks at the clock again and again, and does each chore whose time has come."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self.chores = chores
        self.done_at: dict[str, datetime] = {}

    def look(self, at: datetime) -> None:
        for chore in self.chores:
            last = self.done_at.get(chore.name)
            if last is None or at - last >= chore.every:
                self.done_at[chore.name] = at
                self.do(chore, at)

    def do(self, chore: Chore, at: datetime) -> None:
        """A chore that breaks does not keep the others from theirs."""
        try:
            chore.run(at)
        except Exception:
            logger.exception("The chore %r broke; it will be tried again.", chore.name)


def keep_time() -> None:
    """Look at the clock until asked to stop."""
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask_to_stop)
    timekeeper = Timekeeper(CHORES)
    while not stop.wait(GLANCE):
        close_old_connections()
        timekeeper.look(timezone.now())
