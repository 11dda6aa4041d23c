from datetime import date

import pytest

from evenhand.audit.models import Entry
from evenhand.goals.actions.copying import copy_goals
from evenhand.goals.actions.writing import discard_goal
from evenhand.goals.kinds import GoalState
from evenhand.goals.models import Goal
from evenhand.kernel.verdict import Refused
from tests.factories.access import acting
from tests.factories.goals import NOW, GoalFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

LAST_YEAR = {"starts_on": date(2025, 1, 1), "due_on": date(2025, 12, 31), "closed": True}


@pytest.fixture
def manager():
    return PersonFactory()


@pytest.fixture
def owner(manager):
    return PersonFactory(manager=manager)


@pytest.fixture
def former(owner):
    return GoalFactory.create_batch(2, owner=owner, **LAST_YEAR)


def copy(owner, goals, by, years=1):
    return copy_goals(owner, [goal.pk for goal in goals], years, by=acting(by), at=NOW)


def refusal_of(attempt):
    with pytest.raises(Refused) as refusal:
        attempt()
    return refusal.value.verdict.code


def test_several_goals_are_begun_anew_as_drafts(owner, former):
    copies = copy(owner, former, owner)

    assert {one.state for one in copies} == {GoalState.DRAFT}
    assert {one.copied_from for one in copies} == set(former)
    assert {one.target for one in copies} == {None}
    assert Entry.objects.filter(code="goal.copied").count() == 2


def test_a_manager_begins_goals_of_a_report_anew(manager, owner, former):
    assert {one.author for one in copy(owner, former, manager)} == {manager}


def test_what_is_sent_twice_is_begun_once_unless_it_was_discarded(owner, former):
    first = copy(owner, former[:1], owner)[0]

    assert copy(owner, former[:1], owner) == [first]
    assert Entry.objects.filter(code="goal.copied").count() == 1

    discard_goal(first, by=acting(owner), at=NOW)
    assert copy(owner, former[:1], owner) != [first]


def test_what_cannot_be_begun_anew_is_refused_as_a_whole(manager, owner, former):
    running = GoalFactory(owner=owner)
    foreign = GoalFactory(owner=manager, **LAST_YEAR)
    for attempt, code in (
        (lambda: copy(owner, [], owner), "nothing_chosen"),
        (lambda: copy(owner, former, owner, years=0), "years_out_of_bounds"),
        (lambda: copy(owner, [*former, running], owner), "not_to_copy"),
        (lambda: copy(owner, [foreign], owner), "not_to_copy"),
        (lambda: copy(owner, former, PersonFactory()), "not_for_them"),
        (lambda: copy_goals(owner, range(21), 1, by=acting(owner), at=NOW), "too_many_copies"),
    ):
        assert refusal_of(attempt) == code
    assert Goal.objects.filter(copied_from__isnull=False).count() == 0
