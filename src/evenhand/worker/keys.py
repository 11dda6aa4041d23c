"""Performs what IT administrators ask for when keys change."""

from evenhand.audit.actions import record
from evenhand.jobs.models import Job
from evenhand.jobs.performing import Running
from evenhand.kernel.rotation import keys_in_use, outdated, rotate, sealed_columns


def perform_count(running: Running) -> None:
    """Count how many texts each key seals."""
    running.finish({"keys": keys_in_use()})


def perform_rotation(running: Running) -> None:
    """Seal every text again that an older key seals. Begun anew, it finds only what is left."""
    columns = sealed_columns()
    total, done = sum(outdated(column).count() for column in columns), 0
    for column in columns:
        for number in rotate(column):
            done += number
            running.advance(done, max(total, done))
    job = Job.objects.get(pk=running.job_id)
    record("keys.rotated", about=job, by=running.asked_by, at=running.clock(), texts=done)
    running.finish({"texts": done, "keys": keys_in_use()})
