import pytest

from evenhand.kernel.among import Among
from evenhand.people.models import Person, ReportingLine
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_rows_with_one_of_the_values_are_found_by_number_and_by_text():
    ada, ben, _eve = (PersonFactory(number=number) for number in ("A'1", 'B"2', "C{3}"))

    assert set(Person.objects.filter(Among("pk", [ada.pk, ben.pk, 987654321]))) == {ada, ben}
    assert set(Person.objects.filter(Among("number", ["A'1", 'B"2', "ä,{}"]))) == {ada, ben}


def test_a_relation_is_asked_by_its_number_and_other_conditions_hold_too():
    ada = PersonFactory()
    ben = PersonFactory(manager=ada)
    lines = ReportingLine.objects.filter(Among("manager_id", [ada.pk]), person=ben)

    assert lines.count() == 1
    assert not lines.exclude(Among("person_id", [ben.pk])).exists()


def test_none_is_among_nothing():
    PersonFactory()

    assert not Person.objects.filter(Among("pk", [])).exists()
    assert not Person.objects.filter(Among("number", [])).exists()


def test_very_many_values_are_one_parameter():
    person = PersonFactory()

    assert Person.objects.filter(Among("pk", range(1, 500_000)), pk=person.pk).exists()
