from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from evenhand.goals.kinds import Ending, Side
from evenhand.goals.models import GoalEnding
from tests.factories.access import AccountFactory
from tests.factories.goals import GoalFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia(client):
    mia = PersonFactory(given_name="Mia")
    client.force_login(AccountFactory(person=mia))
    return mia


@pytest.fixture
def ben(mia):
    return PersonFactory(given_name="Ben", manager=mia)


def home(client):
    return client.get("/").content.decode()


def running(owner, **fields):
    """A goal of this year's days, whenever the test runs, checked in a moment ago."""
    now = timezone.now()
    days = {
        "starts_on": timezone.localdate() - timedelta(days=100),
        "due_on": timezone.localdate() + timedelta(days=100),
        "created_at": now - timedelta(days=110),
        "checked_in_at": now,
    }
    return GoalFactory(owner=owner, **(days | fields))


def test_a_goal_that_waits_for_the_manager_stands_on_their_home(client, ben):
    goal = running(ben, proposed=True, outcome="Orders arrive whole", checked_in_at=None)

    page = home(client)

    assert "Agree to a goal" in page
    assert f'href="/goals/{goal.pk}/agreement/"' in page
    assert "Nothing needs you now" not in page


def test_a_dropped_goal_waits_for_the_other_side(client, ben):
    goal = running(ben, dropped=True)
    GoalEnding.objects.create(
        goal=goal,
        kind=Ending.DROPPED,
        by=ben,
        at=timezone.now(),
        formula={"side": Side.OWNER, "unit": None},
    )

    assert "A goal was dropped" in home(client)


def test_a_check_in_is_asked_for_once_its_day_has_come(client, mia):
    goal = running(mia, score=Decimal("0.4"))
    assert "Say how far a goal is" not in home(client)

    goal.checked_in_at = timezone.now() - timedelta(days=goal.cadence_days)
    goal.save()

    assert f'href="/goals/{goal.pk}/check-ins/new/"' in home(client)


def test_own_goals_stand_there_with_how_far_they_are(client, mia):
    running(mia, outcome="Answers within a day", score=Decimal("0.45"))

    page = home(client)

    assert "Answers within a day" in page
    assert "45%" in page
    assert "On track" in page


def test_home_asks_the_same_for_one_goal_and_for_many(client, mia, django_assert_max_num_queries):
    for _n in range(6):
        running(mia)
        running(PersonFactory(manager=mia), proposed=True)

    with django_assert_max_num_queries(16):
        home(client)
