from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.goals import bringing, policies, values
from evenhand.goals.bringing import BroughtValue, plan_values
from evenhand.goals.kinds import GoalKind, GoalState
from evenhand.goals.values import Value
from tests.factories.access import acting, with_role
from tests.factories.check_ins import agreed_goal, checked_in, key_results, milestones_of
from tests.factories.people import PersonFactory
from tests.factories.sources import DataSourceFactory, fed

pytestmark = pytest.mark.django_db

D = Decimal
MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)
OKR = {"kind": GoalKind.OKR, "metric": "", "baseline": None, "target": None}


def row(number, key, value, on=MAY, **named):
    return BroughtValue(number, Value(on, D(value)), key, **named)


@pytest.fixture
def source():
    return DataSourceFactory()


@pytest.fixture
def goal(source):
    goal = agreed_goal(owner=source.owner)
    fed(source, goal, "sales")
    return goal


def plan(source, *rows, by=None):
    return plan_values(source, rows, by or acting(source.owner))


def problems(found):
    return [(problem.row, problem.verdict) for problem in found.problems]


def sent(source, goal, value, **given):
    return checked_in(goal, value, on=MAY, source=source, origin="system", **given)


def test_a_value_of_a_new_day_is_new(source, goal):
    found = plan(source, row(2, "sales", "10"), row(3, "sales", "20", JUNE))

    assert [(change.place, change.corrects) for change in found.changes] == [
        ((goal.pk, None), None),
        ((goal.pk, None), None),
    ]
    assert found.counts() == {"new": 2, "corrected": 0, "same": 0, "feeds": 0, "problems": 0}


def test_the_same_value_again_changes_nothing_and_another_corrects_it(source, goal):
    kept = sent(source, goal, "10")

    assert plan(source, row(2, "sales", "10.00")).same == 1
    (change,) = plan(source, row(2, "sales", "11")).changes
    assert change.corrects == kept.pk


def test_the_same_row_twice_in_a_file_counts_once(source, goal):
    found = plan(source, row(2, "sales", "10"), row(3, "sales", "10"))

    assert (len(found.changes), found.same) == (1, 1)


def test_two_values_for_a_day_in_a_file_are_refused(source, goal):
    found = plan(source, row(2, "sales", "10"), row(3, "sales", "11"))

    assert problems(found) == [(3, bringing.TOLD_TWICE)]


def test_what_somebody_corrected_stays_corrected_until_the_source_says_something_new(source, goal):
    wrong = sent(source, goal, "10")
    right = checked_in(goal, 9, corrects=wrong)

    assert plan(source, row(2, "sales", "10")).same == 1
    (change,) = plan(source, row(2, "sales", "12")).changes
    assert change.corrects == right.pk


def test_values_of_another_source_are_not_corrected(source, goal):
    sent(DataSourceFactory(), goal, "10")

    (change,) = plan(source, row(2, "sales", "11")).changes
    assert change.corrects is None


def test_an_unknown_key_is_refused_unless_its_row_names_a_goal(source):
    goal = agreed_goal(owner=source.owner)

    assert problems(plan(source, row(2, "new", "1"))) == [(2, bringing.UNKNOWN_KEY)]
    found = plan(source, row(2, "new", "1", goal_id=goal.pk), row(3, "new", "2", JUNE))
    assert found.feeds == {"new": (goal.pk, None)}
    assert len(found.changes) == 2


def test_the_number_of_a_goal_is_a_key_by_itself(source):
    goal = agreed_goal(owner=source.owner, **OKR)
    first, _second = key_results(goal, (50, 0, 10), (50, 0, 10))

    found = plan(source, row(2, "", "1", goal_id=goal.pk, part_place=1))

    assert found.feeds == {f"{goal.pk}/1": (goal.pk, first.pk)}


def test_a_key_means_one_goal_only(source, goal):
    other = agreed_goal(owner=source.owner)

    found = plan(source, row(2, "sales", "1", goal_id=other.pk))

    assert problems(found) == [(2, bringing.KEY_OF_ANOTHER)]


def test_goals_of_others_are_not_there_and_lost_ones_are_refused(source, goal):
    other = agreed_goal()
    fed(source, other, "theirs")

    found = plan(source, row(2, "x", "1", goal_id=other.pk), row(3, "theirs", "1"))

    assert problems(found) == [(2, bringing.UNKNOWN_GOAL), (3, policies.NOT_YOURS_TO_MEASURE)]
    specialist = with_role("specialist")
    assert not problems(plan(source, row(3, "theirs", "1"), by=specialist))


def test_an_ended_goal_and_a_part_that_is_gone_take_no_values(source, goal):
    okr = agreed_goal(owner=source.owner, **OKR)
    part, _other = key_results(okr, (50, 0, 10), (50, 0, 10))
    fed(source, okr, "part", part)
    fed(source, okr, "whole")
    part.is_in_use = False
    part.save()
    goal.state = GoalState.CLOSED
    goal.save()

    rows = [row(2, "sales", "1"), row(3, "part", "1"), row(4, "whole", "1")]
    assert problems(plan(source, *rows)) == [
        (2, policies.NOT_IN_FORCE),
        (3, bringing.UNKNOWN_GOAL),
        (4, values.PART_NEEDED),
    ]


def test_values_that_do_not_fit_are_told_by_row(source, goal):
    stages = agreed_goal(owner=source.owner, **(OKR | {"kind": GoalKind.MILESTONES}))
    (milestone,) = milestones_of(stages, 100)
    fed(source, stages, "stage", milestone)

    found = plan(
        source,
        row(2, "sales", "1", date(2030, 1, 1)),
        row(3, "sales", "0.00001"),
        BroughtValue(4, Value(MAY), "sales"),
        row(5, "stage", "1"),
    )

    assert [verdict for _row, verdict in problems(found)] == [
        values.DAY_TO_COME,
        values.TOO_FINE,
        values.NO_VALUE,
        values.EVIDENCE_NEEDED,
    ]


def test_the_digest_stands_for_what_would_change(source, goal):
    rows = [row(2, "sales", "10"), row(3, "sales", "20", JUNE)]
    before = plan(source, *rows).digest()

    assert plan(source, *rows).digest() == before
    assert plan(source, rows[0]).digest() != before
    sent(source, goal, "9", at=datetime(2026, 5, 31, tzinfo=UTC))
    assert plan(source, *rows).digest() != before


def test_many_rows_cost_as_many_queries_as_one(source, monkeypatch):
    goals = [agreed_goal(owner=source.owner) for _n in range(5)]
    rows = [row(n, "", "1", goal_id=goal.pk) for n, goal in enumerate(goals)]

    def cost(rows):
        with CaptureQueriesContext(connection) as caught:
            plan(source, *rows)
        return len(caught)

    assert cost(rows) == cost(rows[:1])
    monkeypatch.setattr(bringing, "AT_ONCE", 2)
    assert len(plan(source, *rows).changes) == 5


def test_who_has_no_right_to_a_goal_of_a_stranger_is_told_nothing_of_it(source):
    goal = agreed_goal(owner=PersonFactory())

    missing = plan(source, row(2, "x", "1", goal_id=987654321))
    foreign = plan(source, row(2, "x", "1", goal_id=goal.pk))

    assert problems(missing) == problems(foreign)
