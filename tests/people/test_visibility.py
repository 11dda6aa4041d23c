import pytest

from evenhand.people.models import Person, Unit
from evenhand.people.visibility import stands_below, unit_within, works_within
from tests.factories.access import TODAY
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_everyone_below_a_manager_stands_below_and_nobody_else():
    chief = PersonFactory()
    middle = PersonFactory(manager=chief)
    below = PersonFactory(manager=middle)
    PersonFactory()

    found = Person.objects.filter(stands_below(chief.pk, on=TODAY))

    assert set(found) == {middle, below}


def test_a_unit_holds_itself_and_the_units_below_it():
    top, other = UnitFactory(), UnitFactory()
    below = UnitFactory(parent=top)

    found = Unit.objects.filter(unit_within([top.pk], unit="pk"))

    assert set(found) == {top, below}
    assert other not in found


def test_one_works_in_a_unit_also_from_below_it_and_only_while_one_does():
    top = UnitFactory()
    inside = PersonFactory(unit=UnitFactory(parent=top))
    PersonFactory(unit=top, left_on=TODAY)
    PersonFactory()

    assert list(Person.objects.filter(works_within([top.pk], on=TODAY))) == [inside]
