from datetime import UTC, date, datetime

import pytest
from django.db import connection

from evenhand.audit.models import Entry
from evenhand.demographics.actions import Kept, keep_protected_facts
from evenhand.demographics.models import ProtectedFacts
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import acting, with_role
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
FACTS = {"sex": "female", "race": "Asian", "birth_on": date(1990, 5, 1), "disability": ""}


@pytest.fixture
def specialist():
    return with_role(Role.SPECIALIST)


def keep(by, *rows):
    return keep_protected_facts([(person.pk, facts) for person, facts in rows], by=by, at=AT)


def test_facts_are_kept_and_the_same_again_changes_nothing(specialist):
    person = PersonFactory()

    assert keep(specialist, (person, FACTS)) == Kept(1, 0)
    assert keep(specialist, (person, FACTS)) == Kept(0, 0)

    facts = ProtectedFacts.objects.get(person=person)
    assert (facts.sex, facts.birth_on, facts.disability) == ("female", "1990-05-01", "")


def test_what_is_not_said_stays_and_what_is_empty_goes(specialist):
    person = PersonFactory()
    keep(specialist, (person, FACTS))

    assert keep(specialist, (person, {"sex": None, "race": ""})) == Kept(0, 1)

    facts = ProtectedFacts.objects.get(person=person)
    assert (facts.sex, facts.race, facts.birth_on) == ("female", "", "1990-05-01")


def test_the_database_and_the_trail_hold_no_word_of_them(specialist):
    keep(specialist, (PersonFactory(), FACTS), (PersonFactory(), FACTS))

    with connection.cursor() as cursor:
        cursor.execute("SELECT sex, race, birth_on FROM demographics_protectedfacts")
        stored = str(cursor.fetchall())
    entry = Entry.objects.get(code="demographics.kept")
    assert not any(word in stored for word in ("female", "Asian", "1990"))
    assert entry.details == {"added": 2, "changed": 0}


def test_only_the_specialist_brings_them_in():
    with pytest.raises(Refused):
        keep(acting(PersonFactory()), (PersonFactory(), FACTS))
