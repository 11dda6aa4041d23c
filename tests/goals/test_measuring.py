from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.goals import measuring
from evenhand.goals.kinds import GoalKind, GoalState, Metric
from evenhand.goals.measuring import check_ins_that_count, measure_goals
from tests.factories.check_ins import MAY, agreed_goal, checked_in, key_results, milestones_of

pytestmark = pytest.mark.django_db

D = Decimal
JUNE = date(2026, 6, 1)
OKR = {"kind": GoalKind.OKR, "metric": "", "baseline": None, "target": None}
MILESTONES = OKR | {"kind": GoalKind.MILESTONES}
YES_NO = OKR | {"kind": GoalKind.YES_NO}


def measured(goal):
    measure_goals([goal.pk])
    goal.refresh_from_db()
    return goal


def test_a_level_is_scored_by_its_last_value_whenever_it_was_told():
    goal = agreed_goal(baseline=D(32), target=D(45))
    checked_in(goal, 42, on=JUNE)
    checked_in(goal, 38, on=MAY)

    assert measured(goal).actual == D(42)
    assert goal.score == D("0.769231")
    assert goal.measured_on == JUNE


def test_of_two_values_of_a_day_the_later_told_counts():
    goal = agreed_goal()
    checked_in(goal, 10)
    checked_in(goal, 20)

    assert measured(goal).actual == D(20)


def test_what_adds_up_is_the_sum_of_its_values():
    goal = agreed_goal(metric=Metric.CUMULATIVE)
    for value in ("10.1", "20.2", "30.3"):
        checked_in(goal, value)

    assert measured(goal).actual == D("60.6")
    assert goal.score == D("0.606")


def test_a_rate_is_all_by_all():
    goal = agreed_goal(metric=Metric.RATE, baseline=D(0), target=D(10))
    checked_in(goal, numerator=D(1), denominator=D(2))
    checked_in(goal, numerator=D(0), denominator=D(98))

    assert measured(goal).actual == D(1)
    assert goal.score == D("0.1")


def test_limits_and_answers_are_scored_by_their_rules():
    within = agreed_goal(kind=GoalKind.MAINTAIN, low=D(95), high=D(100), tolerance=D(5))
    done = agreed_goal(**YES_NO)
    checked_in(within, 93)
    checked_in(done, 1)

    assert measured(within).score == D("0.6")
    assert measured(done).score == D(1)


def test_a_goal_of_key_results_is_their_weighted_score():
    goal = agreed_goal(**OKR)
    first, second, third = key_results(goal, (40, 32, 45), (35, 8, 5), (25, 0, 10))
    checked_in(goal, 42, part=first)
    checked_in(goal, 6, part=second, on=JUNE)
    checked_in(goal, 7, part=third)

    assert measured(goal).score == D("0.716026")
    assert goal.actual is None
    assert goal.measured_on == JUNE
    first.refresh_from_db()
    assert (first.actual, first.score) == (D(42), D("0.769231"))


def test_a_key_result_no_longer_in_use_counts_no_more():
    goal = agreed_goal(**OKR)
    first, second = key_results(goal, (50, 0, 10), (50, 0, 10))
    checked_in(goal, 10, part=first)
    checked_in(goal, 5, part=second)
    first.is_in_use = False
    first.save()

    assert measured(goal).score == D("0.5")


def test_milestones_are_the_weight_of_those_reached():
    goal = agreed_goal(**MILESTONES)
    first, second, _third = milestones_of(goal, 50, 30, 20)
    checked_in(goal, 1, part=first)
    checked_in(goal, 0, part=second)

    assert measured(goal).score == D("0.5")


def test_a_learning_goal_is_measured_by_what_it_has():
    plain = agreed_goal(**(YES_NO | {"kind": GoalKind.LEARNING}))
    figure = agreed_goal(kind=GoalKind.LEARNING)
    steps = agreed_goal(**(MILESTONES | {"kind": GoalKind.LEARNING}))
    step, _other = milestones_of(steps, 60, 40)
    checked_in(plain, 1)
    checked_in(figure, 25)
    checked_in(steps, 1, part=step)

    assert [measured(goal).score for goal in (plain, figure, steps)] == [D(1), D("0.25"), D("0.6")]


def test_without_a_value_there_is_no_score():
    goal = agreed_goal()
    checked_in(goal, note="We have begun.", confidence=6)

    assert measured(goal).score is None
    assert goal.actual is None
    assert goal.confidence == 6
    assert goal.checked_in_at is not None


def test_where_baseline_and_target_are_the_same_nothing_is_scored():
    goal = agreed_goal(baseline=D(5), target=D(5))
    parts = agreed_goal(**OKR)
    (part,) = key_results(parts, (100, 3, 3))
    checked_in(goal, 5)
    checked_in(parts, 3, part=part)

    assert measured(goal).score is None
    assert goal.actual == D(5)
    assert measured(parts).score is None


def test_a_corrected_value_counts_no_more():
    goal = agreed_goal(metric=Metric.CUMULATIVE)
    checked_in(goal, 10)
    wrong = checked_in(goal, 900)
    right = checked_in(goal, 9, corrects=wrong)
    checked_in(goal, 8, corrects=right)

    assert measured(goal).actual == D(18)
    assert {c.value for c in check_ins_that_count()} == {D(10), D(8)}


def test_a_value_taken_back_leaves_no_score():
    goal = agreed_goal()
    wrong = checked_in(goal, 90)
    measured(goal)
    checked_in(goal, corrects=wrong, note="That was another goal.")

    assert measured(goal).score is None
    assert goal.measured_on is None


def test_what_was_measured_in_another_unit_counts_no_more():
    goal = agreed_goal(counts_from=datetime(2026, 5, 15, tzinfo=UTC))
    checked_in(goal, 90, on=MAY)

    assert measured(goal).score is None

    checked_in(goal, 30, on=JUNE)
    assert measured(goal).actual == D(30)


def test_confidence_is_the_last_one_given_and_stands_apart_from_the_score():
    goal = agreed_goal()
    checked_in(goal, 50, confidence=8, on=MAY)
    checked_in(goal, 60, on=JUNE)

    assert measured(goal).confidence == 8
    assert goal.score == D("0.6")


def test_more_than_the_target_is_kept_as_it_was():
    goal = agreed_goal()
    checked_in(goal, 130)

    assert measured(goal).raw_score == D("1.3")
    assert goal.score == D(1)


@pytest.mark.parametrize("state", [GoalState.CLOSED, GoalState.DROPPED])
def test_an_ended_goal_keeps_what_it_had(state):
    goal = agreed_goal(state=state, score=D("0.5"))
    checked_in(goal, 90)

    assert measured(goal).score == D("0.5")


def test_many_goals_cost_as_many_queries_as_one(monkeypatch):
    goals = [agreed_goal() for _n in range(7)]
    for goal in goals:
        checked_in(goal, 42)

    def cost(ids):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            measure_goals(ids)
        return len(caught)

    assert cost([g.pk for g in goals]) == cost([goals[0].pk])
    monkeypatch.setattr(measuring, "AT_ONCE", 3)
    measure_goals(g.pk for g in goals)
    goals[-1].refresh_from_db()
    assert goals[-1].score == D("0.42")
