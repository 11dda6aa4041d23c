import pytest

from evenhand.goals.models import Goal, StrategicObjective
from evenhand.goals.scopes import (
    EVERYBODY,
    GoalScope,
    may_measure,
    may_see_figures,
    scopes_of,
)
from evenhand.kernel.acting import Role
from tests.factories.access import TODAY, acting, with_role
from tests.factories.people import PersonFactory, UnitFactory
from tests.factories.strategy import ObjectiveFactory, agreed

pytestmark = pytest.mark.django_db


@pytest.fixture
def sales():
    return UnitFactory()


@pytest.fixture
def team_of_sales(sales):
    return UnitFactory(parent=sales)


def test_a_group_holds_the_goals_of_its_units_or_of_the_people_below(sales, team_of_sales):
    boss = PersonFactory()
    in_sales = agreed(unit=team_of_sales)
    of_report = agreed(owner=PersonFactory(manager=boss))
    agreed(owner=boss)

    assert list(GoalScope(unit_id=sales.pk).goals(TODAY)) == [in_sales]
    assert list(GoalScope(manager_id=boss.pk).goals(TODAY)) == [of_report]
    assert EVERYBODY.goals(TODAY).count() == Goal.objects.count()


def test_a_unit_could_serve_its_own_objectives_and_those_of_all(sales, team_of_sales):
    of_all, of_team = ObjectiveFactory(), ObjectiveFactory(unit=team_of_sales)
    ObjectiveFactory(unit=UnitFactory())

    assert set(GoalScope(unit_id=sales.pk).objectives()) == {of_all, of_team}
    assert EVERYBODY.objectives().count() == StrategicObjective.objects.count()


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.HR_PARTNER, Role.EXECUTIVE])
def test_who_cares_for_everything_knows_the_figures_of_all(role):
    actor = with_role(role)

    assert scopes_of(actor) == [EVERYBODY]
    assert may_measure(actor, EVERYBODY)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.IT_ADMINISTRATOR])
def test_other_roles_know_none(role, sales):
    actor = with_role(role)

    assert scopes_of(actor) == []
    for scope in (EVERYBODY, GoalScope(unit_id=sales.pk)):
        assert may_measure(actor, scope).code == "not_your_figures"


def test_a_partner_knows_the_figures_of_their_units_and_of_those_below(sales, team_of_sales):
    partner = with_role(Role.HR_PARTNER, sales)

    assert scopes_of(partner) == [GoalScope(unit_id=sales.pk)]
    assert may_measure(partner, GoalScope(unit_id=team_of_sales.pk))
    assert not may_measure(partner, GoalScope(unit_id=UnitFactory().pk))
    assert not may_measure(partner, EVERYBODY)


def test_an_executive_gets_no_parts_to_take_from_the_whole(sales, team_of_sales):
    executive = with_role(Role.EXECUTIVE, sales)

    assert may_measure(executive, GoalScope(unit_id=sales.pk))
    assert not may_measure(executive, GoalScope(unit_id=team_of_sales.pk))
    assert not may_measure(with_role(Role.EXECUTIVE), GoalScope(unit_id=sales.pk))


def test_a_manager_knows_the_figures_of_the_people_below(sales):
    boss, other = PersonFactory(), PersonFactory()
    PersonFactory(manager=boss)
    own = GoalScope(manager_id=boss.pk)

    assert scopes_of(acting(boss)) == [own]
    assert may_measure(acting(boss), own)
    assert not may_measure(acting(other), own)
    assert not may_measure(acting(other), GoalScope(manager_id=other.pk))


def test_figures_about_fewer_than_five_are_for_those_who_read_the_goals(sales):
    unit = GoalScope(unit_id=sales.pk)
    executive = with_role(Role.EXECUTIVE, sales)

    assert may_see_figures(executive, unit, 4).code == "too_few_people"
    assert may_see_figures(executive, unit, 5)
    assert may_see_figures(with_role(Role.HR_PARTNER, sales), unit, 1)
    assert may_see_figures(with_role(Role.SPECIALIST), EVERYBODY, 1)
    assert may_see_figures(acting(PersonFactory()), GoalScope(manager_id=1), 1)
