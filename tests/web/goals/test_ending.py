from decimal import Decimal

import pytest
from django.utils import timezone

from evenhand.goals.actions.checking_in import NewCheckIn, check_in
from evenhand.goals.kinds import Ending, GoalState
from evenhand.goals.models import GoalEnding
from tests.factories.access import acting
from tests.factories.people import PersonFactory
from tests.web.goals.plans import goal_of, sign_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia():
    return PersonFactory(given_name="Mia", family_name="Manager")


@pytest.fixture
def ben(mia):
    return PersonFactory(given_name="Ben", family_name="Worker", manager=mia)


@pytest.fixture
def goal(ben):
    goal = goal_of(ben)
    today, at = timezone.localdate(), timezone.now()
    check_in(goal, NewCheckIn(today, value=Decimal(75)), by=acting(ben, on=today), at=at)
    goal.refresh_from_db()
    return goal


def post(client, goal, part, **form):
    return client.post(f"/goals/{goal.pk}/{part}/", form, follow=True)


def test_a_goal_is_closed_with_its_score_and_a_word(client, ben, goal):
    sign_in(client, ben)
    page = words(client.get(f"/goals/{goal.pk}/closing/"))
    assert "50%" in page
    assert "(75 \N{MINUS SIGN} 60) \N{DIVISION SIGN} (90 \N{MINUS SIGN} 60)" in page

    page = words(post(client, goal, "closing", words="Half of it, and we know why."))

    goal.refresh_from_db()
    ending = GoalEnding.objects.get()
    assert goal.state == GoalState.CLOSED
    assert (ending.kind, ending.score) == (Ending.CLOSED, Decimal("0.5"))
    assert "Half of it, and we know why." in page
    assert "Ben Worker closed the goal, at 50%" in page


def test_closing_twice_closes_once(client, ben, goal):
    sign_in(client, ben)
    post(client, goal, "closing", words="Done.")

    assert client.post(f"/goals/{goal.pk}/closing/", {"words": "Done."}).status_code == 409
    assert GoalEnding.objects.count() == 1


def test_closing_needs_a_word(client, ben, goal):
    sign_in(client, ben)

    assert client.post(f"/goals/{goal.pk}/closing/", {}).status_code == 422


def test_a_goal_without_data_says_so_before_it_closes(client, ben):
    sign_in(client, ben)

    page = words(client.get(f"/goals/{goal_of(ben).pk}/closing/"))

    assert "it closes without a score" in page


def test_a_drop_waits_for_the_other_side(client, ben, mia, goal):
    sign_in(client, ben)
    page = words(post(client, goal, "drop", words="The product was sold."))
    assert "Until the other side approves, it counts as not reached." in page
    assert client.post(f"/goals/{goal.pk}/drop/approval/").status_code == 403

    sign_in(client, mia)
    assert "Approve the drop" in words(client.get(f"/goals/{goal.pk}/"))
    page = words(post(client, goal, "drop/approval"))

    goal.refresh_from_db()
    assert goal.drop_is_approved
    assert "with the approval of the other side" in page


def test_a_closed_goal_is_taken_up_again_with_a_reason(client, ben, goal):
    sign_in(client, ben)
    post(client, goal, "closing", words="Too early.")
    page = words(post(client, goal, "resumption", words="The order came back."))

    goal.refresh_from_db()
    assert goal.state == GoalState.ACTIVE
    assert "The order came back." in page


def test_a_draft_is_put_away_and_brought_back(client, ben):
    draft = goal_of(ben, draft=True)
    sign_in(client, ben)

    assert "This draft is put away." in words(post(client, draft, "removal"))
    assert "The draft is back." in words(post(client, draft, "return"))
    draft.refresh_from_db()
    assert draft.state == GoalState.DRAFT
