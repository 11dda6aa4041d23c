"""What waits for somebody, for all goals at once, is what the policies say goal by goal."""

import pytest

from evenhand.goals.actions.agreeing import agree_to_goal, propose_change, propose_goal
from evenhand.goals.actions.ending import drop_goal
from evenhand.goals.actions.writing import write_goal
from evenhand.goals.drafts import GoalChange, SharedUnit
from evenhand.goals.kinds import Scope
from evenhand.goals.models import Goal
from evenhand.goals.policies import may_agree, may_approve_drop
from evenhand.goals.waiting import drops_to_approve, waiting_for_agreement
from evenhand.kernel.acting import Role
from evenhand.people.models import Employment
from tests.factories.access import TODAY, acting, standing_in, with_role
from tests.factories.goals import NOW, GoalFactory, draft_for
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db


def propose(owner, by=None, **fields):
    by = by or acting(owner)
    goal = write_goal(draft_for(owner, **fields), by=by, at=NOW)
    return propose_goal(goal, "Yes.", by=by, at=NOW)


def shared(owner, *people):
    parts = tuple(SharedUnit(UnitFactory().pk, person.pk) for person in people)
    return propose(owner, scope=Scope.SHARED, shared_with=parts)


@pytest.fixture
def world():
    """Goals of every kind that wait, and everybody who could have to do with them."""
    ada, unit = PersonFactory(), UnitFactory()
    ben = PersonFactory(manager=ada, unit=unit)
    alone, one, gone, stranger = PersonFactory.create_batch(4, unit=unit)
    delegate = PersonFactory()
    specialist = with_role(Role.SPECIALIST)
    propose(ben)
    propose(ben, by=acting(ada), outcome="Written by the manager for somebody else")
    propose(alone)
    propose(alone, by=specialist, outcome="Written by the specialist for somebody else")
    team = propose(ben, scope=Scope.TEAM, co_owner_ids=(alone.pk, ada.pk))
    agree_to_goal(team, "Yes.", by=acting(alone), at=NOW, seen=1)
    shared(ben, one, gone)
    shared(alone, one, delegate)
    Employment.objects.filter(person=gone).update(ends_on=TODAY)
    standing = GoalFactory(owner=ben)
    change = GoalChange(draft_for(ben, outcome="Another outcome altogether, said"), "So.", "Yes.")
    propose_change(standing, change, by=acting(ada), at=NOW)
    for owner, dropper in ((ben, ben), (ben, ada), (alone, alone)):
        drop_goal(GoalFactory(owner=owner), "Gone.", by=acting(dropper), at=NOW)
    drop_goal(GoalFactory(owner=alone), "Gone.", by=specialist, at=NOW)
    people = (ada, ben, alone, one, stranger, delegate)
    return [
        *map(acting, people),
        specialist,
        with_role(Role.SPECIALIST),
        with_role(Role.SPECIALIST, unit),
        standing_in(ada, delegate),
        standing_in(ada, ben),
        standing_in(ben, delegate),
    ]


def test_everybody_is_told_of_what_they_should_agree_to_and_of_nothing_else(world):
    total = 0
    for actor in world:
        told = set(waiting_for_agreement(actor))
        total += len(told)

        assert told == {goal for goal in Goal.objects.all() if may_agree(actor, goal)}, actor

    assert total > len(world)


def test_everybody_is_told_of_drops_they_can_approve_and_of_nothing_else(world):
    total = 0
    for actor in world:
        told = set(drops_to_approve(actor))
        total += len(told)

        assert told == {goal for goal in Goal.objects.all() if may_approve_drop(actor, goal)}, actor

    assert total > 0


def test_it_takes_one_question_each(world, django_assert_num_queries):
    for actor in world:
        with django_assert_num_queries(2):
            list(waiting_for_agreement(actor))
            list(drops_to_approve(actor))
