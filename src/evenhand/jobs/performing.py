"""Performs what was asked for: claimed by one process, watched, stopped, taken over when it dies.

The steps of a job must be harmless when repeated: a process may be killed between any two of them,
and another then begins anew. Who holds a job is settled by one UPDATE that only one can win.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from evenhand.jobs.events import JobAsked
from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import announce
from evenhand.kernel.verdict import Refused

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]

FORGOTTEN_AFTER = timedelta(minutes=5)
ENOUGH_ATTEMPTS = 5
GLANCE = 0.5


class Cancelled(Exception):
    """Raised inside a job when somebody asked it to stop."""


class TakenOver(Exception):
    """Raised inside a job that was given up for dead and now belongs to another process."""


@dataclass(frozen=True, slots=True)
class Running:
    """A job while it is performed: what it is to do, in whose name, and how it says how far it is.

    `asked_by` holds no roles; it is for the record. Who needs them asks `access` for them.
    """

    job_id: int
    kind: str
    attempt: int
    attempts_before: int
    arguments: dict[str, Any]
    asked_by: Actor
    clock: Clock

    @property
    def is_begun_anew(self) -> bool:
        """Whether nobody has tried since it was last asked for."""
        return self.attempt == self.attempts_before + 1

    def advance(self, done: int, total: int, note: str = "") -> None:
        """Say how far it is, and stop here when asked to. Call it between steps."""
        held = self.held().filter(state=JobState.RUNNING)
        progress = {"done": min(done, total) if total else 0, "total": total, "note": note[:200]}
        if not held.update(heard_from_at=self.clock(), **progress):
            self._say_why_not()

    def finish(self, result: dict[str, Any], file: str = "") -> None:
        """End well. `file` names what was written to the default storage, for who asked."""
        ended = self.held().update(
            state=JobState.DONE,
            done=F("total"),
            result=result,
            result_file=file,
            ended_at=self.clock(),
        )
        if not ended:
            raise TakenOver

    def held(self) -> QuerySet[Job]:
        """The job, as long as it is in these hands."""
        return Job.objects.filter(
            pk=self.job_id,
            attempt=self.attempt,
            state__in=(JobState.RUNNING, JobState.CANCELLING),
        )

    def _say_why_not(self) -> None:
        raise Cancelled if self.held().exists() else TakenOver


Perform = Callable[[Running], None]

_performers: dict[str, Perform] = {}


def register(kind: str, perform: Perform) -> None:
    """Name the function that performs a kind of job; called in an `apps.py`."""
    _performers[kind] = perform


def perform_job(job_id: int, clock: Clock) -> bool:
    """Perform a job that waits or was left by a process that died; false when there is none."""
    running = claim(job_id, clock)
    if running is not None:
        perform_claimed(running)
    return running is not None


def perform_claimed(running: Running) -> None:
    """Perform a job that this process holds, and end it well or with its problem."""
    try:
        _performers[running.kind](running)
    except Cancelled:
        _end(running, JobState.CANCELLED)
    except TakenOver:
        logger.warning("Job %s has passed to another process.", running.job_id)
    except Refused as refusal:
        _end(running, JobState.FAILED, problem=str(refusal.verdict.reason))
    except Exception:
        logger.exception("Job %s (%s) broke.", running.job_id, running.kind)
        _end(running, JobState.FAILED, problem=_broken())
    else:
        _end(running, JobState.DONE, done=F("total"))


def keep_alive(running: Running, at: datetime) -> None:
    """Give a sign of life in the middle of a step."""
    running.held().update(heard_from_at=at)


def perform_now(job_id: int, clock: Clock) -> Job:
    """Perform a job here, or wait for whoever was quicker; for a terminal."""
    perform_job(job_id, clock)
    while not (job := Job.objects.get(pk=job_id)).has_ended:
        time.sleep(GLANCE)
        perform_job(job_id, clock)
    return job


def claim(job_id: int, clock: Clock) -> Running | None:
    """Take the job, unless it has ended or a living process has it."""
    at = clock()
    jobs = Job.objects.filter(pk=job_id)
    left = jobs.filter(left_alone(at))
    left.filter(state=JobState.CANCELLING).update(state=JobState.CANCELLED, ended_at=at)
    left.filter(attempt__gte=F("attempts_before") + ENOUGH_ATTEMPTS).update(
        state=JobState.FAILED, problem=_broken(), ended_at=at
    )
    claimed = jobs.filter(Q(state=JobState.WAITING) | left_alone(at)).update(
        state=JobState.RUNNING,
        attempt=F("attempt") + 1,
        heard_from_at=at,
        started_at=Coalesce("started_at", at),
    )
    return _running(jobs.get(), clock) if claimed else None


def recall_jobs(at: datetime) -> int:
    """Ask again for jobs whose process died, and for those whose first asking was lost."""
    forgotten = Q(state=JobState.WAITING, heard_from_at__lt=at - FORGOTTEN_AFTER)
    recalled = 0
    for job_id in Job.objects.filter(left_alone(at) | forgotten).values_list("pk", flat=True):
        Job.objects.filter(forgotten, pk=job_id).update(heard_from_at=at)
        announce(JobAsked(job_id))
        recalled += 1
    return recalled


def left_alone(at: datetime) -> Q:
    """The condition that the process which performed a job has given no sign of life for long."""
    silent_since = at - timedelta(seconds=settings.JOB_SILENCE)
    return Q(state__in=(JobState.RUNNING, JobState.CANCELLING), heard_from_at__lt=silent_since)


def _running(job: Job, clock: Clock) -> Running:
    asked_by = Actor(
        person_id=job.asked_by_id,
        name=job.asked_by_name,
        on=clock().date(),
        delegate_id=job.delegate_id,
        delegate_name=job.delegate_name,
    )
    attempts = (job.attempt, job.attempts_before)
    return Running(job.pk, job.kind, *attempts, job.arguments, asked_by, clock)


def _end(running: Running, state: JobState, **facts: object) -> None:
    running.held().update(state=state, ended_at=running.clock(), **facts)


def _broken() -> str:
    return _("Something broke on our side, and what was begun can be tried again.")
