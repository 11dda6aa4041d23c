import pytest
from django.utils import timezone

from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.kernel.acting import Role
from evenhand.reviews.launching import ask_for_launch
from tests.factories.access import AccountFactory, RoleGrantFactory, acting
from tests.factories.cycles import CycleFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def launching(client):
    """A cycle whose launch was asked for by the specialist who has signed in."""
    person = RoleGrantFactory(role=Role.SPECIALIST).person
    client.force_login(AccountFactory(person=person))
    PersonFactory(manager=PersonFactory())
    cycle = CycleFactory(draft=True)
    ask_for_launch(cycle, by=acting(person, on=timezone.localdate()), at=timezone.now())
    return cycle


def taken_back(client, cycle):
    return client.post(f"/cycles/{cycle.pk}/launch/removal/", follow=True).content.decode()


def test_a_launch_under_way_is_not_yet_said_to_be_taken_back(client, launching):
    Job.objects.update(state=JobState.RUNNING, heard_from_at=timezone.now())

    page = taken_back(client, launching)

    assert "The launch is being taken back" in page
    assert "The launch is taken back" not in page


def test_a_launch_that_has_not_begun_is_said_to_be_taken_back(client, launching):
    assert "The launch is taken back" in taken_back(client, launching)
