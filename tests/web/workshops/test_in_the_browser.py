"""Sorting as it is done: with a thumb on a telephone, with keys alone, and without scripts."""

import pytest
from django.test import Client

from evenhand.workshops.kinds import Group, Stage
from evenhand.workshops.models import Participant, Placement, Workshop
from tests.conftest import PHONE
from tests.factories.access import AccountFactory
from tests.factories.workshops import ParticipantFactory, WorkshopFactory, sorters_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page, live_server, person):
    client = Client()
    client.force_login(AccountFactory(person=person))
    session = client.cookies["evenhand_session"].value
    page.context.add_cookies(
        [{"name": "evenhand_session", "value": session, "url": live_server.url}]
    )


@pytest.fixture
def sorter(live_server):
    workshop = WorkshopFactory(name="Calls", stage=Stage.SORTING, sorters=3, incidents=2)
    return sorters_of(workshop)[0]


def test_a_sorter_goes_from_home_to_handing_in_with_a_thumb(phone, live_server, sorter):
    sign_in(phone, live_server, sorter.person)
    phone.goto("/")
    phone.get_by_role("link", name="Vote in Calls").tap()
    phone.get_by_role("link", name="Begin").tap()
    for number in range(2):
        phone.get_by_role("heading", name=" of 2").wait_for()
        phone.get_by_text("None of these").tap()
        box = phone.get_by_role("button", name="Keep and go on").bounding_box()
        assert box["height"] >= 44
        phone.get_by_role("button", name="Keep and go on").tap()
        phone.get_by_text(f"{number + 1} of 2 sorted").wait_for()
    phone.get_by_role("button", name="Hand in").tap()
    phone.get_by_text("Your votes are handed in.").wait_for()

    assert Participant.objects.get(pk=sorter.pk).sorted_at is not None


def test_a_sorter_needs_no_more_than_keys(page, live_server, sorter):
    sign_in(page, live_server, sorter.person)
    first = sorter.workshop.incidents.first().pk
    page.goto(f"/workshops/{sorter.workshop_id}/votes/{first}/")
    page.locator('[name="choice"]').first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("1 of 2 sorted").wait_for()

    second = sorter.workshop.competencies.order_by("pk").last()
    assert Placement.objects.get().competency == second


def test_a_workshop_goes_on_without_scripts(browser, live_server, sorter):
    context = browser.new_context(
        base_url=live_server.url, viewport=PHONE, java_script_enabled=False
    )
    page = context.new_page()
    sign_in(page, live_server, sorter.person)
    page.goto(f"/workshops/{sorter.workshop_id}/votes/")
    page.get_by_role("link", name="Begin").click()
    page.get_by_text("None of these").click()
    page.get_by_role("button", name="Keep and go on").click()
    page.get_by_text("1 of 2 sorted").wait_for()
    context.close()


def test_advice_comes_while_a_collector_writes(page, live_server):
    one = ParticipantFactory(workshop=WorkshopFactory(), group=Group.COLLECTORS)
    sign_in(page, live_server, one.person)
    page.goto(f"/workshops/{one.workshop_id}/incidents/")
    page.get_by_label("What did the person do?").press_sequentially("Knows every order.")

    page.get_by_text("cannot be seen").wait_for()
    assert Workshop.objects.get().incidents.count() == 0
