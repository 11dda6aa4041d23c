"""Leaving a goal one owned together with others."""

import pytest

from evenhand.goals.actions.owning import let_go_of_goal
from evenhand.goals.kinds import Side
from evenhand.goals.models import Agreement
from evenhand.goals.policies import visible_goals
from evenhand.kernel.verdict import Refused
from tests.factories.access import TODAY, acting
from tests.factories.goals import NOW, GoalFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return PersonFactory()


@pytest.fixture
def cleo():
    return PersonFactory()


@pytest.fixture
def goal(ada, cleo):
    return GoalFactory(owner=PersonFactory(manager=ada), co_owners=[cleo])


def let_go(goal, person, *, by):
    return let_go_of_goal(goal, person, by=acting(by), at=NOW)


def refusal(*args, **kwargs):
    with pytest.raises(Refused) as refused:
        let_go(*args, **kwargs)
    return refused.value.verdict.code


def test_a_co_owner_leaves_and_what_was_theirs_is_kept(goal, cleo):
    let_go(goal, cleo, by=cleo)

    assert goal.owners.get(person=cleo).ends_on == TODAY
    assert visible_goals(acting(cleo)).filter(pk=goal.pk).exists()
    assert refusal(goal, cleo, by=cleo) == "not_an_owner"


def test_the_manager_lets_a_co_owner_go(goal, ada, cleo):
    let_go(goal, cleo, by=ada)

    assert not goal.owners.on(TODAY).filter(person=cleo).exists()


def test_other_owners_and_strangers_do_not(goal, cleo):
    assert refusal(goal, cleo, by=goal.owner) == "not_yours_to_let_go"
    assert refusal(goal, cleo, by=PersonFactory()) == "not_yours_to_let_go"


def test_whoever_answers_for_it_stays(goal, ada):
    assert refusal(goal, goal.owner, by=goal.owner) == "answers_for_it"
    assert refusal(goal, goal.owner, by=ada) == "answers_for_it"


def test_a_proposal_that_waited_only_for_them_stands(ada, cleo):
    goal = GoalFactory(owner=PersonFactory(manager=ada), co_owners=[cleo], proposed=True)
    version = goal.versions.get()
    for side, person in ((Side.OWNER, goal.owner), (Side.MANAGER, ada)):
        Agreement.objects.create(version=version, side=side, person=person, sentence="Yes", at=NOW)

    assert let_go(goal, cleo, by=cleo).is_active


def test_a_proposal_that_waits_for_others_goes_on_waiting(ada, cleo):
    goal = GoalFactory(owner=PersonFactory(manager=ada), co_owners=[cleo], proposed=True)

    assert not let_go(goal, cleo, by=cleo).is_active


def test_nobody_leaves_what_has_ended(ada, cleo):
    goal = GoalFactory(owner=PersonFactory(manager=ada), co_owners=[cleo], closed=True)

    assert refusal(goal, cleo, by=cleo) == "not_in_force"
