from dataclasses import replace

import pytest
from django.utils import timezone

from evenhand.audit.models import Entry
from evenhand.goals.actions.shelving import (
    bring_goal_library,
    change_library_goal,
    mark_of,
    retire_library_goal,
    write_library_goal,
)
from evenhand.goals.library import LibraryDraft, draft_of_library_goal, goals_that_come_along
from evenhand.goals.models import LibraryGoal
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import acting, with_role
from tests.factories.library import LibraryGoalFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DRAFT = LibraryDraft("Ship every release on the day that was promised", why=" For trust. ")


@pytest.fixture
def keeper():
    return with_role(Role.SPECIALIST)


def test_the_library_is_brought_once_and_what_stands_there_is_left_alone(keeper):
    code = next(iter(goals_that_come_along()))
    own = LibraryGoalFactory(code=code, outcome="Our own words")

    assert bring_goal_library(by=keeper, at=NOW) == len(goals_that_come_along()) - 1
    assert bring_goal_library(by=keeper, at=NOW) == 0

    own.refresh_from_db()
    assert own.outcome == "Our own words"
    assert LibraryGoal.objects.count() == len(goals_that_come_along())
    assert (
        Entry.objects.filter(code="library_goal.brought_along").count()
        == len(goals_that_come_along()) - 1
    )


def test_a_goal_is_written_with_a_code_of_its_own(keeper):
    first = write_library_goal(DRAFT, by=keeper, at=NOW)
    retire_library_goal(first, is_retired=True, by=keeper, at=NOW)
    second = write_library_goal(DRAFT, by=keeper, at=NOW)

    assert first.code == "ship-every-release-on-the-day-that-was-promised"
    assert second.code == f"{first.code}-2"
    assert second.why == "For trust."


def test_the_same_words_are_offered_once(keeper):
    write_library_goal(DRAFT, by=keeper, at=NOW)

    with pytest.raises(Refused) as refusal:
        write_library_goal(replace(DRAFT, outcome=DRAFT.outcome.upper()), by=keeper, at=NOW)

    assert refusal.value.verdict.code == "offered_already"


def test_a_goal_is_changed_and_the_change_is_on_record_once(keeper):
    found = LibraryGoalFactory()
    draft = replace(draft_of_library_goal(found), why="Something else.")

    change_library_goal(found, draft, by=keeper, at=NOW)
    change_library_goal(found, draft, by=keeper, at=NOW)

    found.refresh_from_db()
    assert found.why == "Something else."
    assert Entry.objects.filter(code="library_goal.changed").count() == 1


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(keeper):
    found = LibraryGoalFactory()
    seen, draft = mark_of(found), draft_of_library_goal(found)
    change_library_goal(found, replace(draft, why="Theirs."), by=keeper, at=NOW, seen=seen)

    with pytest.raises(Refused) as refusal:
        change_library_goal(found, replace(draft, why="Mine."), by=keeper, at=NOW, seen=seen)

    assert refusal.value.verdict.code == "changed_meanwhile"


def test_a_goal_is_retired_and_offered_again(keeper):
    found = LibraryGoalFactory()

    assert retire_library_goal(found, is_retired=True, by=keeper, at=NOW).retired_at == NOW
    assert retire_library_goal(found, is_retired=True, by=keeper, at=NOW).retired_at == NOW
    assert retire_library_goal(found, is_retired=False, by=keeper, at=NOW).retired_at is None
    assert list(Entry.objects.order_by("pk").values_list("code", flat=True)) == [
        "library_goal.retired",
        "library_goal.offered_again",
    ]


def test_nobody_but_the_specialist_changes_anything():
    found, stranger = LibraryGoalFactory(), acting(PersonFactory())
    draft = draft_of_library_goal(found)

    for attempt in (
        lambda: bring_goal_library(by=stranger, at=NOW),
        lambda: write_library_goal(DRAFT, by=stranger, at=NOW),
        lambda: change_library_goal(found, draft, by=stranger, at=NOW),
        lambda: retire_library_goal(found, is_retired=True, by=stranger, at=NOW),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert refusal.value.verdict.code == "not_a_keeper"
    assert not Entry.objects.exists()
