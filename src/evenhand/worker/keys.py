"""Performs what IT administrators ask for when keys change."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.jobs.models import Job
from evenhand.jobs.performing import Running
from evenhand.kernel.encryption import CannotDecrypt
from evenhand.kernel.rotation import Column, keys_in_use, outdated, rotate, sealed_columns
from evenhand.kernel.verdict import Ground, Refused, Verdict

KEY_MISSING = Verdict(
    "key_missing",
    _(
        "A text is sealed with a key that this installation does not have, or was altered. Give"
        " the key back in EVENHAND_KEYS and try again; what was done so far stays done."
    ),
    Ground.WHEN,
)


def perform_count(running: Running) -> None:
    """Count how many texts each key seals."""
    running.finish({"keys": keys_in_use()})


def perform_rotation(running: Running) -> None:
    """Seal every text again that an older key seals. Begun anew, it finds only what is left."""
    columns = sealed_columns()
    total, done = sum(outdated(column).count() for column in columns), 0
    for column in columns:
        for number in _rotated(column):
            done += number
            running.advance(done, max(total, done))
    job = Job.objects.get(pk=running.job_id)
    record("keys.rotated", about=job, by=running.asked_by, at=running.clock(), texts=done)
    running.finish({"texts": done, "keys": keys_in_use()})


def _rotated(column: Column) -> Iterator[int]:
    try:
        yield from rotate(column)
    except CannotDecrypt as error:
        raise Refused(KEY_MISSING) from error
