"""Who reads a development plan, and from when on."""

import pytest

from evenhand.development.actions import propose_plan, save_plan
from evenhand.development.policies import visible_plans, visible_versions
from evenhand.development.visibility import Reader
from evenhand.kernel.acting import Role
from tests.factories.access import acting, standing_in, with_role
from tests.factories.development import NOW, agreed, begun, contents
from tests.factories.people import PersonFactory, UnitFactory, company

pytestmark = pytest.mark.django_db


class House:
    def __init__(self):
        self.unit = UnitFactory(name="Sales", parent=company())
        chief = PersonFactory(unit=self.unit)
        self.mia = PersonFactory(unit=self.unit, manager=chief)
        self.ben = PersonFactory(unit=self.unit, manager=self.mia)
        self.readers = {
            Reader.PERSON: acting(self.ben),
            Reader.LINE_ABOVE: acting(chief),
            Reader.HR_PARTNER: with_role(Role.HR_PARTNER, self.unit),
            Reader.SPECIALIST: with_role(Role.SPECIALIST),
        }
        self.nobodies = [
            acting(PersonFactory(unit=self.unit, manager=self.mia)),
            with_role(Role.EXECUTIVE),
            with_role(Role.AUDITOR),
            with_role(Role.IT_ADMINISTRATOR),
            with_role(Role.HR_PARTNER, UnitFactory(parent=company())),
            standing_in(self.mia, self.ben),
            standing_in(self.ben, PersonFactory()),
        ]


@pytest.fixture
def house():
    return House()


@pytest.mark.parametrize("reader", Reader)
def test_a_reader_reads_from_the_proposal_on(house, reader):
    plan = begun(house.ben, by=house.mia)
    assert not visible_plans(house.readers[reader]).exists()

    propose_plan(plan, "I see to the time.", by=acting(house.mia), at=NOW)
    assert visible_plans(house.readers[reader]).get() == plan


def test_nobody_else_reads_ever(house):
    agreed(house.ben, house.mia)

    assert [actor for actor in house.nobodies if visible_plans(actor).exists()] == []


def test_what_is_in_writing_is_read_by_its_author_alone(house):
    plan = agreed(house.ben, house.mia)
    save_plan(plan, contents(needs="Something new"), by=acting(house.ben), at=NOW)

    assert visible_versions(acting(house.ben), plan).count() == 2
    assert visible_versions(acting(house.mia), plan).count() == 1
    assert visible_versions(house.readers[Reader.SPECIALIST], plan).count() == 1
    assert not visible_versions(house.nobodies[0], plan).exists()


def test_nobody_reads_about_themself_by_role(house):
    specialist = with_role(Role.SPECIALIST)
    chief = PersonFactory()
    person = PersonFactory(manager=chief)
    plan = begun(person, by=chief)

    assert visible_plans(acting(chief)).get() == plan
    assert not visible_plans(specialist).exists()


def test_who_stands_in_for_the_manager_reads_what_the_manager_reads(house):
    agreed(house.ben, house.mia)

    assert visible_plans(standing_in(house.mia, PersonFactory())).exists()
