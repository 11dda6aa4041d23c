from datetime import date, timedelta
from decimal import Decimal

import pytest

from evenhand.goals.figures import PartFigures, PlanFigures
from evenhand.goals.histories import Measured, history_of, retold
from evenhand.goals.kinds import GoalKind, Metric
from evenhand.goals.measuring import measure_goals
from tests.factories.check_ins import agreed_goal, checked_in, key_results

D = Decimal
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
KPI = PlanFigures(1, GoalKind.KPI, Metric.LEVEL, D(0), D(100), None, None, None)
OKR = PlanFigures(1, GoalKind.OKR, "", None, None, None, None, None)


def told(*values, part=None):
    return [Measured(on, part, D(value), None, None) for on, value in values]


def test_each_day_shows_how_far_it_was_at_its_end():
    found = retold(KPI, [], told((MAY, 10), (MAY, 20), (JUNE, 40)))

    assert [(p.on, p.actual, p.score.capped) for p in found.points] == [
        (MAY, D(20), D("0.2")),
        (JUNE, D(40), D("0.4")),
    ]
    assert found.count == 3
    assert found.last.on == JUNE


def test_what_adds_up_grows_and_a_rate_is_all_by_all_so_far():
    growing = KPI._replace(metric=Metric.CUMULATIVE)
    rate = KPI._replace(metric=Metric.RATE)
    pairs = [Measured(MAY, None, None, D(1), D(2)), Measured(JUNE, None, None, D(0), D(2))]

    assert [p.actual for p in retold(growing, [], told((MAY, 10), (JUNE, 40))).points] == [10, 50]
    assert [p.actual for p in retold(rate, [], pairs).points] == [50, 25]


def test_parts_carry_their_last_values_on():
    parts = [
        PartFigures(7, 1, Metric.LEVEL, D(0), D(10), 50),
        PartFigures(8, 1, Metric.LEVEL, D(0), D(10), 50),
    ]
    values = told((MAY, 10), part=7) + told((JUNE, 5), part=8)

    assert [p.score.capped for p in retold(OKR, parts, values).points] == [D(1), D("0.75")]


def test_values_for_no_part_in_use_do_not_count():
    part = PartFigures(7, 1, Metric.LEVEL, D(0), D(10), 100)

    assert retold(OKR, [part], told((MAY, 10), part=8)).points == []
    assert retold(OKR, [part], told((MAY, 10))).count == 0


@pytest.mark.django_db
def test_the_last_point_is_the_score_that_is_kept():
    for metric in (Metric.LEVEL, Metric.CUMULATIVE):
        goal = agreed_goal(metric=metric)
        for value, on in (("30.5", JUNE), ("20.25", MAY)):
            checked_in(goal, value, on=on)
        measure_goals([goal.pk])
        goal.refresh_from_db()

        assert history_of(goal).last.score.capped == goal.score
        assert history_of(goal).last.actual == goal.actual


@pytest.mark.django_db
def test_a_history_of_parts_ends_with_the_score_that_is_kept():
    goal = agreed_goal(kind=GoalKind.OKR, metric="", baseline=None, target=None)
    first, second = key_results(goal, (40, 0, 10), (60, 8, 5))
    checked_in(goal, 5, part=first)
    checked_in(goal, 6, part=second, on=JUNE)
    measure_goals([goal.pk])
    goal.refresh_from_db()

    assert history_of(goal).last.score.capped == goal.score


@pytest.mark.django_db
def test_a_history_ends_with_what_was_told_before_a_day():
    goal = agreed_goal()
    checked_in(goal, 10, on=MAY)
    checked_in(goal, 20, on=JUNE)

    assert history_of(goal, until=JUNE).last.on == MAY
    assert history_of(goal, until=JUNE + timedelta(days=1)).last.on == JUNE
    assert history_of(goal, until=MAY).last is None
