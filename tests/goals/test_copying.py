from datetime import date
from decimal import Decimal

import pytest

from evenhand.goals.copying import copy_of, goals_to_copy, later, years_until_now
from evenhand.goals.kinds import GoalKind
from evenhand.goals.models import Goal
from tests.factories.access import TODAY, acting
from tests.factories.goals import GoalFactory, key_results
from tests.factories.people import PersonFactory
from tests.factories.strategy import ObjectiveFactory

pytestmark = pytest.mark.django_db

LAST_YEAR = {"starts_on": date(2025, 1, 1), "due_on": date(2025, 12, 31)}


def test_what_is_over_can_be_begun_anew():
    owner = PersonFactory()
    closed = GoalFactory(owner=owner, closed=True)
    dropped = GoalFactory(owner=owner, dropped=True)
    passed = GoalFactory(owner=owner, **LAST_YEAR)
    GoalFactory(owner=owner)
    GoalFactory(owner=owner, draft=True, **LAST_YEAR)

    assert set(goals_to_copy(acting(owner), owner.pk)) == {closed, dropped, passed}
    assert not goals_to_copy(acting(PersonFactory()), owner.pk).exists()


def test_a_copy_begins_where_the_former_goal_stands_and_leaves_the_target_open():
    goal = GoalFactory(actual=Decimal(82), **LAST_YEAR)

    copied = copy_of(goal, 1, TODAY)

    assert (copied.starts_on, copied.due_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (copied.baseline, copied.target) == (Decimal(82), None)
    assert (copied.copied_from_id, copied.owner_id) == (goal.pk, goal.owner_id)


def test_a_goal_that_was_never_measured_begins_where_it_began():
    assert copy_of(GoalFactory(**LAST_YEAR), 1, TODAY).baseline == Decimal(60)


def test_key_results_are_copied_as_new_ones_with_their_last_values():
    goal = GoalFactory(kind=GoalKind.OKR, parts=key_results(40, 60), **LAST_YEAR)
    first = goal.parts.first()
    first.metric, first.actual, first.target = "level", Decimal(7), Decimal(10)
    first.save()

    parts = copy_of(goal, 1, TODAY).parts

    assert [part.weight for part in parts] == [40, 60]
    assert (parts[0].baseline, parts[0].target) == (Decimal(7), None)
    assert {part.id for part in parts} == {None}


def test_a_copy_keeps_only_an_objective_that_lasts():
    ended = ObjectiveFactory(starts_on=date(2025, 1, 1), ends_on=date(2026, 1, 1))
    lasting = ObjectiveFactory(starts_on=date(2025, 1, 1), ends_on=date(2028, 1, 1))

    for objective, kept in ((ended, None), (lasting, lasting.pk)):
        goal = GoalFactory(objective=objective, **LAST_YEAR)
        assert copy_of(goal, 1, TODAY).objective_id == kept


def test_who_no_longer_works_here_is_not_an_owner_of_the_copy():
    stays, left = PersonFactory(), PersonFactory(left_on=date(2026, 1, 1))
    team = GoalFactory(scope="team", co_owners=[stays, left], **LAST_YEAR)
    alone = GoalFactory(scope="team", co_owners=[left], **LAST_YEAR)

    assert copy_of(team, 1, TODAY).co_owner_ids == (stays.pk,)
    assert copy_of(alone, 1, TODAY).scope == "person"


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 28)),
        (date(2025, 12, 31), 1, date(2026, 12, 31)),
    ],
)
def test_days_move_by_whole_years(day, years, expected):
    assert later(day, years) == expected


def test_a_goal_moves_into_the_present():
    for due_on, years in (
        (date(2025, 12, 31), 1),
        (date(2026, 6, 30), 1),
        (date(2023, 12, 31), 3),
        (date(2024, 3, 31), 3),
    ):
        goal = Goal(due_on=due_on)
        assert years_until_now(goal, TODAY) == years
