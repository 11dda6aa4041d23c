"""What a goal in force supports and who reads it change without a new agreement."""

import pytest

from evenhand.audit.models import Entry
from evenhand.goals.actions.supporting import change_support, open_goal_to
from evenhand.goals.drafts import Support
from evenhand.goals.kinds import GoalState, Openness
from evenhand.kernel.verdict import Refused
from tests.factories.access import acting
from tests.factories.goals import NOW, GoalFactory, GoalRulesFactory
from tests.factories.people import PersonFactory
from tests.factories.strategy import ObjectiveFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return PersonFactory()


@pytest.fixture
def goal(ada):
    return GoalFactory(owner=PersonFactory(manager=ada))


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.verdict.code


def support(goal, person, **what):
    return change_support(goal, Support(**what), by=acting(person), at=NOW)


def test_either_side_says_what_it_supports(goal, ada):
    objective, parent = ObjectiveFactory(), GoalFactory(openness=Openness.ORGANIZATION)

    goal = support(goal, ada, objective_id=objective.pk)
    assert goal.top_objective == objective

    goal = support(goal, goal.owner, parent_id=parent.pk, share_of_parent=40)
    assert (goal.parent, goal.objective, goal.depth) == (parent, None, 2)
    assert goal.share_of_parent == 40
    assert goal.state == GoalState.ACTIVE


def test_the_trail_says_what_it_supported_and_supports(goal, ada):
    objective = ObjectiveFactory()

    for _time in range(2):
        support(goal, ada, objective_id=objective.pk)

    entry = Entry.objects.get()
    assert entry.code == "goal.support_changed"
    assert entry.details["objective"] == objective.pk


def test_a_goal_on_its_own_says_why(goal, ada):
    assert support(goal, ada, local_reason=" Safety first. ").local_reason == "Safety first."


def test_strangers_and_goals_not_in_force_are_refused(goal):
    assert refusal(support, goal, PersonFactory()) == "not_a_side"
    draft = GoalFactory(draft=True)
    assert refusal(support, draft, draft.owner, local_reason="x") == "not_in_force"


def test_what_it_supports_is_one_thing_that_is_open_and_stands(goal, ada):
    hidden, gone = GoalFactory(), ObjectiveFactory(withdrawn=True)

    assert refusal(support, goal, ada, parent_id=hidden.pk) == "not_to_support"
    assert refusal(support, goal, ada, objective_id=gone.pk) == "not_to_support"
    both = {"parent_id": hidden.pk, "objective_id": gone.pk}
    assert refusal(support, goal, ada, **both) == "supports_two_things"


def test_it_never_supports_what_rests_on_it(goal, ada):
    below = GoalFactory(owner=goal.owner, parent=goal, openness=Openness.ORGANIZATION)

    assert refusal(support, goal, ada, parent_id=below.pk) == "goal_cycle"


def test_the_owner_says_who_reads_it_as_widely_as_the_rules_allow(goal, ada):
    by = {"by": acting(goal.owner), "at": NOW}
    GoalRulesFactory(widest_openness=Openness.TEAM)

    assert open_goal_to(goal, Openness.TEAM, **by).openness == Openness.TEAM
    assert refusal(open_goal_to, goal, Openness.ORGANIZATION, **by) == "too_open"
    code = refusal(open_goal_to, goal, Openness.LINE, by=acting(ada), at=NOW)
    assert code == "not_an_owner_yourself"
