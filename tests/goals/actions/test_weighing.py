"""What the goals of a person weigh, set for all of them at once."""

import pytest

from evenhand.audit.models import Entry
from evenhand.goals.actions.weighing import weigh_goals
from evenhand.goals.models import GoalOwner, Weighing
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import acting, standing_in, with_role
from tests.factories.goals import NOW, GoalFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben():
    return PersonFactory(manager=PersonFactory())


@pytest.fixture
def goals(ben):
    return [GoalFactory(owner=ben) for _n in range(3)]


def weigh(person, goals, *weights, by=None, why=""):
    chosen = {goal.pk: weight for goal, weight in zip(goals, weights, strict=True)}
    return weigh_goals(person, chosen, why, by=by or acting(person), at=NOW)


def weights_of(person):
    return list(
        GoalOwner.objects.filter(person=person).order_by("pk").values_list("weight", flat=True)
    )


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.verdict.code


def test_all_goals_in_force_are_weighed_at_once(ben, goals):
    GoalFactory(owner=ben, closed=True)

    weigh(ben, goals, 40, 35, 25)

    assert weights_of(ben) == [40, 35, 25, None]
    assert Weighing.objects.count() == 3
    assert Entry.objects.get().code == "goals.weighed"


def test_a_later_change_says_why_and_keeps_what_was(ben, goals):
    weigh(ben, goals, 40, 35, 25)

    assert refusal(weigh, ben, goals, 40, 30, 30) == "reason_missing"
    weigh(ben, goals, 40, 30, 30, why="The second shrank.")

    assert weights_of(ben) == [40, 30, 30]
    assert [w.weight for w in Weighing.objects.order_by("pk")] == [40, 35, 25, 30, 30]
    assert Weighing.objects.last().reason == "The second shrank."


def test_sent_twice_it_counts_once(ben, goals):
    for _time in range(2):
        weigh(ben, goals, 40, 35, 25)

    assert Weighing.objects.count() == 3


@pytest.mark.parametrize(
    ("weights", "code"),
    [((40, 35, 26), "weights_do_not_sum"), ((70, 25, 5), "weight_out_of_bounds")],
)
def test_weights_are_whole_and_within_the_rules(ben, goals, weights, code):
    assert refusal(weigh, ben, goals, *weights) == code
    assert weights_of(ben) == [None] * 3


def test_a_goal_that_came_or_went_meanwhile_is_not_passed_over(ben, goals):
    GoalFactory(owner=ben)

    assert refusal(weigh, ben, goals, 40, 35, 25) == "not_all_weighed"


def test_a_shared_goal_weighs_for_each_owner_apart(ben, goals):
    other = PersonFactory()
    GoalOwner.objects.create(goal=goals[0], person=other, starts_on=NOW)

    weigh(other, goals[:1], 100)

    assert weights_of(ben) == [None] * 3


def test_a_manager_and_the_specialist_weigh_for_others_and_nobody_else(ben, goals):
    manager = ben.lines_to_managers.get().manager
    weigh(ben, goals, 40, 35, 25, by=acting(manager))
    weigh(ben, goals, 35, 40, 25, by=with_role(Role.SPECIALIST), why="As agreed.")
    weigh(ben, goals, 30, 45, 25, by=standing_in(manager, PersonFactory()), why="As agreed.")

    assert refusal(weigh, ben, goals, 40, 35, 25, by=acting(PersonFactory())) == "not_their_weights"
    for_themself = standing_in(manager, ben)
    assert refusal(weigh, ben, goals, 40, 35, 25, by=for_themself) == "not_their_weights"
