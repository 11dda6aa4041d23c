from datetime import date, timedelta

import pytest

from evenhand.goals.strategy import (
    keeps_objectives,
    live_objectives,
    may_bring_back_objective,
    may_change_objective,
    may_keep_objectives,
    visible_objectives,
)
from evenhand.kernel.acting import Role
from tests.factories.access import TODAY, acting, standing_in, with_role
from tests.factories.people import PersonFactory, UnitFactory
from tests.factories.strategy import ObjectiveFactory

pytestmark = pytest.mark.django_db
KEEPERS = [Role.SPECIALIST, Role.EXECUTIVE]


@pytest.mark.parametrize("role", KEEPERS)
def test_specialists_and_executives_keep_all_objectives(role):
    keeper = with_role(role)

    assert keeps_objectives(keeper)
    assert may_keep_objectives(keeper, None)
    assert may_keep_objectives(keeper, UnitFactory())


@pytest.mark.parametrize("role", [role for role in Role if role not in KEEPERS])
def test_nobody_else_does(role):
    other = with_role(role)

    assert not keeps_objectives(other)
    assert may_keep_objectives(other, None).code == "not_a_keeper"


def test_whoever_has_the_care_of_units_keeps_theirs():
    sales = UnitFactory()
    keeper = with_role(Role.EXECUTIVE, sales)

    assert may_keep_objectives(keeper, UnitFactory(parent=sales))
    assert may_keep_objectives(keeper, UnitFactory()).code == "not_a_keeper"
    assert may_keep_objectives(keeper, None).code == "not_a_keeper"


def test_a_delegate_keeps_no_objectives():
    executive = PersonFactory()

    assert not may_keep_objectives(standing_in(executive, PersonFactory()), None)


def test_what_is_withdrawn_is_brought_back_before_it_is_changed():
    keeper = with_role(Role.SPECIALIST)
    standing, gone = ObjectiveFactory(), ObjectiveFactory(withdrawn=True)

    assert may_change_objective(keeper, standing)
    assert may_change_objective(keeper, gone).code == "objective_withdrawn"
    assert may_bring_back_objective(keeper, gone)
    assert may_bring_back_objective(keeper, standing).code == "objective_stands"


def test_everybody_reads_the_strategy():
    objectives = [ObjectiveFactory(), ObjectiveFactory(withdrawn=True)]

    assert set(visible_objectives(acting(PersonFactory()))) == set(objectives)


def test_goals_can_support_what_holds_today():
    ObjectiveFactory(withdrawn=True)
    ObjectiveFactory(starts_on=date(2025, 1, 1), ends_on=TODAY)
    ObjectiveFactory(starts_on=TODAY + timedelta(days=1), ends_on=date(2028, 1, 1))
    holds = ObjectiveFactory(starts_on=TODAY)

    assert list(live_objectives(acting(PersonFactory()))) == [holds]
