import pytest

from evenhand.goals.kinds import Openness, Scope
from tests.factories.people import PersonFactory
from tests.web.goals.plans import goal_of, sign_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia():
    return PersonFactory(given_name="Mia", family_name="Manager")


@pytest.fixture
def ben(mia):
    return PersonFactory(given_name="Ben", family_name="Worker", manager=mia)


def test_a_goal_in_force_comes_to_support_another(client, ben, mia):
    above = goal_of(mia, openness=Openness.ORGANIZATION, outcome="Customers stay")
    goal = goal_of(ben)
    sign_in(client, ben)
    assert "Customers stay" in words(client.get(f"/goals/{goal.pk}/support/"))

    said = {"supports": f"goal-{above.pk}", "rolls_up_from": "own", "share_of_parent": "2"}
    client.post(f"/goals/{goal.pk}/support/", said)

    goal.refresh_from_db()
    assert (goal.parent, goal.share_of_parent) == (above, 2)


def test_searching_without_scripts_changes_nothing(client, ben, mia):
    goal_of(mia, openness=Openness.ORGANIZATION, outcome="Customers stay")
    goal = goal_of(ben)
    sign_in(client, ben)

    said = {"find": "supports", "supports_q": "customers", "supports": ""}
    said |= {"rolls_up_from": "own", "share_of_parent": "1"}
    response = client.post(f"/goals/{goal.pk}/support/", said)

    assert "Customers stay" in words(response)
    goal.refresh_from_db()
    assert goal.parent is None


def test_its_owner_says_who_reads_a_goal(client, ben):
    goal = goal_of(ben)
    sign_in(client, ben)
    client.post(f"/goals/{goal.pk}/openness/", {"openness": "organization"})

    goal.refresh_from_db()
    assert goal.openness == Openness.ORGANIZATION
    assert client.post(f"/goals/{goal.pk}/openness/", {"openness": "moon"}).status_code == 422


def test_a_co_owner_leaves_and_what_was_said_stays(client, ben):
    cara = PersonFactory(given_name="Cara", family_name="Other")
    goal = goal_of(ben, scope=Scope.TEAM, co_owners=[cara])
    sign_in(client, cara)
    assert "Let Cara Other go" in words(client.get(f"/goals/{goal.pk}/"))

    page = words(client.post(f"/goals/{goal.pk}/owners/{cara.pk}/removal/", follow=True))

    assert "no longer owns this goal" in page
    assert client.post(f"/goals/{goal.pk}/owners/{cara.pk}/removal/").status_code in {403, 409}


def test_who_answers_for_a_goal_does_not_leave_it(client, ben):
    goal = goal_of(ben)
    sign_in(client, ben)

    assert client.post(f"/goals/{goal.pk}/owners/{ben.pk}/removal/").status_code == 409
