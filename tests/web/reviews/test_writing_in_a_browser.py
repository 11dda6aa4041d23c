"""Writing as a manager does it: in a browser, in two windows, with a connection that breaks."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from evenhand.reviews.models import Answer, AnswerVersion, Review
from tests.factories.access import AccountFactory
from tests.factories.reviews import ManagerReviewFactory, answer, question

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAVED = re.compile(r"Saved \d+ seconds? ago")


@pytest.fixture
def review():
    review = ManagerReviewFactory(draft=True)
    answer(review, "How well", rating=4)
    return review


@pytest.fixture
def signed_in(page, live_server, review):
    client = Client()
    client.force_login(AccountFactory(person=review.author))
    session = client.cookies["evenhand_session"].value
    page.context.add_cookies(
        [{"name": "evenhand_session", "value": session, "url": live_server.url}]
    )
    return page


def achieved(page, review):
    return page.locator(f'[name="q-{question(review, "What was achieved").pk}-text"]')


def stands(review):
    found = Answer.objects.filter(review=review, question=question(review, "What was achieved"))
    return [answer.text for answer in found]


def test_what_is_typed_is_saved_by_itself_and_handed_in(signed_in, review):
    page = signed_in
    page.goto(f"/reviews/{review.pk}/")
    achieved(page, review).fill("Closed the books in three days.")
    expect(page.locator("[data-saved-text]")).to_have_text(SAVED)
    assert stands(review) == ["Closed the books in three days."]

    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("button", name="Hand it in").click()
    problem = page.get_by_role("alert").filter(has_text="1 required question has no answer yet.")
    expect(problem).to_be_visible()

    page.locator(f'[name="q-{question(review, "Works well").pk}-rating"][value="3"]').check()
    expect(page.locator("#state")).to_contain_text("= 3.60")
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("button", name="Hand it in").click()
    expect(page.locator("#notice")).to_contain_text("is handed in, with 2 ratings.")
    assert Review.objects.get().is_submitted


def test_two_windows_never_write_over_each_other(signed_in, review):
    first, second = signed_in, signed_in.context.new_page()
    for window in (first, second):
        window.goto(f"/reviews/{review.pk}/")
    achieved(first, review).fill("From the first window.")
    expect(first.locator("[data-saved-text]")).to_have_text(SAVED)

    achieved(second, review).fill("From the second window.")
    expect(second.get_by_text("This answer was also changed somewhere else")).to_be_visible()
    assert stands(review) == ["From the first window."]
    assert [v.text for v in AnswerVersion.objects.all()] == ["From the second window."]

    second.get_by_role("button", name="Keep both").click()
    expect(second.locator("[data-saved-text]")).to_have_text(SAVED)
    assert stands(review) == ["From the first window.\n\nFrom the second window."]


def test_a_lost_connection_loses_nothing(signed_in, review):
    page = signed_in
    page.goto(f"/reviews/{review.pk}/")
    page.context.set_offline(True)
    achieved(page, review).fill("Written in the train.")
    expect(page.locator("[data-saved]")).to_contain_text("kept on this device")
    page.context.set_offline(False)

    expect(page.locator("[data-saved-text]")).to_have_text(SAVED, timeout=20_000)
    assert stands(review) == ["Written in the train."]


def test_signed_out_the_words_stay_until_one_is_back(signed_in, review):
    page = signed_in
    page.goto(f"/reviews/{review.pk}/")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    achieved(page, review).fill("Written after the session.")
    expect(page.locator("[data-saved]")).to_contain_text("Your session ended")
    page.context.add_cookies(cookies)
    page.reload()

    expect(page.locator("[data-saved-text]")).to_have_text(SAVED, timeout=10_000)
    assert stands(review) == ["Written after the session."]
