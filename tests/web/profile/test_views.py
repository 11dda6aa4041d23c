from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.access.models import ApiToken, Delegation
from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, DelegationFactory, RoleGrantFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client):
    ana = PersonFactory(given_name="Ana")
    client.force_login(AccountFactory(person=ana))
    return ana


def read(answer):
    return answer.content.decode()


def in_days(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def period():
    return {"starts_on": in_days(0), "last_on": in_days(7), "reason": "On leave."}


def test_the_profile_says_which_roles_one_holds(client, ana):
    RoleGrantFactory(person=ana, role=Role.AUDITOR)

    assert "Auditor" in read(client.get("/profile/"))


def test_a_new_token_is_shown_once(client, ana):
    answer = read(client.post("/profile/tokens/", {"name": "Export", "role": "", "days": "30"}))

    token = ApiToken.objects.get()
    assert "evh_" in answer
    assert token.person == ana
    assert "evh_" not in read(client.get("/profile/tokens/"))


def test_a_token_with_a_role_one_lacks_is_sent_back(client, ana):
    answer = client.post("/profile/tokens/", {"name": "x", "role": "specialist", "days": "30"})

    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_a_token_is_revoked(client, ana):
    client.post("/profile/tokens/", {"name": "Export", "role": "", "days": "30"})
    client.post(f"/profile/tokens/{ApiToken.objects.get().pk}/revocation/")

    assert ApiToken.objects.get().revoked_at


def test_one_asks_somebody_to_stand_in(client, ana):
    friend = PersonFactory()

    client.post("/profile/delegations/", {**period(), "person": friend.pk})

    delegation = Delegation.objects.get()
    assert (delegation.principal, delegation.delegate) == (ana, friend)
    assert delegation.ends_on == timezone.localdate() + timedelta(days=8)


@pytest.mark.parametrize("person", ["", "nobody", "0"])
def test_without_a_person_the_form_comes_back_with_what_was_typed(client, ana, person):
    answer = client.post("/profile/delegations/", {**period(), "person": person})

    assert answer.status_code == 422
    assert "On leave." in read(answer)


def test_a_person_to_stand_in_is_found_without_scripts(client, ana):
    PersonFactory(given_name="Boris", family_name="Quent")

    assert "Boris Quent" in read(client.get("/profile/delegations/", {"q": "quent"}))


def test_the_specialist_arranges_it_for_somebody_who_is_away(client, ana):
    RoleGrantFactory(person=ana, role=Role.SPECIALIST)
    away, friend = PersonFactory(), PersonFactory()
    url = f"/profile/delegations/of/{away.pk}/"
    assert away.name in read(client.get(url))

    client.post(url, {**period(), "person": friend.pk})

    assert Delegation.objects.get().principal == away


def test_nobody_else_arranges_it_for_another(client, ana):
    url = f"/profile/delegations/of/{PersonFactory().pk}/"

    assert client.get(url).status_code == 404
    assert client.post(url, {**period(), "person": ana.pk}).status_code == 404


def test_one_acts_for_another_and_then_for_oneself_again(client, ana):
    delegation = DelegationFactory(delegate=ana, principal__given_name="Ada")

    client.post("/profile/acting/", {"delegation": delegation.pk})
    assert "You act for" in read(client.get("/"))

    client.post("/profile/acting/end/")
    assert "You act for" not in read(client.get("/"))


@pytest.mark.parametrize("number", ["", "abc", "999999", "9" * 5000, "\u00b2"])
def test_nobody_acts_for_whom_they_do_not_stand_in(client, ana, number):
    assert client.post("/profile/acting/", {"delegation": number}).status_code == 404
    other = DelegationFactory()
    assert client.post("/profile/acting/", {"delegation": other.pk}).status_code == 404
