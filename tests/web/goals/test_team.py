from decimal import Decimal

import pytest

from tests.factories.access import AccountFactory, DelegationFactory
from tests.factories.people import PersonFactory
from tests.web.goals.plans import goal_of, sign_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia():
    return PersonFactory(given_name="Mia", family_name="Manager")


@pytest.fixture
def ben(mia):
    return PersonFactory(given_name="Ben", family_name="Worker", manager=mia)


def team(client):
    return " ".join(words(client.get("/goals/team/")).split())


def test_the_team_stands_side_by_side(client, mia, ben):
    noor = PersonFactory(given_name="Noor", family_name="Newcomer", manager=mia)
    goal_of(ben, score=Decimal("0.5"), weight=60)
    goal_of(ben, score=Decimal("0.1"), weight=40)
    goal_of(ben, proposed=True)
    sign_in(client, mia)

    seen = team(client)

    assert "1 on track" in seen
    assert "1 off track" in seen
    assert "100%" in seen
    assert "1 for you to agree" in seen
    assert "none yet" in seen
    assert f'href="/goals/new/?for={noor.pk}"' in seen


def test_drafts_for_others_stand_beside(client, mia, ben):
    goal_of(ben, draft=True, author=mia, outcome="Meant for Ben")
    sign_in(client, mia)

    assert "Meant for Ben" in team(client)


def test_a_delegate_sees_the_team_of_the_manager(client, mia, ben):
    dora = PersonFactory(given_name="Dora")
    delegation = DelegationFactory(principal=mia, delegate=dora)
    client.force_login(AccountFactory(person=dora))
    client.post("/profile/acting/", {"delegation": delegation.pk})

    assert "Ben Worker" in team(client)


def test_who_leads_nobody_is_told_what_would_stand_here(client):
    sign_in(client, PersonFactory())

    assert "Nobody reports to you" in team(client)


def test_a_large_team_comes_in_pages_at_the_same_cost(client, mia, django_assert_max_num_queries):
    for _n in range(52):
        PersonFactory(manager=mia)
    sign_in(client, mia)

    with django_assert_max_num_queries(15):
        seen = team(client)
    assert "Further" in seen
