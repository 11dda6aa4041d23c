"""Puts jobs into the queue and performs what comes out of it.

The queue may deliver twice and forget what a killed process was doing: whether a job is still to
be done is settled by the job itself, and the timekeeper asks again for those that were left.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import DatabaseError, connection
from django.utils import timezone
from django_q.models import OrmQ
from django_q.tasks import async_task

from evenhand.jobs.events import JobAsked
from evenhand.jobs.performing import Running, claim, keep_alive, perform_claimed
from evenhand.jobs.pulse import WORKER, keep_pulse

logger = logging.getLogger(__name__)

HEARTBEAT = 5.0
FEW = 5
# Jobs are long; the heartbeat tells the living from the dead, so the queue need not.
WITHOUT_TIME_LIMIT = -1


def enqueue(event: JobAsked) -> None:
    async_task("evenhand.worker.engine.perform", event.job_id, timeout=WITHOUT_TIME_LIMIT)


def ask_for_life(_at: datetime) -> None:
    """Send a question through the queue, so that pages can say whether a worker answers.

    While nobody does, few questions are left lying.
    """
    if OrmQ.objects.count() < FEW:
        async_task("evenhand.worker.engine.show_life", save=False)


def show_life() -> None:
    keep_pulse(WORKER, timezone.now())


def perform(job_id: int) -> bool:
    """What the queue calls."""
    show_life()
    running = claim(job_id, timezone.now)
    if running is None:
        return False
    with heartbeat(running):
        perform_claimed(running)
    return True


@contextmanager
def heartbeat(running: Running) -> Iterator[None]:
    """Show that this process lives for as long as it performs the job, however long a step is."""
    ended = threading.Event()
    thread = threading.Thread(target=_beat, args=(running, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _beat(running: Running, ended: threading.Event) -> None:
    while not ended.wait(HEARTBEAT):
        try:
            keep_alive(running, timezone.now())
            show_life()
        except DatabaseError:
            # The job itself may hold the lock; its own progress is then the sign of life.
            logger.info("Job %s could not be marked as alive just now.", running.job_id)
        finally:
            connection.close()
