from datetime import date, timedelta

import pytest

from evenhand.audit.models import Entry
from evenhand.jobs.actions import ask_for, cancel_job, retry_job
from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.jobs.performing import claim
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import Refused
from tests.factories.jobs import MORNING, JobFactory

ADA = Actor(1, "Ada Lovelace", date(2026, 3, 2))
BEN_FOR_ADA = Actor(1, "Ada Lovelace", date(2026, 3, 2), delegate_id=2, delegate_name="Ben Okri")
LATER = MORNING + timedelta(minutes=5)

pytestmark = pytest.mark.django_db


def test_what_is_asked_for_waits_and_is_on_record():
    job = ask_for("tests.counting", "Count", arguments={"to": 3}, by=BEN_FOR_ADA, at=MORNING)

    job.refresh_from_db()
    assert (job.state, job.arguments) == (JobState.WAITING, {"to": 3})
    assert (job.asked_by_name, job.delegate_name) == ("Ada Lovelace", "Ben Okri")
    entry = Entry.objects.get()
    assert (entry.code, entry.about_id, entry.delegate_id) == ("job.asked", job.pk, 2)


def test_a_waiting_job_is_cancelled_at_once():
    job = cancel_job(JobFactory(), by=ADA, at=LATER)

    assert (job.state, job.ended_at) == (JobState.CANCELLED, LATER)


def test_a_running_job_is_asked_to_stop():
    job = cancel_job(JobFactory(state=JobState.RUNNING, attempt=1), by=ADA, at=LATER)

    assert (job.state, job.ended_at) == (JobState.CANCELLING, None)
    assert Entry.objects.get().code == "job.cancelled"


def test_a_job_that_did_not_finish_waits_again():
    failed = JobFactory(state=JobState.FAILED, problem="Broken.", attempt=5, ended_at=MORNING)

    job = retry_job(failed, by=ADA, at=LATER)

    assert (job.state, job.problem) == (JobState.WAITING, "")
    assert (job.ended_at, job.heard_from_at) == (None, LATER)


def test_work_asked_for_again_is_never_mistaken_for_an_earlier_attempt_at_it():
    failed = JobFactory(state=JobState.FAILED, attempt=5, ended_at=MORNING)

    job = retry_job(failed, by=ADA, at=LATER)
    running = claim(job.pk, lambda: LATER)

    assert (running.attempt, running.is_begun_anew) == (6, True)


def test_a_refused_wish_changes_and_records_nothing():
    job = JobFactory(state=JobState.DONE)

    with pytest.raises(Refused):
        cancel_job(job, by=ADA, at=LATER)

    assert Job.objects.get().state == JobState.DONE
    assert not Entry.objects.exists()
