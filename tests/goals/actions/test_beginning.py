import pytest

from evenhand.goals.actions.beginning import begin_goal
from evenhand.goals.kinds import GoalState
from evenhand.goals.models import Goal
from evenhand.kernel.verdict import Refused
from tests.factories.access import acting
from tests.factories.goals import NOW, draft_for
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return PersonFactory()


def begin(owner, sentence, **fields):
    return begin_goal(draft_for(owner, **fields), sentence, by=acting(owner), at=NOW)


def test_without_a_sentence_a_goal_is_a_draft_and_with_one_it_is_proposed(owner):
    assert begin(owner, " ").state == GoalState.DRAFT
    words = {"outcome": "Parcels leave the house without a single fault"}
    assert begin(owner, "I will.", **words).state == GoalState.PROPOSED


def test_what_cannot_be_proposed_leaves_no_draft_behind(owner):
    with pytest.raises(Refused):
        begin(owner, "I will.", target=None)

    assert not Goal.objects.exists()


def test_what_is_sent_twice_is_proposed_once(owner):
    assert begin(owner, "I will.") == begin(owner, "I will.")
    assert Goal.objects.count() == 1
