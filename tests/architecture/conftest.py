import pytest
from django.core.management import call_command
from django.db import transaction

from tests.architecture.world import World


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One world for all tests of a module, which must undo what they change."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            world = World()
        yield world
        call_command("flush", interactive=False, verbosity=0)
