from datetime import date
from decimal import Decimal

import pytest

from evenhand.goals.absence import expected_for_days_worked
from evenhand.people.models import WorkingTime
from tests.factories.check_ins import agreed_goal
from tests.factories.people import LeaveFactory

pytestmark = pytest.mark.django_db

MARCH = {"starts_on": date(2026, 3, 2), "due_on": date(2026, 3, 31)}


def quantity(**given):
    """A hundred from nought in March, which has 22 working days."""
    return agreed_goal(**({"metric": "cumulative", "target": Decimal(100)} | MARCH | given))


def test_half_the_days_away_leave_half_of_the_quantity():
    goal = quantity()
    LeaveFactory(person=goal.owner, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 17))

    found = expected_for_days_worked(goal)

    assert (found.target, found.worked, found.planned) == (Decimal(50), 11, 22)
    assert found.full_target == 100


def test_part_time_counts_by_its_share_from_its_first_day():
    goal = quantity()
    WorkingTime.objects.create(person=goal.owner, percent=50, starts_on=date(2026, 3, 17))

    assert expected_for_days_worked(goal).worked == Decimal("16.5")


def test_who_works_all_days_is_expected_to_reach_all():
    assert expected_for_days_worked(quantity()) is None


@pytest.mark.parametrize(
    "given",
    [
        {"metric": "level"},
        {"metric": "rate"},
        {"kind": "maintain", "low": Decimal(1)},
        {"scope": "team"},
        {"baseline": Decimal(20)},
        {"target": Decimal(-5)},
    ],
)
def test_no_standard_of_the_work_itself_is_lowered(given):
    goal = quantity(**given)
    LeaveFactory(person=goal.owner, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 17))

    assert expected_for_days_worked(goal) is None


def test_leaves_outside_the_goal_do_not_count():
    goal = quantity()
    LeaveFactory(person=goal.owner, starts_on=date(2026, 2, 2), ends_on=date(2026, 3, 1))

    assert expected_for_days_worked(goal) is None
