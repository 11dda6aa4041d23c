from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from evenhand.jobs.files import discard_old_files, name_of, write_file
from evenhand.jobs.kinds import JobState
from tests.factories.jobs import MORNING, JobFactory

pytestmark = pytest.mark.django_db


def written(job):
    with write_file(job.pk, "list.csv") as file:
        file.write(b"a,b\n")
    return name_of(job.pk, "list.csv")


def test_a_file_is_there_only_when_it_is_whole():
    job = JobFactory()
    name = name_of(job.pk, "list.csv")

    with write_file(job.pk, "list.csv") as file:
        file.write(b"a,b\n")
        assert not default_storage.exists(name)

    with default_storage.open(name) as kept:
        assert kept.read() == b"a,b\n"


def test_files_are_kept_for_a_week():
    job = JobFactory(state=JobState.DONE, ended_at=MORNING)
    job.result_file = written(job)
    job.save()

    assert discard_old_files(MORNING + timedelta(days=6)) == 0
    assert discard_old_files(MORNING + timedelta(days=8)) == 1

    job.refresh_from_db()
    assert job.result_file == ""
    assert not default_storage.exists(name_of(job.pk, "list.csv"))


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.CANCELLED])
def test_what_unfinished_work_has_left_is_kept_for_a_week_too(state):
    left, goes_on = written(JobFactory(state=state, ended_at=MORNING)), written(JobFactory())

    discard_old_files(MORNING + timedelta(days=6))
    assert default_storage.exists(left)

    discard_old_files(MORNING + timedelta(days=8))
    assert not default_storage.exists(left)
    assert default_storage.exists(goes_on)
