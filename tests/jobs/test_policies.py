from datetime import date

import pytest

from evenhand.jobs.kinds import JobState
from evenhand.jobs.policies import may_cancel, may_download, may_retry, visible_jobs
from evenhand.kernel.acting import Actor, Grant, Role
from tests.factories.jobs import JobFactory

TODAY = date(2026, 3, 2)
ADA = Actor(1, "Ada Lovelace", TODAY)
BEN = Actor(2, "Ben Okri", TODAY)
ADMINISTRATOR = Actor(3, "Ida Rhodes", TODAY, frozenset({Grant(Role.IT_ADMINISTRATOR)}))
SPECIALIST = Actor(4, "Sol Adeyemi", TODAY, frozenset({Grant(Role.SPECIALIST)}))
AUDITOR = Actor(5, "Aud Nilsen", TODAY, frozenset({Grant(Role.AUDITOR)}))
BEN_FOR_ADA = Actor(1, "Ada Lovelace", TODAY, delegate_id=2, delegate_name="Ben Okri")

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("actor", "sees"),
    [(ADA, True), (BEN, False), (ADMINISTRATOR, True), (SPECIALIST, True), (AUDITOR, False)],
)
def test_people_see_their_own_jobs_and_those_in_charge_see_all(actor, sees):
    JobFactory(asked_by_id=ADA.person_id)

    assert visible_jobs(actor).exists() is sees


def test_a_delegate_sees_only_what_they_asked_for_themself():
    JobFactory(title="By Ada herself", asked_by_id=1)
    own = JobFactory(title="By Ben for Ada", asked_by_id=1, delegate_id=2)

    assert list(visible_jobs(BEN_FOR_ADA)) == [own]
    assert visible_jobs(ADA).count() == 2


@pytest.mark.parametrize(
    ("actor", "may"), [(ADA, True), (ADMINISTRATOR, True), (SPECIALIST, False), (BEN, False)]
)
def test_who_asked_or_the_it_administrator_cancels(actor, may):
    assert bool(may_cancel(actor, JobFactory())) is may


def test_what_has_ended_cannot_be_cancelled():
    assert may_cancel(ADA, JobFactory(state=JobState.DONE)).code == "nothing_to_cancel"


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (JobState.WAITING, False),
        (JobState.RUNNING, False),
        (JobState.CANCELLING, False),
        (JobState.CANCELLED, True),
        (JobState.FAILED, True),
        (JobState.DONE, False),
    ],
)
def test_only_what_did_not_finish_is_tried_again(state, may):
    assert bool(may_retry(ADA, JobFactory(state=state))) is may


def test_nobody_else_tries_again_in_anothers_name():
    job = JobFactory(state=JobState.FAILED)

    assert may_retry(ADMINISTRATOR, job).code == "not_your_job"


def test_only_who_asked_downloads_the_file():
    job = JobFactory(state=JobState.DONE, result_file="jobs/1/reviews.zip")

    assert may_download(ADA, job)
    for other in (BEN, ADMINISTRATOR, SPECIALIST, BEN_FOR_ADA):
        assert may_download(other, job).code == "not_your_job"


def test_a_job_without_a_file_has_nothing_to_download():
    assert may_download(ADA, JobFactory(state=JobState.DONE)).code == "no_file"
