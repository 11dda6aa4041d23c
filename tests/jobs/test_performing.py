from datetime import timedelta

import pytest

from evenhand.jobs import performing
from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.jobs.performing import claim, perform_job, perform_now, recall_jobs, register
from evenhand.kernel.verdict import Ground, Refused, Verdict
from tests.factories.jobs import MORNING, JobFactory

pytestmark = pytest.mark.django_db

CLOSED = Verdict("closed", "The cycle is closed.", Ground.WHEN)


def clock(seconds=0):
    return lambda: MORNING + timedelta(seconds=seconds)


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    monkeypatch.setattr(performing, "_performers", {})
    register("tests.counting", count_to_three)
    register("tests.stumbling", stumble)
    register("tests.refused", be_refused)
    register("tests.cancelled", be_cancelled_halfway)
    register("tests.replaced", be_replaced_halfway)


def count_to_three(running):
    for number in range(1, 4):
        running.advance(number, 3, "Counting")
    running.finish({"counted": 3}, "jobs/count.txt")


def stumble(running):
    running.advance(1, 3)
    message = "words of a person"
    raise ValueError(message)


def be_refused(running):
    raise Refused(CLOSED)


def be_cancelled_halfway(running):
    running.advance(1, 3)
    Job.objects.filter(pk=running.job_id).update(state=JobState.CANCELLING)
    running.advance(2, 3)
    running.finish({})


def be_replaced_halfway(running):
    running.advance(1, 3)
    assert claim(running.job_id, clock(120))
    running.advance(3, 3)


def performed(kind):
    return perform_now(JobFactory(kind=kind).pk, clock())


def test_a_job_is_followed_to_its_end():
    job = performed("tests.counting")

    assert (job.state, job.done, job.total) == (JobState.DONE, 3, 3)
    assert (job.result, job.result_file) == ({"counted": 3}, "jobs/count.txt")
    assert (job.started_at, job.ended_at) == (MORNING, MORNING)


def test_a_job_that_stumbles_says_so_without_repeating_what_it_read():
    job = performed("tests.stumbling")

    assert job.state == JobState.FAILED
    assert job.problem
    assert "words of a person" not in job.problem


def test_a_kind_that_nobody_performs_fails():
    assert performed("tests.unknown").state == JobState.FAILED


def test_a_refused_job_gives_the_reason_of_the_policy():
    job = performed("tests.refused")

    assert (job.state, job.problem) == (JobState.FAILED, "The cycle is closed.")


def test_a_cancelled_job_stops_at_its_next_step():
    job = performed("tests.cancelled")

    assert (job.state, job.done) == (JobState.CANCELLED, 1)


def test_a_process_that_was_given_up_changes_nothing_more():
    job = JobFactory(kind="tests.replaced")

    perform_job(job.pk, clock())

    job.refresh_from_db()
    assert (job.state, job.done, job.attempt) == (JobState.RUNNING, 1, 2)


def test_a_job_is_claimed_once():
    job = JobFactory()

    assert claim(job.pk, clock())
    assert claim(job.pk, clock(5)) is None


def test_a_finished_job_is_not_performed_again():
    job = performed("tests.counting")

    assert perform_job(job.pk, clock(3600)) is False


def test_a_job_whose_process_died_is_claimed_again():
    job = JobFactory()
    claim(job.pk, clock())

    assert claim(job.pk, clock(50)) is None
    assert claim(job.pk, clock(70)).attempt == 2


def test_a_job_that_kills_every_process_is_given_up():
    job = JobFactory(state=JobState.RUNNING, attempt=5)

    assert claim(job.pk, clock(70)) is None
    assert Job.objects.get().state == JobState.FAILED


def test_a_job_left_while_stopping_counts_as_stopped():
    job = JobFactory(state=JobState.CANCELLING, attempt=1)

    assert claim(job.pk, clock(70)) is None
    assert Job.objects.get().state == JobState.CANCELLED


def test_jobs_that_were_left_or_forgotten_are_asked_for_again(django_capture_on_commit_callbacks):
    left = JobFactory(state=JobState.RUNNING, attempt=1)
    forgotten = JobFactory(heard_from_at=MORNING - timedelta(minutes=10))
    JobFactory(heard_from_at=MORNING)
    JobFactory(state=JobState.DONE)

    with django_capture_on_commit_callbacks(execute=True):
        assert recall_jobs(MORNING + timedelta(seconds=70)) == 2

    for job in (left, forgotten):
        job.refresh_from_db()
        assert job.state == JobState.DONE
