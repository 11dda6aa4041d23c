from datetime import datetime
from typing import Any

from django.db import transaction

from evenhand.audit.actions import record
from evenhand.jobs.events import JobAsked
from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.jobs.policies import may_cancel, may_download, may_retry
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import announce


@transaction.atomic
def ask_for(kind: str, title: str, *, arguments: dict[str, Any], by: Actor, at: datetime) -> Job:
    """Ask for long work, to begin once what is asked for is safely stored."""
    job = Job.objects.create(
        kind=kind,
        title=title[:200],
        arguments=arguments,
        asked_by_id=by.person_id,
        asked_by_name=by.name,
        delegate_id=by.delegate_id,
        delegate_name=by.delegate_name,
        asked_at=at,
        heard_from_at=at,
    )
    record("job.asked", about=job, by=by, at=at, kind=kind)
    announce(JobAsked(job.pk))
    return job


@transaction.atomic
def cancel_job(job: Job, *, by: Actor, at: datetime) -> Job:
    """Stop the work: at once when it has not begun, else at its next step."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    may_cancel(by, job).enforce()

    if job.state == JobState.WAITING:
        job.state, job.ended_at = JobState.CANCELLED, at
    else:
        job.state = JobState.CANCELLING
    job.save(update_fields=["state", "ended_at"])

    record("job.cancelled", about=job, by=by, at=at, kind=job.kind)
    return job


@transaction.atomic
def retry_job(job: Job, *, by: Actor, at: datetime) -> Job:
    """Ask again for work that did not finish. It goes on from the steps that were done."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    may_retry(by, job).enforce()

    job.state = JobState.WAITING
    job.problem, job.note, job.attempts_before = "", "", job.attempt
    job.ended_at, job.heard_from_at = None, at
    anew = ("state", "problem", "note", "attempts_before", "ended_at", "heard_from_at")
    job.save(update_fields=anew)

    record("job.retried", about=job, by=by, at=at, kind=job.kind)
    announce(JobAsked(job.pk))
    return job


@transaction.atomic
def hand_out_file(job: Job, *, by: Actor, at: datetime) -> str:
    """The name of the file that the work has left. Taking it is on record."""
    may_download(by, job).enforce()
    record("job.file_taken", about=job, by=by, at=at, kind=job.kind)
    return job.result_file
