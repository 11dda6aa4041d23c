"""Closing, dropping and taking up again; the score and how it came about are kept."""

from decimal import Decimal

import pytest

from evenhand.goals.actions.agreeing import propose_change
from evenhand.goals.actions.ending import approve_drop, close_goal, drop_goal, take_up_again
from evenhand.goals.aligning import rethread
from evenhand.goals.drafts import GoalChange, draft_of
from evenhand.goals.kinds import Ending, GoalKind, GoalState, RollUpFrom
from evenhand.goals.measuring import measure_goals
from evenhand.goals.models import Goal
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from evenhand.people.models import Person
from tests.factories.access import acting, standing_in, with_role
from tests.factories.check_ins import checked_in
from tests.factories.goals import NOW, GoalFactory, GoalRulesFactory, draft_for, key_results
from tests.factories.people import PersonFactory
from tests.factories.strategy import ObjectiveFactory

pytestmark = pytest.mark.django_db

WORD = "It went well."


@pytest.fixture
def ada():
    return PersonFactory()


@pytest.fixture
def ben(ada):
    return PersonFactory(manager=ada)


@pytest.fixture
def goal(ben):
    return GoalFactory(owner=ben)


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.verdict.code


def drop(goal, person):
    return drop_goal(goal, "The plant was sold.", by=acting(person), at=NOW)


@pytest.mark.parametrize("side", ["owner", "manager"])
def test_either_side_closes_with_a_word_and_the_last_score(goal, ada, ben, side):
    checked_in(goal, "81")

    goal = close_goal(goal, WORD, by=acting(ben if side == "owner" else ada), at=NOW)

    assert (goal.state, goal.ended_at, goal.score) == (GoalState.CLOSED, NOW, Decimal("0.7"))
    ending = goal.endings.get()
    assert (ending.kind, ending.reason, ending.score) == (Ending.CLOSED, WORD, Decimal("0.7"))


def test_the_score_can_be_worked_out_again_from_what_is_kept(ben):
    goal = GoalFactory(owner=ben, kind=GoalKind.OKR, metric="", parts=key_results(60, 40))
    for part, value in zip(goal.parts.all(), ("5", "10"), strict=True):
        checked_in(goal, value, part=part)

    close_goal(goal, WORD, by=acting(ben), at=NOW)

    ending = goal.endings.get()
    again = sum(Decimal(p["score"]) * p["weight"] for p in ending.formula["parts"]) / 100
    assert again == ending.score == Decimal("0.7")


def test_closing_takes_a_word_and_a_goal_in_force(goal, ben):
    assert refusal(close_goal, goal, " ", by=acting(ben), at=NOW) == "closing_word_missing"
    close_goal(goal, WORD, by=acting(ben), at=NOW)
    assert refusal(close_goal, goal, WORD, by=acting(ben), at=NOW) == "not_in_force"
    assert refusal(close_goal, goal, WORD, by=acting(PersonFactory()), at=NOW) == "not_a_side"
    assert goal.endings.count() == 1


def test_a_change_that_waits_lapses(goal, ben):
    change = GoalChange(draft_for(ben, target=Decimal(70)), "Less.", "Yes.")
    propose_change(goal, change, by=acting(ben), at=NOW)

    goal = close_goal(goal, WORD, by=acting(ben), at=NOW)

    assert goal.versions.get(number=2).ended_at == NOW
    assert goal.target == 90


@pytest.mark.parametrize("drops", ["owner", "manager"])
def test_a_drop_is_approved_by_the_other_side(goal, ada, ben, drops):
    first, second = (ben, ada) if drops == "owner" else (ada, ben)

    goal = drop(goal, first)
    assert (goal.state, goal.drop_is_approved) == (GoalState.DROPPED, False)
    assert refusal(approve_drop, goal, by=acting(first), at=NOW) == "not_your_own_drop"

    goal = approve_drop(goal, by=acting(second), at=NOW)
    assert goal.drop_is_approved
    assert refusal(approve_drop, goal, by=acting(second), at=NOW) == "drop_is_approved"
    assert [ending.kind for ending in goal.endings.all()] == [Ending.DROPPED, Ending.DROP_APPROVED]


def test_a_drop_has_a_reason(goal, ben):
    assert refusal(drop_goal, goal, "", by=acting(ben), at=NOW) == "reason_missing"
    assert refusal(approve_drop, goal, by=acting(ben), at=NOW) == "not_dropped"


def test_a_co_owner_is_not_the_other_side(ada, ben):
    other = PersonFactory()
    goal = drop(GoalFactory(owner=ben, co_owners=[other]), ben)

    assert refusal(approve_drop, goal, by=acting(other), at=NOW) == "not_your_own_drop"
    assert approve_drop(goal, by=acting(ada), at=NOW).drop_is_approved


