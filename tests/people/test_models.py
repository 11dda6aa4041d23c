from datetime import date

import pytest
from django.db import IntegrityError, transaction

from evenhand.people.models import (
    Employment,
    Leave,
    Person,
    Position,
    ReportingLine,
    Unit,
    UnitPlacement,
)
from tests.factories.people import SINCE, PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


def refused(constraint):
    return pytest.raises(IntegrityError, match=constraint)


def test_a_person_is_called_by_both_names_or_the_only_one():
    assert Person(given_name="Ada", family_name="Lovelace").name == "Ada Lovelace"
    assert Person(family_name="Suharto").name == "Suharto"
    assert Person(given_name="Anne Marie", family_name="Lenz").first_name == "Anne"
    assert Person(family_name="Suharto").first_name == "Suharto"


def test_people_stand_in_the_order_of_their_names_without_accents():
    names = ["Zweig", "Öberg", "Abel", "Ozon"]
    for name in names:
        PersonFactory(family_name=name)

    assert [person.family_name for person in Person.objects.all()] == [
        "Abel",
        "Öberg",
        "Ozon",
        "Zweig",
    ]


def test_an_address_belongs_to_one_person_and_many_may_have_none():
    PersonFactory(email="a@example.org")
    PersonFactory.create_batch(2, email="")

    with pytest.raises(IntegrityError):
        PersonFactory(email="a@example.org")


def test_nobody_has_two_open_employments_positions_or_managers():
    person, manager = PersonFactory(manager=PersonFactory()), PersonFactory()
    again = {"person": person, "starts_on": date(2026, 1, 1)}

    for model, more in (
        (Employment, {}),
        (Position, {"unit": UnitFactory()}),
        (ReportingLine, {"manager": manager}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**again, **more)


def test_what_is_dated_lasts_at_least_a_day():
    person = PersonFactory()

    with refused("leave_ends_after_it_starts"):
        Leave.objects.create(person=person, starts_on=SINCE, ends_on=SINCE)


def test_nobody_reports_to_themself():
    person = PersonFactory()

    with refused("nobody_reports_to_themself"):
        ReportingLine.objects.create(person=person, manager=person, starts_on=SINCE)


def test_no_unit_stands_in_itself():
    unit = UnitFactory()

    with refused("unit_is_not_its_own_parent"):
        UnitPlacement.objects.create(unit=unit, parent=unit, starts_on=SINCE)


def test_things_say_what_they_are():
    unit = Unit(name="Ward")
    ada, grace = Person(family_name="Lovelace"), Person(family_name="Hopper")

    assert str(UnitPlacement(unit=unit, parent=Unit(name="Hospital"))) == "Ward in Hospital"
    assert str(Position(title="Nurse", unit=unit)) == "Nurse (Ward)"
    assert str(ReportingLine(person=ada, manager=grace)) == "Lovelace to Hopper"
    assert str(Employment(person=ada, starts_on=SINCE)) == "Lovelace from 2020-01-01"
