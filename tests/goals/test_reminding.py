from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.goals.kinds import GoalState
from evenhand.goals.models import GoalReminder
from evenhand.goals.reminding import remind_of_check_ins
from tests.factories.check_ins import agreed_goal
from tests.factories.people import LeaveFactory, PersonFactory, ReportingLineFactory

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)


def ago(days):
    return MONDAY - timedelta(days=days)


@pytest.fixture
def manager():
    return PersonFactory()


@pytest.fixture
def owner(manager):
    return PersonFactory(manager=manager)


def goal_of(owner, **given):
    return agreed_goal(owner=owner, cadence_days=30, **given)


def reminded(at=MONDAY):
    before = set(GoalReminder.objects.values_list("pk", flat=True))
    remind_of_check_ins(at)
    return {r.to for r in GoalReminder.objects.exclude(pk__in=before).select_related("to")}


def test_the_owner_is_reminded_once_a_cadence_has_passed(owner):
    goal = goal_of(owner, checked_in_at=ago(30))
    assert reminded() == set()

    goal.checked_in_at = ago(31)
    goal.save()
    assert reminded() == {owner}


def test_the_manager_is_reminded_once_the_grace_has_passed_too(owner, manager):
    goal = goal_of(owner, checked_in_at=ago(33))
    assert reminded() == {owner}

    goal.checked_in_at = ago(34)
    goal.save()
    assert reminded() == {manager}


def test_nobody_is_reminded_twice_in_a_week(owner, manager):
    goal_of(owner, checked_in_at=ago(40))

    assert reminded() == {owner, manager}
    assert reminded() == set()
    assert reminded(MONDAY + timedelta(days=4)) == set()
    assert reminded(MONDAY + timedelta(days=7)) == {owner, manager}


def test_without_any_check_in_the_agreement_counts(owner):
    goal_of(owner, checked_in_at=None, agreed_at=ago(31))

    assert reminded() == {owner}


def test_a_goal_agreed_lately_or_not_begun_waits(owner):
    goal_of(owner, agreed_at=ago(20))
    goal_of(owner, starts_on=MONDAY.date() - timedelta(days=20))

    assert reminded() == set()


@pytest.mark.parametrize("day", [14, 15])
def test_nobody_is_reminded_at_a_weekend(owner, day):
    goal_of(owner, checked_in_at=ago(60))

    assert reminded(datetime(2026, 11, day, 9, tzinfo=UTC)) == set()


def test_who_is_away_or_has_just_come_back_is_not_reminded_nor_is_the_manager(owner):
    goal_of(owner, checked_in_at=ago(90))
    back_on = MONDAY.date() - timedelta(days=5)
    LeaveFactory(person=owner, starts_on=date(2026, 8, 1), ends_on=back_on)

    assert reminded() == set()
    assert reminded(MONDAY + timedelta(days=25)) == {owner}


def test_a_manager_who_is_away_is_not_reminded(owner, manager):
    goal_of(owner, checked_in_at=ago(60))
    LeaveFactory(person=manager, starts_on=date(2026, 11, 1))

    assert reminded() == {owner}


def test_the_manager_of_today_is_reminded():
    owner, former, now = PersonFactory(), PersonFactory(), PersonFactory()
    ReportingLineFactory(person=owner, manager=former, ends_on=date(2026, 6, 1))
    ReportingLineFactory(person=owner, manager=now, starts_on=date(2026, 6, 1))
    goal_of(owner, checked_in_at=ago(60))

    assert reminded() == {owner, now}


def test_who_has_left_is_not_reminded():
    owner = PersonFactory(left_on=date(2026, 11, 1), manager=PersonFactory())
    goal_of(owner, checked_in_at=ago(60))

    assert reminded() == set()


@pytest.mark.parametrize("state", [s for s in GoalState if s != GoalState.ACTIVE])
def test_only_goals_in_force_wait_for_check_ins(owner, state):
    goal = goal_of(owner, checked_in_at=ago(60))
    goal.state = state
    if state in {GoalState.DRAFT, GoalState.PROPOSED, GoalState.DISCARDED}:
        goal.agreed_at = None
    goal.save()

    assert reminded() == set()


def test_long_after_its_end_a_goal_is_left_alone(owner):
    goal_of(owner, checked_in_at=ago(200), due_on=date(2026, 9, 1))
    assert reminded() == set()

    goal_of(owner, checked_in_at=ago(200), due_on=date(2026, 10, 1))
    assert reminded(MONDAY) != set()


def test_each_goal_has_its_own_cadence(owner):
    agreed_goal(owner=owner, cadence_days=7, checked_in_at=ago(8))
    agreed_goal(owner=owner, cadence_days=90, checked_in_at=ago(80))

    assert remind_of_check_ins(MONDAY) == 1


def test_many_goals_cost_as_many_queries_as_one(owner):
    def cost():
        GoalReminder.objects.all().delete()
        with CaptureQueriesContext(connection) as caught:
            remind_of_check_ins(MONDAY)
        return len(caught)

    goal_of(owner, checked_in_at=ago(60))
    one = cost()
    for _n in range(4):
        goal_of(PersonFactory(manager=owner), checked_in_at=ago(60))

    assert cost() == one
