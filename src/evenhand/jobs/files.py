"""Files that jobs leave for who asked: kept apart by job, whole or not there, and not for long."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import default_storage

from evenhand.jobs.models import Job

KEPT_FOR = timedelta(days=7)
FOLDER = "jobs"


@contextmanager
def write_file(job_id: int, name: str) -> Iterator[BinaryIO]:
    """Write a file that appears under its name only when all of it is written."""
    path = Path(default_storage.path(name_of(job_id, name)))
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("wb") as file:
        yield file
    draft.replace(path)


def name_of(job_id: int, name: str) -> str:
    """What to hand to `Running.finish` for a file of this name."""
    return f"{FOLDER}/{job_id}/{name}"


def discard_old_files(at: datetime) -> int:
    """Take away files that have lain long enough; returns how many.

    With them goes what work that was stopped or broke has left half done.
    """
    old = Job.objects.exclude(result_file="").filter(ended_at__lt=at - KEPT_FOR)
    discarded = 0
    for job in old.order_by("pk"):
        default_storage.delete(job.result_file)
        Job.objects.filter(pk=job.pk).update(result_file="")
        discarded += 1
    for folder in Path(default_storage.path(FOLDER)).glob("*"):
        kept = Job.objects.filter(pk=folder.name).exclude(ended_at__lt=at - KEPT_FOR)
        if not kept.exists():
            shutil.rmtree(folder, ignore_errors=True)
    return discarded
