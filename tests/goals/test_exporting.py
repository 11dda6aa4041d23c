from datetime import date
from decimal import Decimal

import pytest

from evenhand.goals.exporting import Asked, goals_to_export, headings, rows
from evenhand.goals.kinds import Openness
from evenhand.people.models import ReportingLine
from evenhand.people.weaving import reweave_chains
from tests.factories.access import TODAY, acting
from tests.factories.goals import GoalFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def exported(actor, **asked):
    return list(goals_to_export(actor, Asked(**asked)))


def table(actor, **asked):
    goals = goals_to_export(actor, Asked(**asked))
    return [dict(zip(headings(), row, strict=True)) for row in rows(actor, goals)]


def test_a_row_says_where_a_goal_stands():
    owner = PersonFactory()
    goal = GoalFactory(owner=owner, weight=40, score=Decimal("0.9"), actual=Decimal(87))

    (row,) = table(acting(owner))

    assert row["Goal number"] == goal.pk
    assert (row["Weight, %"], row["Score"], row["Actual"]) == (40, 0.9, 87.0)
    assert row["Pace"] == "On track"
    assert row["State"] == "Agreed"


def test_one_takes_ones_own_those_of_people_below_or_all_one_sees():
    manager = PersonFactory()
    report = PersonFactory(manager=manager)
    own, below = GoalFactory(owner=manager), GoalFactory(owner=report)
    everybody = GoalFactory(openness=Openness.ORGANIZATION)
    GoalFactory()
    GoalFactory(owner=report, draft=True)
    GoalFactory(owner=manager, discarded=True)

    assert exported(acting(manager)) == [own]
    assert exported(acting(manager), whose="below") == [below]
    assert set(exported(acting(manager), whose="all")) == {own, below, everybody}
    assert exported(acting(manager), state="closed") == []


def test_a_goal_above_that_one_does_not_see_is_not_named():
    owner = PersonFactory()
    hidden, seen = GoalFactory(), GoalFactory(owner=owner)
    GoalFactory(owner=owner, parent=hidden, due_on=date(2027, 1, 1))
    GoalFactory(owner=owner, parent=seen, due_on=date(2027, 1, 2))

    above = [row["Number of the goal it supports"] for row in table(acting(owner))]

    assert above == [None, None, seen.pk]


def test_who_once_led_somebody_takes_nothing_of_today():
    former = PersonFactory()
    report = PersonFactory(manager=former)
    GoalFactory(owner=report)
    ReportingLine.objects.update(ends_on=date(2026, 6, 1))
    reweave_chains([report.pk])

    assert exported(acting(former, on=TODAY), whose="all") == []


def test_more_goals_cost_no_more_queries(django_assert_num_queries):
    owner = PersonFactory()
    GoalFactory.create_batch(5, owner=owner)
    actor = acting(owner)

    with django_assert_num_queries(1):
        table(actor)
