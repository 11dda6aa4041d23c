import pytest
from django.utils import timezone

from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, RoleGrantFactory, acting
from tests.factories.people import PersonFactory


@pytest.fixture
def specialist(client):
    """Who is signed in, as the specialist."""
    person = PersonFactory()
    RoleGrantFactory(person=person, role=Role.SPECIALIST)
    client.force_login(AccountFactory(person=person))
    return acting(person, on=timezone.localdate())


@pytest.fixture
def somebody(client):
    """Who is signed in, without any role."""
    person = PersonFactory()
    client.force_login(AccountFactory(person=person))
    return acting(person, on=timezone.localdate())
