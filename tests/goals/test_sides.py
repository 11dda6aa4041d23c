"""Whose agreement a goal needs on a day, and who can give it."""

from datetime import date

import pytest

from evenhand.goals.kinds import Scope, Side
from evenhand.goals.models import UnitPart
from evenhand.goals.sides import Seat, owners_of, seats_of, seats_taken_by
from evenhand.kernel.acting import Role
from evenhand.people.models import Person
from tests.factories.access import TODAY, acting, standing_in, with_role
from tests.factories.goals import GoalFactory
from tests.factories.people import PersonFactory, ReportingLineFactory, UnitFactory

pytestmark = pytest.mark.django_db

LEFT = {"left_on": date(2026, 10, 1)}


@pytest.fixture
def goal():
    return GoalFactory(owner=PersonFactory(manager=PersonFactory()))


def manager_of(goal):
    return goal.owner.lines_to_managers.get().manager


def sides(actor, goal):
    return [seat.side for seat in seats_taken_by(actor, goal)]


def test_the_owner_and_the_manager_agree(goal):
    owner, manager = goal.owner, manager_of(goal)

    assert seats_of(goal, TODAY) == (
        Seat(Side.OWNER, owner.pk),
        Seat(Side.MANAGER, manager.pk),
    )
    assert sides(acting(owner), goal) == [Side.OWNER]
    assert sides(acting(manager), goal) == [Side.MANAGER]
    assert sides(acting(PersonFactory()), goal) == []


def test_the_manager_is_the_one_of_the_day():
    former, later = PersonFactory(), PersonFactory()
    goal = GoalFactory(owner=PersonFactory())
    change = date(2026, 6, 1)
    ReportingLineFactory(person=goal.owner, manager=former, ends_on=change)
    ReportingLineFactory(person=goal.owner, manager=later, starts_on=change)

    assert seats_of(goal, date(2026, 5, 31))[1].person_id == former.pk
    assert seats_of(goal, change)[1].person_id == later.pk


def test_every_owner_who_works_here_agrees_and_whoever_answers_comes_first():
    gone, ended, other = PersonFactory(**LEFT), PersonFactory(), PersonFactory()
    goal = GoalFactory(co_owners=[other, gone, ended])
    goal.owners.filter(person=ended).update(ends_on=date(2026, 5, 1))

    assert owners_of(goal, TODAY) == [goal.owner_id, other.pk]


def test_where_there_is_no_manager_a_specialist_agrees_but_never_the_owner():
    specialist = with_role(Role.SPECIALIST)
    goal = GoalFactory(owner=PersonFactory())
    own = GoalFactory(owner=Person.objects.get(pk=specialist.person_id))

    assert sides(specialist, goal) == [Side.MANAGER]
    assert sides(specialist, own) == [Side.OWNER]


def test_a_manager_who_left_is_none():
    goal = GoalFactory(owner=PersonFactory(manager=PersonFactory(**LEFT)))

    assert sides(with_role(Role.SPECIALIST), goal) == [Side.MANAGER]


def test_a_specialist_of_a_unit_agrees_in_that_unit_only():
    division, elsewhere = UnitFactory(), UnitFactory()
    goal = GoalFactory(owner=PersonFactory(unit=UnitFactory(parent=division)))

    assert sides(with_role(Role.SPECIALIST, division), goal) == [Side.MANAGER]
    assert sides(with_role(Role.SPECIALIST, elsewhere), goal) == []


def test_a_manager_who_also_owns_it_sits_on_both_sides():
    manager = PersonFactory()
    goal = GoalFactory(owner=PersonFactory(manager=manager), co_owners=[manager])

    assert sides(acting(manager), goal) == [Side.OWNER, Side.MANAGER]


class TestAGoalOfTwoUnits:
    @pytest.fixture
    def units(self):
        return UnitFactory(), UnitFactory()

    def shared(self, units, *people):
        goal = GoalFactory(owner=PersonFactory(manager=PersonFactory()), scope=Scope.SHARED)
        for unit, person in zip(units, people, strict=True):
            UnitPart.objects.create(goal=goal, unit=unit, responsible=person)
        return goal

    def test_needs_who_answers_for_it_in_each(self, units):
        one, other = PersonFactory(), PersonFactory()
        goal = self.shared(units, one, other)

        assert seats_of(goal, TODAY)[2:] == (
            Seat(Side.UNIT, one.pk, units[0].pk),
            Seat(Side.UNIT, other.pk, units[1].pk),
        )
        assert sides(acting(other), goal) == [Side.UNIT]

    def test_falls_to_a_specialist_where_that_person_left(self, units):
        goal = self.shared(units, PersonFactory(), PersonFactory(**LEFT))

        assert sides(with_role(Role.SPECIALIST), goal) == [Side.UNIT]


class TestADelegate:
    def test_sits_for_the_manager(self, goal):
        assert sides(standing_in(manager_of(goal), PersonFactory()), goal) == [Side.MANAGER]

    def test_never_sits_for_an_owner(self, goal):
        assert sides(standing_in(goal.owner, PersonFactory()), goal) == []

    def test_never_sits_opposite_themself(self, goal):
        assert sides(standing_in(manager_of(goal), goal.owner), goal) == []

    def test_never_sits_for_a_manager_who_also_owns_it(self):
        manager = PersonFactory()
        goal = GoalFactory(owner=PersonFactory(manager=manager), co_owners=[manager])

        assert sides(standing_in(manager, PersonFactory()), goal) == []
