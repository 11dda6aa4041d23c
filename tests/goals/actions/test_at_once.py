"""Two people at once, each in a connection of their own."""

from decimal import Decimal

import pytest

from evenhand.goals.actions.agreeing import agree_to_goal, propose_goal, take_back_proposal
from evenhand.goals.actions.ending import approve_drop, close_goal, drop_goal
from evenhand.goals.actions.weighing import weigh_goals
from evenhand.goals.actions.writing import save_goal, write_goal
from evenhand.goals.kinds import GoalState, Scope
from evenhand.goals.models import Agreement, Goal, GoalOwner
from evenhand.kernel.verdict import Refused
from tests.factories.access import acting
from tests.factories.goals import NOW, GoalFactory, GoalRulesFactory, draft_for
from tests.factories.people import PersonFactory
from tests.reviews.test_answering_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)

AT = {"at": NOW}


def attempt(act, *args, **kwargs):
    """What comes of it: "done", or the code of the refusal."""

    def deed():
        try:
            act(*args, **kwargs, **AT)
        except Refused as refused:
            return refused.verdict.code
        return "done"

    return deed


def proposed(owner, **fields):
    by = acting(owner)
    goal = write_goal(draft_for(owner, **fields), by=by, at=NOW)
    return propose_goal(goal, "Yes.", by=by, at=NOW)


@pytest.fixture
def ada(transactional_db):
    return PersonFactory()


@pytest.fixture
def ben(ada):
    return PersonFactory(manager=ada)


def test_of_two_who_are_the_last_to_agree_one_puts_it_in_force(ada, ben):
    other = PersonFactory()
    goal = proposed(ben, scope=Scope.TEAM, co_owner_ids=(other.pk,))

    came = at_once(
        *(attempt(agree_to_goal, goal, "Yes.", by=acting(p), seen=1) for p in (ada, other))
    )

    goal.refresh_from_db()
    assert (came, goal.state) == (["done", "done"], GoalState.ACTIVE)
    assert Agreement.objects.count() == 3


def test_who_agrees_twice_at_once_agrees_once(ada, ben):
    goal = proposed(ben)
    agreeing = attempt(agree_to_goal, goal, "Yes.", by=acting(ada), seen=1)

    assert sorted(at_once(agreeing, agreeing)) == ["done", "nothing_proposed"]
    assert Agreement.objects.count() == 2


def test_what_is_taken_back_while_the_other_agrees_is_one_or_the_other(ada, ben):
    goal = proposed(ben)

    came = at_once(
        attempt(agree_to_goal, goal, "Yes.", by=acting(ada), seen=1),
        attempt(take_back_proposal, goal, by=acting(ben)),
    )

    goal.refresh_from_db()
    expected = {"done": GoalState.ACTIVE, "nothing_proposed": GoalState.DRAFT}
    assert sorted(came) == ["done", "nothing_proposed"]
    assert goal.state == expected[came[0]]


def test_two_goals_agreed_at_once_do_not_pass_the_limit(ada, ben):
    GoalRulesFactory(most_goals=3)
    GoalFactory.create_batch(2, owner=ben)
    goals = [proposed(ben, outcome=f"Goal number {n} of some words") for n in range(3)]

    came = at_once(
        *(attempt(agree_to_goal, goal, "Yes.", by=acting(ada), seen=1) for goal in goals)
    )

    assert sorted(came) == ["done", "too_many_goals", "too_many_goals"]
    assert Goal.objects.filter(state=GoalState.ACTIVE).count() == 3


def test_of_two_windows_one_saves(ben):
    goal = write_goal(draft_for(ben), by=acting(ben), at=NOW)

    came = at_once(
        *(
            attempt(save_goal, goal, draft_for(ben, target=Decimal(target)), by=acting(ben), seen=1)
            for target in (70, 80)
        )
    )

    assert sorted(came) == ["changed_meanwhile", "done"]
    assert goal.versions.count() == 2


def test_the_same_draft_sent_twice_at_once_is_one_goal(ben):
    writing = attempt(write_goal, draft_for(ben), by=acting(ben))

    assert at_once(writing, writing) == ["done", "done"]
    assert Goal.objects.count() == 1


def test_a_goal_is_closed_or_dropped_but_not_both(ada, ben):
    goal = GoalFactory(owner=ben)

    came = at_once(
        attempt(close_goal, goal, "Done.", by=acting(ben)),
        attempt(drop_goal, goal, "Gone.", by=acting(ada)),
    )

    assert sorted(came) == ["done", "not_in_force"]
    assert goal.endings.count() == 1


def test_a_drop_is_approved_once(ada, ben):
    goal = drop_goal(GoalFactory(owner=ben), "Gone.", by=acting(ben), at=NOW)
    approving = attempt(approve_drop, goal, by=acting(ada))

    assert sorted(at_once(approving, approving)) == ["done", "drop_is_approved"]


def test_weights_set_at_once_are_those_of_one(ada, ben):
    goals = [GoalFactory(owner=ben) for _n in range(2)]
    sets = [{goals[0].pk: a, goals[1].pk: 100 - a} for a in (40, 60)]

    at_once(
        *(
            attempt(weigh_goals, ben, weights, "Why.", by=acting(person))
            for person, weights in zip((ada, ben), sets, strict=True)
        )
    )

    kept = dict(GoalOwner.objects.values_list("goal_id", "weight"))
    assert kept in sets


def test_everything_at_once_on_one_chain_ends(ada, ben):
    """Agreeing above, closing and dropping below: nobody waits for ever."""
    above = proposed(ben)
    below = [GoalFactory(owner=ben, parent=above) for _n in range(3)]
    Goal.objects.filter(parent=above).update(depth=2)

    came = at_once(
        attempt(agree_to_goal, above, "Yes.", by=acting(ada), seen=1),
        attempt(close_goal, below[0], "Done.", by=acting(ada)),
        attempt(drop_goal, below[1], "Gone.", by=acting(ada)),
        attempt(save_goal, GoalFactory(owner=ben, draft=True), draft_for(ben), by=acting(ben)),
        attempt(close_goal, below[2], "Done.", by=acting(ben)),
    )

    assert came == ["done"] * 5
