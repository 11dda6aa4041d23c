from contextlib import suppress
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from evenhand.goals.aligning import lock_with_all_below, may_stand_below, place_goal, rethread
from evenhand.goals.kinds import GoalState, RollUpFrom
from evenhand.goals.models import Goal
from evenhand.kernel.verdict import Refused
from tests.factories.people import PersonFactory
from tests.factories.strategy import ObjectiveFactory, agreed

pytestmark = pytest.mark.django_db


def place(goal, parent=None, objective=None):
    with transaction.atomic():
        place_goal(goal, parent=parent, objective=objective)


def threaded(*goals):
    rows = [Goal.objects.get(pk=goal.pk) for goal in goals]
    return [(row.depth, row.top_objective_id) for row in rows]


def chain(length, *, objective=None):
    goals = [agreed(objective=objective)]
    while len(goals) < length:
        goals.append(agreed(parent=goals[-1], owner=goals[0].owner))
    return goals


def refusal(goal, parent):
    with pytest.raises(Refused) as refused:
        place(goal, parent)
    return refused.value.verdict.code


def test_a_goal_below_another_reaches_its_objective():
    top, middle, leaf = chain(3, objective=ObjectiveFactory())
    moved = agreed()

    place(moved, leaf)

    assert (moved.parent, moved.depth, moved.top_objective_id) == (leaf, 4, top.objective_id)
    assert threaded(top, middle, leaf, moved) == [
        (depth, top.objective_id) for depth in range(1, 5)
    ]


def test_all_below_a_goal_go_with_it():
    above = agreed(objective=ObjectiveFactory())
    goals = chain(3)

    place(goals[0], above)

    assert threaded(*goals) == [(depth, above.objective_id) for depth in (2, 3, 4)]


def test_a_goal_can_support_an_objective_directly_and_then_nothing():
    objective = ObjectiveFactory()
    goal, below = chain(2)

    place(goal, objective=objective)
    assert threaded(goal, below) == [(1, objective.pk), (2, objective.pk)]

    place(goal)
    assert threaded(goal, below) == [(1, None), (2, None)]


def test_a_goal_supports_one_thing():
    goal, above, objective = agreed(), agreed(), ObjectiveFactory()

    with pytest.raises(Refused, match="supports_one_thing"):
        place(goal, above, objective)


@pytest.mark.parametrize("below", [0, 1, 3])
def test_a_circle_is_refused_and_nothing_changes(below):
    goals = chain(4)

    assert refusal(goals[0], goals[below]) == "goal_cycle"
    assert [depth for depth, _top in threaded(*goals)] == [1, 2, 3, 4]


def test_a_chain_has_at_most_eight_goals():
    upper, lower = chain(6), chain(3)

    assert refusal(lower[0], upper[-1]) == "chain_too_long"
    assert may_stand_below(lower[0], upper[-1]).code == "chain_too_long"
    place(lower[0], upper[-2])
    assert threaded(lower[-1])[0][0] == 8


@pytest.mark.parametrize("state", [GoalState.DROPPED, GoalState.DISCARDED])
def test_a_goal_that_is_given_up_breaks_the_chain_for_those_below(state):
    objective = ObjectiveFactory()
    top, middle, leaf = chain(3, objective=objective)
    agreed_at = middle.agreed_at if state == GoalState.DROPPED else None
    Goal.objects.filter(pk=middle.pk).update(state=state, agreed_at=agreed_at)

    rethread([middle.pk])

    assert threaded(top, middle, leaf) == [(1, objective.pk), (2, objective.pk), (3, None)]


def test_a_goal_that_is_taken_up_again_mends_the_chain():
    objective = ObjectiveFactory()
    top, leaf = chain(2, objective=objective)
    Goal.objects.filter(pk=top.pk).update(state=GoalState.DROPPED)
    rethread([top.pk])
    assert threaded(leaf) == [(2, None)]
    Goal.objects.filter(pk=top.pk).update(state=GoalState.ACTIVE)

    rethread([top.pk])

    assert threaded(leaf) == [(2, objective.pk)]


def test_goals_given_together_with_some_below_them_are_threaded_right():
    objective = ObjectiveFactory()
    goals = chain(4)
    Goal.objects.filter(pk=goals[0].pk).update(objective=objective)

    rethread([goal.pk for goal in reversed(goals)])

    assert threaded(*goals) == [(depth, objective.pk) for depth in range(1, 5)]


def test_a_goal_takes_its_score_from_the_old_place_to_the_new():
    old = agreed(rolls_up_from=RollUpFrom.CHILDREN)
    new = agreed(rolls_up_from=RollUpFrom.CHILDREN)
    goal = agreed(score="0.8")
    place(goal, old)

    place(goal, new)

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.rolled_score, old.rolled_coverage) == (None, None)
    assert (new.rolled_score, new.rolled_coverage) == (Decimal("0.8"), 1)


def test_a_goal_that_repeats_the_words_above_is_marked():
    above = agreed(outcome="Cut the response time of support from 8 to 5 hours")
    copy = agreed(outcome="Cut the response time of support from 8 to 5 hours in Kenya")
    own = agreed(outcome="Answer nine of ten tickets in the first shift")

    place(copy, above)
    place(own, above)

    assert (copy.is_near_copy, own.is_near_copy) == (True, False)
    place(copy)
    assert not copy.is_near_copy


def test_goals_are_locked_with_everything_below(django_assert_max_num_queries):
    goals = chain(3)

    with transaction.atomic(), django_assert_max_num_queries(6):
        lock_with_all_below([goals[0].pk])


class TestAnyOrderOfMoves(TestCase):
    """Whatever is tried, the map stays a forest and its columns stay true."""

    @given(
        st.lists(
            st.tuples(st.integers(0, 9), st.none() | st.integers(0, 9)),
            max_size=14,
        )
    )
    @settings(max_examples=15)
    def test_the_map_never_gains_a_circle(self, moves):
        owner, objective = PersonFactory(), ObjectiveFactory()
        goals = [agreed(owner=owner) for _n in range(10)]
        for which, below in moves:
            self.try_to_place(goals[which], None if below is None else goals[below], objective)

        rows = {row.pk: row for row in Goal.objects.all()}
        for row in rows.values():
            self.assert_is_true(row, rows)

    def try_to_place(self, goal, above, objective):
        with suppress(Refused):
            place(goal, above, None if above else objective)
        goal.refresh_from_db()

    def assert_is_true(self, row, rows):
        steps, top = 1, row
        while top.parent_id:
            top, steps = rows[top.parent_id], steps + 1
            assert steps <= 8
        assert (row.depth, row.top_objective_id) == (steps, top.objective_id)
