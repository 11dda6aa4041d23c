from dataclasses import dataclass

import pytest
from django.db import transaction

from evenhand.kernel.events import announce, listen


@dataclass(frozen=True)
class TeaIsReady:
    cups: int


HEARD = []
listen(TeaIsReady, HEARD.append)
listen(TeaIsReady, HEARD.append)


@pytest.fixture(autouse=True)
def silence():
    HEARD.clear()


@pytest.mark.django_db(transaction=True)
def test_listeners_hear_once_and_only_after_the_commit():
    with transaction.atomic():
        announce(TeaIsReady(3))
        assert HEARD == []

    assert [TeaIsReady(3)] == HEARD


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_is_never_announced():
    with transaction.atomic():
        announce(TeaIsReady(3))
        transaction.set_rollback(True)

    assert HEARD == []
