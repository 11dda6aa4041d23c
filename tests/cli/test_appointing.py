import argparse

import pytest
from django.core import mail
from django.utils import timezone

from evenhand.access.queries import actor_of
from evenhand.audit.models import Entry
from evenhand.cli import appointing
from evenhand.kernel.acting import Role
from evenhand.people.models import Person
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def evenhand_appoint(*words):
    parser = argparse.ArgumentParser()
    appointing.configure(parser)
    return appointing.run(parser.parse_args(words))


def roles_of(person):
    return actor_of(person.pk, person.name, on=timezone.localdate())


def test_a_new_installation_gets_its_first_specialist(capsys, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        status = evenhand_appoint("ana@example.org", "--given-name=Ana", "--family-name=Roth")

    assert status == 0
    assert "Ana Roth is Specialist" in capsys.readouterr().out
    assert roles_of(Person.objects.get()).holds_everywhere(Role.SPECIALIST)
    assert [message.to for message in mail.outbox] == [["ana@example.org"]]
    assert {entry.by_name for entry in Entry.objects.all()} == {"Evenhand, on the command line"}


def test_somebody_known_keeps_number_and_name():
    person = PersonFactory(email="ana@example.org")

    assert evenhand_appoint("ANA@example.org", "--role=auditor") == 0

    assert Person.objects.get() == person
    assert roles_of(person).holds_everywhere(Role.AUDITOR)


def test_twice_is_refused_and_changes_nothing(capsys):
    evenhand_appoint("ana@example.org")
    entries = Entry.objects.count()

    assert evenhand_appoint("ana@example.org") == appointing.REFUSED
    assert "already" in capsys.readouterr().err
    assert Entry.objects.count() == entries
