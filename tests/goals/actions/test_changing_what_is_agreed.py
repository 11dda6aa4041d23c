"""An agreed goal is changed like it was agreed; until then the old plan stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from evenhand.goals.actions.agreeing import (
    agree_to_goal,
    propose_change,
    send_back_goal,
    take_back_proposal,
)
from evenhand.goals.drafts import GoalChange, draft_of
from evenhand.goals.kinds import GoalKind, GoalState
from evenhand.goals.measuring import measure_goals
from evenhand.kernel.verdict import Refused
from tests.factories.access import acting
from tests.factories.check_ins import checked_in
from tests.factories.goals import NOW, GoalFactory, key_results
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

WHY, MINE = "The market fell.", "I still want this."


@pytest.fixture
def ada():
    return PersonFactory()


@pytest.fixture
def ben(ada):
    return PersonFactory(manager=ada)


@pytest.fixture
def goal(ben):
    return GoalFactory(owner=ben)


def change(goal, *, by, on=NOW, seen=None, why=WHY, **fields):
    new = GoalChange(replace(draft_of(goal), **fields), why, MINE, seen)
    return propose_change(goal, new, by=acting(by, on=on.date()), at=on)


def agree(goal, person, on=NOW):
    seen = goal.versions.order_by("-number")[0].number
    return agree_to_goal(goal, "Fine.", by=acting(person, on=on.date()), at=on, seen=seen)


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.verdict.code


def test_the_old_plan_stands_until_all_have_agreed_again(goal, ada, ben):
    goal = change(goal, by=ben, target=Decimal(80))

    assert (goal.state, goal.target) == (GoalState.ACTIVE, 90)
    assert goal.versions.get(number=2).reason == WHY

    goal = agree(goal, ada)

    assert (goal.state, goal.target) == (GoalState.ACTIVE, 80)
    assert goal.agreed_at < NOW
    assert [version.target for version in goal.versions.all()] == [90, 80]
    assert goal.versions.get(number=2).agreed_at == NOW


def test_a_change_says_why_and_changes_something(goal, ben):
    assert refusal(change, goal, by=ben, why="", target=Decimal(80)) == "reason_missing"
    assert refusal(change, goal, by=ben) == "nothing_changed"


def test_one_change_waits_at_a_time(goal, ada, ben):
    change(goal, by=ben, target=Decimal(80))

    assert refusal(change, goal, by=ada, target=Decimal(85)) == "change_waits"


def test_a_change_to_what_was_changed_meanwhile_is_refused(goal, ada, ben):
    agree(change(goal, by=ben, target=Decimal(80)), ada)

    assert refusal(change, goal, by=ben, seen=1, target=Decimal(85)) == "changed_meanwhile"


def test_a_change_sent_back_or_taken_back_leaves_the_plan(goal, ada, ben):
    goal = send_back_goal(change(goal, by=ben, target=Decimal(80)), "No.", by=acting(ada), at=NOW)
    assert (goal.state, goal.target) == (GoalState.ACTIVE, 90)
    goal = take_back_proposal(change(goal, by=ben, target=Decimal(70)), by=acting(ben), at=NOW)
    assert (goal.state, goal.target) == (GoalState.ACTIVE, 90)
    assert agree(change(goal, by=ada, target=Decimal(85)), ben).target == 85


def test_only_sides_change_only_goals_in_force(goal, ben):
    assert refusal(change, goal, by=PersonFactory(), target=Decimal(80)) == "not_a_side"
    closed = GoalFactory(owner=ben, closed=True)
    assert refusal(change, closed, by=ben, target=Decimal(80)) == "not_in_force"


def test_whose_it_is_and_what_it_supports_are_no_part_of_a_change(goal, ada, ben):
    other = PersonFactory()
    goal = change(goal, by=ben, owner_id=other.pk, openness="organization", target=Decimal(80))

    goal = agree(goal, ada)

    assert (goal.owner, goal.openness) == (ben, "line")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"target": Decimal(60)}, "not_ready"),
        ({"unit_of_measure": "orders", "target": Decimal(500)}, "unit_needs_baseline"),
        ({"outcome": ""}, "outcome_missing"),
        ({"due_on": date(2025, 1, 1)}, "due_before_start"),
    ],
)
def test_what_no_plan_can_be_is_not_proposed(goal, ben, fields, code):
    assert refusal(change, goal, by=ben, **fields) == code


def test_after_its_last_day_the_target_no_longer_moves(goal, ada, ben):
    after = datetime(2027, 1, 5, 9, tzinfo=UTC)
    assert refusal(change, goal, by=ben, on=after, target=Decimal(80)) == "measured_to_the_end"

    waiting = change(goal, by=ben, target=Decimal(80))
    assert refusal(agree, waiting, ada, on=after) == "measured_to_the_end"


def test_the_score_follows_the_new_plan(goal, ada, ben):
    checked_in(goal, "75")
    measure_goals([goal.pk])

    goal = agree(change(goal, by=ben, target=Decimal(80)), ada)

    assert goal.score == Decimal("0.75")


def test_values_of_another_unit_no_longer_count(goal, ada, ben):
    checked_in(goal, "75")
    measure_goals([goal.pk])
    orders = {"unit_of_measure": "orders", "baseline": Decimal(0), "target": Decimal(500)}

    goal = agree(change(goal, by=ben, **orders), ada)
    assert (goal.counts_from, goal.actual, goal.score) == (NOW, None, None)

    checked_in(goal, "250", at=NOW + timedelta(days=1))
    measure_goals([goal.pk])
    goal.refresh_from_db()
    assert goal.score == Decimal("0.5")


class TestKeyResults:
    @pytest.fixture
    def goal(self, ben):
        return GoalFactory(owner=ben, kind=GoalKind.OKR, metric="", parts=key_results(50, 50))

    def test_keep_their_values_when_the_plan_changes(self, goal, ada, ben):
        first, second = goal.parts.all()
        checked_in(goal, "5", part=first)
        checked_in(goal, "10", part=second)
        one, other = draft_of(goal).parts
        parts = (replace(one, target=Decimal(20)), other)

        goal = agree(change(goal, by=ben, parts=parts), ada)

        assert [part.score for part in goal.parts.all()] == [Decimal("0.25"), 1]
        assert goal.score == Decimal("0.625")

    def test_are_kept_apart_once_no_longer_in_use(self, goal, ada, ben):
        first, second = goal.parts.all()
        checked_in(goal, "10", part=second)
        parts = (replace(draft_of(goal).parts[0], weight=100),)

        goal = agree(change(goal, by=ben, parts=parts), ada)

        assert [part.pk for part in goal.parts.filter(is_in_use=True)] == [first.pk]
        assert second.check_ins.exists()
        assert [row["id"] for row in goal.versions.get(number=2).parts] == [first.pk]

    def test_in_another_unit_begin_anew(self, goal, ada, ben):
        first, second = goal.parts.all()
        checked_in(goal, "10", part=first)
        one, other = draft_of(goal).parts
        refused = replace(one, unit_of_measure="boxes")
        code = refusal(change, goal, by=ben, parts=(refused, other))
        assert code == "unit_needs_baseline"

        anew = replace(refused, baseline=Decimal(1))
        goal = agree(change(goal, by=ben, parts=(anew, other)), ada)

        in_use = goal.parts.filter(is_in_use=True)
        assert first not in in_use
        assert second in in_use
        assert in_use[0].actual is None
