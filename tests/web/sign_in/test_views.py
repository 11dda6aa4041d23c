import re
from datetime import date

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from evenhand.access.actions import invite_person
from evenhand.access.models import Account
from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, with_role
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough pass phrase"
SIGN_IN = "/sign-in/"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def account():
    account = AccountFactory(person__email="ana@example.org")
    account.set_password(PASSWORD)
    account.save()
    return account


def sign_in(client, password=PASSWORD, email="Ana@example.org"):
    return client.post(SIGN_IN, {"login": email, "password": password}, follow=True)


def is_in(client):
    return client.get("/").status_code == 200


def test_with_address_and_password_one_is_in(client, account):
    sign_in(client)

    assert is_in(client)


def test_a_wrong_password_opens_nothing_and_says_so_kindly(client, account):
    answer = sign_in(client, "something else entirely")

    assert "not correct" in answer.content.decode()
    assert not is_in(client)


def test_after_some_wrong_tries_even_the_right_password_must_wait(client, account):
    for _ in range(6):
        sign_in(client, "something else entirely")

    answer = sign_in(client)

    assert "Too many" in answer.content.decode()
    assert not is_in(client)


def test_passwords_are_kept_with_argon2(account, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    account.set_password(PASSWORD)

    assert account.password.startswith("argon2$argon2id$")


def test_nobody_signs_up_by_themselves(client):
    form = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}

    assert "By invitation" in client.get("/sign-in/closed/").content.decode()
    assert "By invitation" in client.post("/sign-in/closed/", form).content.decode()
    assert not Account.objects.exists()


def test_who_has_left_is_told_so_and_stays_outside(client, account):
    account.person.employments.update(ends_on=date(2021, 1, 1))

    answer = sign_in(client)

    assert "You cannot sign in today" in answer.content.decode()
    assert not is_in(client)


def test_who_leaves_is_signed_out(client, account):
    sign_in(client)
    account.person.employments.update(ends_on=date(2021, 1, 1))

    assert client.get("/")["Location"].startswith(SIGN_IN)
    account.person.employments.update(ends_on=date(9999, 12, 31))
    assert not is_in(client)


def link_in(message):
    return re.search(r"https?://[^/]+(/\S+)", message.body)[1]


def choose_password(client, link):
    form = client.get(link, follow=True)
    return client.post(
        form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD}, follow=True
    )


def test_an_invitation_leads_to_a_password_and_in(client, django_capture_on_commit_callbacks):
    person = PersonFactory(email="ana@example.org", given_name="Ana")
    with django_capture_on_commit_callbacks(execute=True):
        invite_person(person, by=with_role(Role.SPECIALIST), at=timezone.now())
    (invitation,) = mail.outbox
    assert invitation.to == ["ana@example.org"]
    assert "Hello Ana" in invitation.body

    choose_password(client, link_in(invitation))
    sign_in(client)

    assert is_in(client)
    assert "no longer works" in Client().get(link_in(invitation), follow=True).content.decode()


def test_a_forgotten_password_is_replaced_by_mail(client, account):
    client.post("/sign-in/password/reset/", {"email": "ana@example.org"})
    (message,) = mail.outbox
    account.set_password("forgotten for good now")

    choose_password(client, link_in(message))
    sign_in(client)

    assert is_in(client)


def test_asking_for_a_new_password_does_not_tell_who_has_an_account(client, account):
    known = client.post("/sign-in/password/reset/", {"email": "ana@example.org"}, follow=True)
    unknown = client.post("/sign-in/password/reset/", {"email": "bo@example.org"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert "Look at your e-mail" in known.content.decode()
    assert "Look at your e-mail" in unknown.content.decode()


def test_one_sees_where_one_is_signed_in_and_ends_the_other_places(client, account):
    elsewhere = Client()
    sign_in(elsewhere)
    sign_in(client)
    is_in(elsewhere)
    assert client.get("/sign-in/sessions/").content.decode().count("127.0.0.1") == 2

    client.post("/sign-in/sessions/")

    assert not is_in(elsewhere)
    assert is_in(client)


@pytest.mark.parametrize(("demo", "status"), [(True, 302), (False, 404)])
def test_one_click_signs_in_in_the_demonstration_only(client, settings, demo, status):
    settings.DEMO = demo
    AccountFactory(person=PersonFactory(number="E1", email="e1@lindenmoor.example"))

    assert client.get("/sign-in/demo/E1/").status_code == status
    assert is_in(client) is demo


def test_even_there_it_opens_no_account_of_a_real_person(client, settings):
    settings.DEMO = True
    AccountFactory(person=PersonFactory(number="E1", email="e1@company.com"))

    assert client.get("/sign-in/demo/E1/").status_code == 404
