import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.factories.access import AccountFactory
from tests.factories.assessments import AssessmentFactory
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ben():
    return PersonFactory(given_name="Ben")


def sign_in(page, live_server, person):
    client = Client()
    client.force_login(AccountFactory(person=person))
    session = client.cookies["evenhand_session"].value
    cookie = {"name": "evenhand_session", "value": session, "url": live_server.url}
    page.context.add_cookies([cookie])


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_levels_and_examples_are_saved_as_one_goes_and_submitted(request, live_server, ben, screen):
    window = request.getfixturevalue(screen)
    part = AssessmentFactory(subject=ben).parts.get()
    sign_in(window, live_server, ben)
    window.goto(f"/assessments/parts/{part.pk}/")

    window.get_by_role("group", name="Listening").get_by_role("radio").nth(3).check()
    expect(window.locator("#saved")).to_contain_text("2 competencies have no answer yet.")
    window.get_by_label("An example of what you saw").first.fill("I asked back twice.")
    window.get_by_role("group", name="Writing").get_by_role("radio", name="I cannot say").check()
    expect(window.locator("#saved")).to_contain_text("One competency has no answer yet.")
    window.get_by_role("group", name="Planning").get_by_role("radio").nth(1).check()
    expect(window.locator("#saved")).to_contain_text("Everything has an answer.")

    window.reload()
    expect(window.get_by_label("An example of what you saw").first).to_have_value(
        "I asked back twice."
    )
    window.get_by_role("button", name="Submit").click()
    expect(window.get_by_text("Submitted. Thank you.")).to_be_visible()
    part.refresh_from_db()
    assert part.is_submitted
    said = list(part.observations.order_by("asked__place").values_list("level", "cannot_say"))
    assert said == [(4, False), (None, True), (2, False)]
