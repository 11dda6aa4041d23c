from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.jobs.pulse import keep_pulse
from evenhand.kernel.acting import Role
from evenhand.kernel.rotation import ROTATION
from evenhand.web.health.findings import findings
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.factories.jobs import JobFactory
from tests.factories.notices import MessageFactory
from tests.factories.reviews import AnswerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    account = AccountFactory()
    RoleGrantFactory(person=account.person, role=Role.IT_ADMINISTRATOR)
    client.force_login(account)
    return account.person


def page(client):
    return client.get(reverse("settings")).content.decode()


def state_of(name):
    return next(finding.state for finding in findings(timezone.now()) if finding.name == name)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.IT_ADMINISTRATOR])
def test_to_anybody_else_the_page_does_not_exist(client, role):
    account = AccountFactory()
    RoleGrantFactory(person=account.person, role=role)
    client.force_login(account)

    assert client.get(reverse("settings")).status_code == 404
    for name in ("key_count", "key_rotation"):
        assert client.post(reverse(name)).status_code == 404


@pytest.mark.usefixtures("administrator")
def test_the_page_says_whether_everything_runs(client):
    shown = page(client)

    assert "Something is not working" in shown
    assert "evenhand work" in shown
    assert "12 hours" in shown


@pytest.mark.usefixtures("administrator")
def test_the_page_shows_no_secret(client, settings):
    shown = page(client)

    assert settings.SECRET_KEY not in shown
    assert "MDEyMzQ1Njc4OTAx" not in shown
    assert "<code>test</code>" in shown


@pytest.mark.parametrize("name", ["Timekeeper", "Worker"])
def test_a_process_is_missed_after_two_minutes(name):
    assert state_of(name) == "bad"
    keep_pulse(name.lower(), timezone.now())
    assert state_of(name) == "good"
    keep_pulse(name.lower(), timezone.now() - timedelta(minutes=3))
    assert state_of(name) == "bad"


def test_work_that_waits_long_or_did_not_finish_is_worth_a_look():
    assert state_of("Long work") == "good"
    job = JobFactory(state=JobState.FAILED, ended_at=timezone.now())
    assert state_of("Long work") == "warn"
    job.delete()
    JobFactory(asked_at=timezone.now() - timedelta(minutes=30))
    assert state_of("Long work") == "warn"


def test_messages_that_are_late_are_worth_a_look():
    MessageFactory(send_after=timezone.now() + timedelta(days=1))
    assert state_of("Messages") == "good"
    MessageFactory(send_after=timezone.now() - timedelta(hours=1))
    assert state_of("Messages") == "warn"


def test_keys_are_rotated_as_a_job(
    client, administrator, settings, django_capture_on_commit_callbacks
):
    settings.FIELD_KEYS = {"old": 32 * b"o"}
    AnswerFactory(text="Dependable.")
    settings.FIELD_KEYS = {"new": 32 * b"n", "old": 32 * b"o"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("key_count"))
    assert "still sealed with an older key" in page(client)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("key_rotation"))

    job = Job.objects.get(kind=ROTATION)
    assert (job.result["keys"], job.asked_by_id) == ({"new": 1}, administrator.pk)
    assert "still sealed with an older key" not in page(client)


def test_machines_learn_whether_it_lives_and_nothing_else(client, monkeypatch):
    alive = client.get("/healthz")
    assert (alive.status_code, alive.content) == (200, b"ok\n")

    def fail():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", fail)
    dead = client.get("/healthz")
    assert (dead.status_code, dead.content) == (503, b"unavailable\n")


@pytest.mark.usefixtures("administrator")
def test_the_page_costs_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        page(client)
