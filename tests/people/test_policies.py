from datetime import date

import pytest

from evenhand.kernel.acting import Role
from evenhand.people.policies import (
    may_change_people,
    people_with_open_records,
    visible_people,
    visible_units,
)
from tests.factories.access import TODAY, acting, standing_in, with_role
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_everyone_sees_who_works_here_today():
    here = PersonFactory()
    gone = PersonFactory(left_on=TODAY)
    coming = PersonFactory(hired_on=date(2027, 1, 1))

    assert set(visible_people(acting(here))) == {here}
    assert {gone, coming} < set(visible_people(with_role(Role.SPECIALIST)))


@pytest.mark.parametrize("role", [Role.HR_PARTNER, Role.EXECUTIVE, Role.AUDITOR])
def test_other_roles_see_no_more_than_everyone(role):
    gone = PersonFactory(left_on=TODAY)

    assert gone not in visible_people(with_role(role))


class TestOpenRecords:
    def test_one_reads_ones_own_and_those_of_everyone_below(self):
        head = PersonFactory()
        lead = PersonFactory(manager=head)
        person = PersonFactory(manager=lead)
        PersonFactory()

        assert set(people_with_open_records(acting(head))) == {head, lead, person}
        assert set(people_with_open_records(acting(person))) == {person}

    def test_an_hr_partner_reads_those_of_the_units_in_care(self):
        unit = UnitFactory()
        inside = PersonFactory(unit=UnitFactory(parent=unit))
        outside = PersonFactory()

        open_records = set(people_with_open_records(with_role(Role.HR_PARTNER, unit)))

        assert inside in open_records
        assert outside not in open_records

    def test_a_delegate_reads_those_below_the_principal_but_not_the_principals(self):
        principal = PersonFactory()
        person = PersonFactory(manager=principal)

        actor = standing_in(principal, PersonFactory())

        assert set(people_with_open_records(actor)) == {person}

    def test_the_specialist_reads_everyones(self):
        gone = PersonFactory(left_on=TODAY)

        assert gone in people_with_open_records(with_role(Role.SPECIALIST))


@pytest.mark.parametrize("role", Role)
def test_only_the_specialist_of_the_whole_organization_changes_people(role):
    assert bool(may_change_people(with_role(role))) == (role == Role.SPECIALIST)
    assert not may_change_people(with_role(role, UnitFactory()))


def test_closed_units_are_seen_by_the_specialist_only():
    closed = UnitFactory(ends_on=TODAY)

    assert closed not in visible_units(acting(PersonFactory()))
    assert closed in visible_units(with_role(Role.SPECIALIST))
