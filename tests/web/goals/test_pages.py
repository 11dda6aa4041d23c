from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from evenhand.goals.models import GoalMove
from tests.factories.access import AccountFactory
from tests.factories.check_ins import agreed_goal
from tests.factories.people import LeaveFactory, PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal():
    return agreed_goal(
        metric="cumulative",
        target=Decimal(120),
        unit_of_measure="visits",
        openness="organization",
        starts_on=date(2026, 3, 2),
        due_on=date(2026, 12, 31),
    )


def page_for(client, person, goal):
    client.force_login(AccountFactory(person=person))
    return client.get(reverse("goals:goal", args=[goal.pk])).content.decode()


def test_what_fits_the_days_worked_stands_with_its_days(client, goal):
    LeaveFactory(person=goal.owner, starts_on=date(2026, 3, 2), ends_on=date(2026, 4, 6))

    page = page_for(client, goal.owner, goal)

    assert "194 of 219 working days" in page
    assert "106.3 of" in page


def test_a_colleague_who_reads_the_plan_learns_nothing_of_absence(client, goal):
    LeaveFactory(person=goal.owner, starts_on=date(2026, 3, 2), ends_on=date(2026, 4, 6))

    page = page_for(client, PersonFactory(), goal)

    assert "working days" not in page
    assert "visits" in page


def test_where_a_goal_went_stands_among_what_was_said(client, goal):
    manager = PersonFactory(given_name="Nora", family_name="Next")
    GoalMove.objects.create(
        goal=goal, on=date(2026, 5, 4), new_unit=UnitFactory(name="Weighing"), new_manager=manager
    )

    page = page_for(client, goal.owner, goal)

    assert "It went along to Weighing; the manager from then on: Nora Next." in page
