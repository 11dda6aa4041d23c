"""What two people or systems say about a goal at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection, connections

from evenhand.goals.actions.checking_in import NewCheckIn, check_in, correct_check_in
from evenhand.goals.actions.feeding import Delivery, bring_values
from evenhand.goals.bringing import BroughtValue
from evenhand.goals.kinds import RollUpFrom
from evenhand.goals.models import CheckIn, Goal
from evenhand.goals.values import Value
from evenhand.kernel.verdict import Refused
from tests.factories.access import acting
from tests.factories.check_ins import agreed_goal
from tests.factories.people import PersonFactory
from tests.factories.sources import DataSourceFactory, fed

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets only one write anyway"
    ),
]

MAY = date(2026, 5, 1)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def at_once(*deeds):
    """Do all of this at the same moment; what was refused is among the answers."""
    barrier = Barrier(len(deeds))

    def act(deed):
        barrier.wait()
        try:
            return deed()
        except Refused as refusal:
            return refusal.verdict.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(act, deeds))


def test_the_same_form_sent_twice_at_once_counts_once():
    goal = agreed_goal()
    new = NewCheckIn(MAY, Decimal(42), request="once")
    by = acting(goal.owner)

    said = at_once(*[lambda: check_in(goal, new, by=by, at=NOW)] * 4)

    assert len(set(said)) == 1
    assert CheckIn.objects.count() == 1


def test_two_corrections_at_once_are_one_and_a_refusal():
    goal = agreed_goal()
    by = acting(goal.owner)
    wrong = check_in(goal, NewCheckIn(MAY, Decimal(90)), by=by, at=NOW)

    def correct(value):
        new = NewCheckIn(MAY, Decimal(value), note="Wrong month.")
        return correct_check_in(wrong, new, by=by, at=NOW)

    said = at_once(lambda: correct(8), lambda: correct(9))

    assert said.count("already_corrected") == 1
    assert CheckIn.objects.filter(corrects=wrong).count() == 1


def test_two_deliveries_of_a_source_at_once_count_once():
    source = DataSourceFactory()
    goal = agreed_goal(owner=source.owner, metric="cumulative")
    fed(source, goal, "sales")
    rows = [BroughtValue(1, Value(MAY, Decimal(10)), "sales")]
    by = acting(source.owner)

    at_once(*[lambda: bring_values(source, Delivery(rows), by=by, at=NOW)] * 4)

    goal.refresh_from_db()
    assert goal.actual == 10


def test_check_ins_below_and_above_wait_for_each_other_and_none_is_lost():
    manager = PersonFactory()
    top = agreed_goal(owner=manager, rolls_up_from=RollUpFrom.BOTH)
    below = [
        agreed_goal(owner=PersonFactory(manager=manager), parent=top, depth=2) for _n in range(4)
    ]
    by = acting(manager)

    at_once(
        *[
            lambda goal=goal: check_in(goal, NewCheckIn(MAY, Decimal(50)), by=by, at=NOW)
            for goal in (*below, top)
        ]
    )

    assert set(Goal.objects.values_list("score", flat=True)) == {Decimal("0.5")}
    top.refresh_from_db()
    assert top.rolled_score == Decimal("0.5")
    assert top.rolled_coverage == 1
