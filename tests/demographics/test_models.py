import pytest
from django.db import IntegrityError

from evenhand.demographics.models import ProtectedFacts
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_a_person_has_one_set_of_protected_facts():
    person = PersonFactory()
    ProtectedFacts.objects.create(person=person, sex="female")

    with pytest.raises(IntegrityError):
        ProtectedFacts.objects.create(person=person)


def test_they_can_be_neither_searched_nor_read_in_passing():
    facts = ProtectedFacts(pk=3, sex="female")

    assert str(facts) == "protected facts 3"
    with pytest.raises(TypeError, match="encrypted"):
        ProtectedFacts.objects.filter(sex__contains="female").count()