def test_a_manager_who_owns_it_too_drops_it_as_the_manager(ada, ben):
    goal = drop(GoalFactory(owner=ben, co_owners=[ada]), ada)

    assert refusal(approve_drop, goal, by=acting(ada), at=NOW) == "not_your_own_drop"
    assert approve_drop(goal, by=acting(ben), at=NOW).drop_is_approved


def test_without_a_manager_a_specialist_approves_but_not_a_drop_of_their_own():
    specialist = with_role(Role.SPECIALIST)
    own = drop(GoalFactory(owner=Person.objects.get(pk=specialist.person_id)), _person(specialist))
    others = drop_goal(GoalFactory(), "Gone.", by=specialist, at=NOW)

    assert refusal(approve_drop, own, by=specialist, at=NOW) == "not_your_own_drop"
    assert approve_drop(own, by=with_role(Role.SPECIALIST), at=NOW).drop_is_approved
    assert refusal(approve_drop, others, by=specialist, at=NOW) == "not_your_own_drop"
    assert approve_drop(others, by=acting(others.owner), at=NOW).drop_is_approved


def test_a_delegate_drops_for_the_manager_and_approves_nothing_of_themself(goal, ada, ben):
    delegate = PersonFactory()
    dropped = drop_goal(goal, "Gone.", by=standing_in(ada, delegate), at=NOW)
    assert dropped.endings.get().delegate == delegate

    other = drop(GoalFactory(owner=ben), ben)
    assert refusal(approve_drop, other, by=standing_in(ada, ben), at=NOW) == "not_a_side"


def test_what_is_dropped_counts_nothing_above_until_that_is_approved(ada, ben):
    above = GoalFactory(rolls_up_from=RollUpFrom.CHILDREN)
    kept, given_up = (GoalFactory(owner=ben, parent=above) for _n in range(2))
    rethread([above.pk])
    checked_in(kept, "90")
    measure_goals([kept.pk])

    goal = drop(given_up, ben)
    above.refresh_from_db()
    assert (above.rolled_score, above.rolled_coverage) == (Decimal("0.5"), 1)

    approve_drop(goal, by=acting(ada), at=NOW)
    above.refresh_from_db()
    assert (above.rolled_score, above.rolled_coverage) == (None, Decimal("0.5"))

    take_up_again(goal, "We need it.", by=acting(ada), at=NOW)
    checked_in(goal, "90")
    close_goal(goal, WORD, by=acting(ada), at=NOW)
    above.refresh_from_db()
    assert (above.rolled_score, above.rolled_coverage) == (1, 1)


def test_a_dropped_goal_breaks_the_chain_until_it_is_taken_up(ada, ben):
    above = GoalFactory(owner=ben, objective=ObjectiveFactory())
    below = GoalFactory(parent=above)
    rethread([above.pk])

    goal = drop(above, ben)
    below.refresh_from_db()
    assert below.top_objective is None

    take_up_again(goal, "Not yet.", by=acting(ada), at=NOW)
    below.refresh_from_db()
    assert below.top_objective == above.objective


@pytest.mark.parametrize("ended", ["closed", "dropped"])
def test_what_ended_is_taken_up_again_by_either_side_with_a_reason(ada, ben, ended):
    goal = GoalFactory(owner=ben, **{ended: True})
    checked_in(goal, "75")

    assert refusal(take_up_again, goal, "", by=acting(ada), at=NOW) == "reason_missing"
    goal = take_up_again(goal, "Not done yet.", by=acting(ada), at=NOW)

    assert (goal.state, goal.ended_at, goal.score) == (GoalState.ACTIVE, None, Decimal("0.5"))
    assert goal.endings.get().reason == "Not done yet."
    assert refusal(take_up_again, goal, "Again", by=acting(ada), at=NOW) == "not_ended"


def test_an_approved_drop_is_no_longer_approved_once_taken_up(ada, ben):
    goal = GoalFactory(owner=ben, dropped=True, drop_is_approved=True)

    assert not take_up_again(goal, "Not yet.", by=acting(ada), at=NOW).drop_is_approved


def test_nobody_takes_up_more_than_the_rules_allow(ada, ben):
    GoalRulesFactory(most_goals=1)
    GoalFactory(owner=ben)
    goal = GoalFactory(owner=ben, closed=True)

    assert refusal(take_up_again, goal, "More.", by=acting(ada), at=NOW) == "too_many_goals"
    assert Goal.objects.get(pk=goal.pk).state == GoalState.CLOSED


def test_the_plan_is_the_one_it_had(ada, ben):
    goal = GoalFactory(owner=ben, closed=True)
    plan = draft_of(goal)

    assert draft_of(take_up_again(goal, "Again.", by=acting(ben), at=NOW)) == plan


def _person(actor):
    return Person.objects.get(pk=actor.person_id)
