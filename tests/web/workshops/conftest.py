import pytest
from django.test import Client

from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, RoleGrantFactory


@pytest.fixture
def browser_of():
    """A browser of somebody who has signed in."""

    def browser_of(person):
        client = Client()
        client.force_login(getattr(person, "account", None) or AccountFactory(person=person))
        return client

    return browser_of


@pytest.fixture
def specialist(browser_of):
    return browser_of(RoleGrantFactory(role=Role.SPECIALIST).person)
