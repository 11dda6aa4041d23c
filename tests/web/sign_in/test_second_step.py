"""Authenticator apps and passkeys, in a real browser with a virtual key."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    validate_totp_code,
)
from django.core.cache import cache

from tests.factories.access import AccountFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

PASSWORD = "a long enough pass phrase"


@pytest.fixture
def signed_in(page):
    cache.clear()
    account = AccountFactory(person__email="ana@example.org")
    account.set_password(PASSWORD)
    account.save()
    sign_in(page)
    page.get_by_role("heading", name=re.compile("Good")).wait_for()
    return page


def sign_in(page):
    page.goto("/sign-in/")
    page.get_by_label("Email").fill("ana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page):
    page.context.clear_cookies()


def open_and_confirm(page, url):
    """What guards the account asks for the password again."""
    page.goto(url)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def code_for(secret, *, seconds_ago=0):
    return format_hotp_value(hotp_value(secret, int(time.time() - seconds_ago) // 30))


def test_a_code_that_ran_out_while_it_was_typed_still_counts():
    secret = generate_totp_secret()

    assert validate_totp_code(secret, code_for(secret, seconds_ago=30))
    assert not validate_totp_code(secret, code_for(secret, seconds_ago=120))


def test_an_authenticator_app_is_asked_from_then_on(signed_in):
    page = signed_in
    open_and_confirm(page, "/sign-in/second-step/totp/activate/")
    secret = page.get_by_label("Authenticator secret").input_value()
    page.get_by_label("Authenticator code").fill(code_for(secret))
    page.get_by_role("button", name="Activate").click()
    page.get_by_role("heading", name=re.compile("Recovery|Two-Factor")).first.wait_for()

    sign_out(page)
    sign_in(page)
    page.wait_for_url("**/second-step/authenticate/**")
    page.goto("/")

    assert "/sign-in/" in page.url


def test_a_passkey_signs_in_without_a_password(signed_in):
    page = signed_in
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    open_and_confirm(page, "/sign-in/second-step/webauthn/add/")
    page.get_by_label(re.compile("Passwordless", re.IGNORECASE)).check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/recovery-codes/**")

    sign_out(page)
    page.goto("/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name=re.compile("Good")).wait_for()
