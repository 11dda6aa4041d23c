from dataclasses import dataclass

import pytest
from django.db import transaction

from evenhand.kernel.events import announce, hushed, listen


@dataclass(frozen=True)
class TeaIsReady:
    cups: int


def spill(event):
    if event.cups > 9:
        raise OSError


heard = []
listen(TeaIsReady, spill)
listen(TeaIsReady, heard.append)
listen(TeaIsReady, heard.append)


@pytest.fixture(autouse=True)
def silence():
    heard.clear()


@pytest.mark.django_db(transaction=True)
def test_listeners_hear_once_and_only_after_the_commit():
    with transaction.atomic():
        announce(TeaIsReady(3))
        assert heard == []

    assert [TeaIsReady(3)] == heard


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_is_never_announced():
    with transaction.atomic():
        announce(TeaIsReady(3))
        transaction.set_rollback(True)

    assert heard == []


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_keeps_nobody_from_hearing(caplog):
    with transaction.atomic():
        announce(TeaIsReady(10))

    assert heard == [TeaIsReady(10)]
    assert "Error calling" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_what_is_brought_in_as_long_past_is_announced_to_nobody():
    with transaction.atomic():
        with hushed():
            announce(TeaIsReady(3))
        announce(TeaIsReady(4))

    assert heard == [TeaIsReady(4)]
