"""Goals that are placed, measured and dropped at the same time, each in a connection of its own."""

from decimal import Decimal
from itertools import permutations

import pytest
from django.db import transaction

from evenhand.goals.aligning import lock_with_all_below, place_goal, rethread
from evenhand.goals.kinds import GoalState, RollUpFrom
from evenhand.goals.models import Goal
from evenhand.goals.rolling import roll_up
from evenhand.kernel.verdict import Refused
from tests.factories.people import PersonFactory
from tests.factories.strategy import ObjectiveFactory, agreed
from tests.reviews.test_answering_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def place(goal_id, parent_id):
    try:
        with transaction.atomic():
            lock_with_all_below([goal_id])
            goal, parent = (Goal.objects.get(pk=pk) for pk in (goal_id, parent_id))
            place_goal(goal, parent=parent, objective=None)
    except Refused as refusal:
        return refusal.verdict.code
    return "placed"


def measure(goal_id, score):
    with transaction.atomic():
        goal = Goal.objects.select_for_update().get(pk=goal_id)
        Goal.objects.filter(pk=goal.pk).update(score=Decimal(score))
        roll_up([goal.pk])


def drop(goal_id):
    with transaction.atomic():
        lock_with_all_below([goal_id])
        Goal.objects.filter(pk=goal_id).update(state=GoalState.DROPPED)
        rethread([goal_id])
        roll_up([goal_id])


def test_of_two_goals_that_are_placed_below_each_other_one_stays_where_it_was():
    a, b = agreed().pk, agreed().pk

    assert sorted(at_once(lambda: place(a, b), lambda: place(b, a))) == ["goal_cycle", "placed"]
    assert Goal.objects.filter(parent=None).count() == 1


def test_moves_in_any_order_never_close_a_circle():
    owner, objective = PersonFactory(), ObjectiveFactory()
    goals = [agreed(owner=owner, objective=objective).pk for _n in range(8)]
    moves = list(permutations(goals, 2))

    at_once(*[lambda tab=tab: [place(*move) for move in moves[tab::4]] for tab in range(4)])

    rows = {row.pk: row for row in Goal.objects.all()}
    for row in rows.values():
        steps, top = 1, row
        while top.parent_id:
            top, steps = rows[top.parent_id], steps + 1
            assert steps <= 8
        assert (row.depth, row.top_objective_id) == (steps, top.objective_id)


def test_goals_measured_at_once_all_count_above():
    top = agreed(rolls_up_from=RollUpFrom.CHILDREN)
    middle = [agreed(parent=top, rolls_up_from=RollUpFrom.CHILDREN) for _n in range(2)]
    leaves = [agreed(parent=middle[n % 2]).pk for n in range(6)]

    at_once(*[lambda pk=pk, n=n: measure(pk, f"0.{n}") for n, pk in enumerate(leaves)])

    top.refresh_from_db()
    assert (top.rolled_score, top.rolled_coverage) == (Decimal("0.25"), 1)


def test_a_goal_that_is_dropped_while_those_below_are_measured_keeps_nobody_waiting():
    objective = ObjectiveFactory()
    top = agreed(objective=objective, rolls_up_from=RollUpFrom.CHILDREN)
    middle = agreed(parent=top, rolls_up_from=RollUpFrom.CHILDREN)
    leaves = [agreed(parent=middle).pk for _n in range(4)]

    at_once(
        lambda: drop(middle.pk),
        *[lambda pk=pk: [measure(pk, "0.5"), measure(pk, "0.7")] for pk in leaves],
    )

    top.refresh_from_db()
    middle.refresh_from_db()
    assert middle.rolled_score == Decimal("0.7")
    assert (top.rolled_score, top.rolled_coverage) == (0, 1)
    assert not Goal.objects.filter(pk__in=leaves, top_objective=objective).exists()
