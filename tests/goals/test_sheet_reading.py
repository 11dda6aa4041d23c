from datetime import date
from decimal import Decimal

import pytest

from evenhand.goals.kinds import Ambition, GoalKind, Metric
from evenhand.goals.sheet_reading import plan_sheet
from evenhand.goals.sheets import MOST_GOALS
from tests.factories.access import TODAY, acting
from tests.factories.goals import GoalFactory
from tests.factories.people import PersonFactory
from tests.factories.sheets import filled, part_row, sheet_of
from tests.factories.strategy import ObjectiveFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return PersonFactory()


def problems(actor, *rows):
    plan = plan_sheet(actor, sheet_of(*rows))
    return [(problem.row, problem.column) for problem in plan.problems]


def test_each_row_makes_a_goal_for_the_person_it_names(manager):
    report = PersonFactory(manager=manager)
    objective = ObjectiveFactory(title="Be the quickest")
    row = filled(report, objective="be the  QUICKEST", ambition="aspirational", baseline="60.5")

    plan = plan_sheet(acting(manager), sheet_of(filled(manager), row))

    own, theirs = (planned.draft for planned in plan.goals)
    assert plan.may_be_proposed
    assert (own.owner_id, theirs.owner_id) == (manager.pk, report.pk)
    assert (theirs.kind, theirs.metric) == (GoalKind.KPI, Metric.LEVEL)
    assert theirs.ambition == Ambition.ASPIRATIONAL
    assert (theirs.baseline, theirs.target) == (Decimal("60.5"), Decimal(90))
    assert theirs.due_on == date(2027, 12, 31)
    assert theirs.objective_id == objective.pk


def test_rows_without_a_goal_are_further_parts_of_the_one_above(manager):
    row = filled(manager, kind="Milestones", baseline="", target="") | part_row(part_weight="40")
    more = part_row(part_title="The second step", part_weight="60", part_due_on="31.12.2026")

    plan = plan_sheet(acting(manager), sheet_of(row, more, filled(manager, outcome="Another one")))

    assert [part.weight for part in plan.goals[0].draft.parts] == [40, 60]
    assert plan.goals[0].draft.parts[1].due_on == date(2026, 12, 31)
    assert plan.goals[1].draft.parts == ()


@pytest.mark.parametrize(
    ("words", "column"),
    [
        ({"outcome": ""}, "Goal"),
        ({"target": "ninety"}, "Target"),
        ({"target": "NaN"}, "Target"),
        ({"due_on": ""}, "Until"),
        ({"due_on": "soon"}, "Until"),
        ({"due_on": "01/02/2027"}, "Until"),
        ({"kind": "A wish"}, "Kind"),
        ({"cadence_days": "1.5"}, "Days between check-ins"),
        ({"objective": "Nothing we know"}, "Objective it supports"),
        ({"parent": "12345"}, "Number of the goal it supports"),
        ({"due_on": "2025-12-31"}, ""),
        ({"part_title": "A part", "part_weight": "100"}, ""),
        ({"part_weight": "100"}, "Key result or milestone"),
    ],
)
def test_what_cannot_be_read_is_named_by_row_and_column(manager, words, column):
    row = filled(manager, **words)

    assert problems(acting(manager), filled(manager, outcome="A good one"), row) == [(3, column)]


def test_people_one_does_not_write_for_are_named(manager):
    stranger, nobody = PersonFactory(), filled(manager) | {"person": "no such number"}

    found = problems(acting(manager), filled(stranger), nobody)

    assert found == [(2, "Person number"), (3, "Person number")]


def test_the_same_goal_is_not_made_twice(manager):
    GoalFactory(owner=manager, outcome="Stands already", due_on=date(2027, 1, 31))
    stands = filled(manager, outcome="stands ALREADY")

    assert problems(acting(manager), stands, filled(manager), filled(manager)) == [
        (2, "Goal"),
        (4, "Goal"),
    ]


def test_a_row_of_parts_without_a_goal_above_is_named(manager):
    assert problems(acting(manager), part_row()) == [(2, "Goal")]


def test_a_goal_that_cannot_be_proposed_yet_can_still_be_a_draft(manager):
    plan = plan_sheet(acting(manager), sheet_of(filled(manager, target="")))

    assert plan.may_be_taken
    assert not plan.may_be_proposed
    assert "target" in plan.goals[0].obstacles


def test_a_sheet_that_is_too_long_is_told_so_at_once(manager):
    rows = [filled(manager, outcome=f"Goal number {n}") for n in range(MOST_GOALS + 1)]

    plan = plan_sheet(acting(manager), sheet_of(*rows))

    assert not plan.goals
    assert [problem.row for problem in plan.problems] == [MOST_GOALS + 2]


def test_more_rows_cost_no_more_queries(manager, django_assert_max_num_queries):
    rows = [
        filled(manager, outcome=f"Goal number {n}", kind="Keep within limits") for n in range(9)
    ]

    with django_assert_max_num_queries(12):
        plan_sheet(acting(manager, on=TODAY), sheet_of(*rows))
