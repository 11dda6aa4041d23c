import pytest

from evenhand.development.actions import save_plan
from evenhand.development.queries import (
    learning_goals,
    offered,
    plans_of,
    standing_version,
    team_plans,
    version_under_way,
)
from evenhand.goals.kinds import GoalKind
from tests.factories.access import acting, standing_in
from tests.factories.assessments import AssessmentFactory, answer, closed
from tests.factories.development import MENTORING, NOW, agreed, begun, contents
from tests.factories.goals import GoalFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia():
    return PersonFactory()


@pytest.fixture
def ben(mia):
    return PersonFactory(manager=mia)


def test_the_newest_closed_assessment_offers_strengths_and_needs_the_heaviest_first(ben, mia):
    one = AssessmentFactory(subject=ben, manager=mia)
    answer(one, ben, [2, 3, 2])
    assert offered(acting(ben), ben.pk).needs == ()
    closed(one)

    found = offered(acting(ben), ben.pk)
    # Listening lacks 1 of weight 40, planning 2 of weight 30; writing has more than is expected.
    assert (found.strengths, found.needs) == (("Writing",), ("Planning", "Listening"))
    assert offered(acting(PersonFactory()), ben.pk).needs == ()


def test_what_stands_and_what_is_under_way_are_told_apart(ben, mia):
    plan = agreed(ben, mia)
    save_plan(plan, contents(needs="More"), by=acting(ben), at=NOW)

    assert standing_version(acting(ben), plan).number == 1
    assert version_under_way(acting(ben), plan).number == 2
    assert version_under_way(acting(mia), plan) is None
    assert list(plans_of(acting(mia), ben.pk)) == [plan]


def test_learning_goals_that_are_alive_can_be_linked(ben):
    goal = GoalFactory(owner=ben, kind=GoalKind.LEARNING)
    GoalFactory(owner=ben)
    GoalFactory(owner=ben, kind=GoalKind.LEARNING, dropped=True)

    assert list(learning_goals(acting(ben), ben.pk)) == [goal]


def test_a_manager_sees_the_plans_of_the_team(ben, mia):
    agreed(ben, mia)
    hidden = PersonFactory(manager=mia)
    begun(hidden, by=hidden)
    rows = {row.person: row for row in team_plans(acting(mia)).rows}

    assert rows[ben].plan.is_agreed
    assert (rows[ben].open_actions, rows[ben].next_due_on) == (1, MENTORING.due_on)
    assert (rows[hidden].plan, rows[hidden].open_actions) == (None, 0)
    assert [row.person for row in team_plans(standing_in(mia, ben)).rows] == [hidden]


def test_a_team_costs_the_same_for_one_and_for_many(mia, django_assert_num_queries):
    for _ in range(3):
        agreed(PersonFactory(manager=mia), mia)
    actor = acting(mia)

    with django_assert_num_queries(3):
        assert len(team_plans(actor).rows) == 3
