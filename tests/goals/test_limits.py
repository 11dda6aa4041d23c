"""How many goals are too many, and what they may weigh."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.goals.limits import (
    are_many,
    bounds_for,
    goals_in_force,
    may_weigh_so,
    room_for_one_more,
    rules_in_force,
)
from tests.factories.access import TODAY
from tests.factories.goals import GoalFactory, GoalRulesFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def weigh(*weights):
    numbered = dict(enumerate(weights))
    return may_weigh_so(numbered, list(numbered)).code


def test_without_any_rules_those_evenhand_comes_with_hold():
    assert (rules_in_force().most_goals, rules_in_force().lowest_weight) == (10, 5)
    GoalRulesFactory(most_goals=4)
    GoalRulesFactory(most_goals=6)
    assert rules_in_force().most_goals == 6


def test_in_force_are_agreed_goals_somebody_owns_today():
    person = PersonFactory()
    own, shared = GoalFactory(owner=person), GoalFactory(co_owners=[person])
    GoalFactory(owner=person, proposed=True)
    GoalFactory(owner=person, closed=True)
    left = GoalFactory(co_owners=[person])
    left.owners.filter(person=person).update(ends_on=TODAY)

    assert {share.goal for share in goals_in_force(person.pk, TODAY)} == {own, shared}


def test_nobody_has_more_goals_in_force_than_the_rules_allow():
    GoalRulesFactory(most_goals=2)
    full, free = PersonFactory(), PersonFactory()
    first, _second = GoalFactory(owner=full), GoalFactory(co_owners=[full])
    new = GoalFactory(owner=free, proposed=True)

    assert room_for_one_more([free.pk], new, on=TODAY)
    assert room_for_one_more([free.pk, full.pk], new, on=TODAY).code == "too_many_goals"
    assert room_for_one_more([full.pk], first, on=TODAY)


def test_more_than_seven_are_many_which_only_warns():
    assert [are_many(count) for count in (7, 8)] == [False, True]


def test_weights_sum_to_exactly_a_hundred():
    assert weigh(40, 35, 25) == ""
    assert weigh(*[10] * 10) == ""
    assert weigh(40, 35, 24) == "weights_do_not_sum"
    assert weigh(40, 35, 26) == "weights_do_not_sum"


def test_each_weighs_from_five_to_sixty_percent():
    assert weigh(60, 35, 5) == ""
    assert weigh(61, 34, 5) == "weight_out_of_bounds"
    assert weigh(60, 36, 4) == "weight_out_of_bounds"


def test_one_goal_weighs_a_hundred_and_of_two_none_less_than_forty():
    assert weigh(100) == ""
    assert weigh(60, 40) == ""
    assert weigh(61, 39) == "weight_out_of_bounds"


def test_all_goals_in_force_are_weighed_at_once():
    assert may_weigh_so({}, []).code == "nothing_to_weigh"
    assert may_weigh_so({1: 100}, [1, 2]).code == "not_all_weighed"
    assert may_weigh_so({1: 50, 2: 50}, [1]).code == "not_all_weighed"


@settings(max_examples=25)
@given(count=st.integers(1, 30), low=st.integers(1, 40), high=st.integers(41, 100))
def test_some_weights_within_the_bounds_always_make_a_hundred(count, low, high):
    GoalRulesFactory(lowest_weight=low, highest_weight=high)

    lowest, highest = bounds_for(count)

    assert 1 <= lowest <= highest <= 100
    assert count * lowest <= 100 <= count * highest
