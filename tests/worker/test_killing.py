"""Real processes, killed in the middle of a job: the work is taken up again and done once."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from evenhand.jobs.events import JobAsked
from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.people.models import Unit
from evenhand.worker.engine import enqueue
from tests.factories.jobs import JobFactory
from tests.worker.counting import STEPS

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 40
SILENCE = 2


def database_url():
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    where = facts["HOST"]
    host, query = ("", f"?host={where}") if where.startswith("/") else (where, "")
    port = f":{facts['PORT']}" if facts["PORT"] else ""
    login = f"{facts['USER']}:{facts['PASSWORD']}@" if facts["USER"] else ""
    return f"postgres://{login}{host}{port}/{facts['NAME']}{query}"


@pytest.fixture
def start(tmp_path):
    """Start a process beside this one, on the same database."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "EVENHAND_DEBUG": "1",
        "EVENHAND_POOL": "off",
        "EVENHAND_VAR": str(tmp_path),
        "EVENHAND_DATABASE_URL": database_url(),
        "EVENHAND_JOB_SILENCE": str(SILENCE),
        "EVENHAND_SECRET_KEY": settings.SECRET_KEY,
    }
    started = []

    def start(*words):
        command = [sys.executable, "-m", "tests.worker.process", *map(str, words)]
        process = subprocess.Popen(command, env=environment, start_new_session=True)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(said):
    deadline = time.monotonic() + PATIENCE
    while not said():
        assert time.monotonic() < deadline, Job.objects.values().first()
        time.sleep(0.05)


def begun(job):
    job.refresh_from_db()
    return job.done >= 2


def counting_job():
    return JobFactory(asked_at=timezone.now())


def assert_done_once(job, *, attempts):
    job.refresh_from_db()
    assert (job.state, job.done, job.attempt) == (JobState.DONE, STEPS, attempts)
    assert Unit.objects.filter(code__startswith=f"{job.pk}-").count() == STEPS


def test_a_job_whose_process_is_killed_is_finished_by_the_next(start):
    job = counting_job()
    first = start("perform", job.pk)
    wait_until(lambda: begun(job))

    first.kill()
    first.wait()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING

    time.sleep(SILENCE + 0.5)
    start("perform", job.pk).wait(PATIENCE)

    assert_done_once(job, attempts=2)


def test_a_job_that_two_processes_are_given_is_performed_by_one(start):
    job = counting_job()

    for process in [start("perform", job.pk) for _ in range(3)]:
        process.wait(PATIENCE)

    assert_done_once(job, attempts=1)


def test_the_queue_and_the_timekeeper_take_up_what_a_killed_worker_left(start, monkeypatch):
    monkeypatch.setattr("django_q.conf.Conf.SYNC", False)
    job = counting_job()
    start("qcluster")
    start("keep_time")
    enqueue(JobAsked(job.pk))
    wait_until(lambda: begun(job))

    os.kill(int(job.note), signal.SIGKILL)

    wait_until(lambda: Job.objects.get(pk=job.pk).has_ended)
    assert_done_once(job, attempts=2)
