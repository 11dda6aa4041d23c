"""The map as a tree: walked with a keyboard, fetched branch by branch, and plain links beneath."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import expect

from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.factories.people import PersonFactory
from tests.factories.strategy import ObjectiveFactory, agreed
from tests.web.alignment.test_views import EVER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def goals():
    """An objective, a goal below it, and 52 below that one."""
    owner = PersonFactory()
    objective = ObjectiveFactory(title="Customers stay", **EVER)
    top = agreed(objective=objective, owner=owner, outcome="Nine of ten stay", score="0.3")
    for number in range(52):
        agreed(parent=top, owner=owner, outcome=f"Step {number:02}")
    return top


@pytest.fixture
def cookie(live_server):
    account = AccountFactory()
    RoleGrantFactory(person=account.person, role=Role.SPECIALIST)
    client = Client()
    client.force_login(account)
    session = client.cookies["evenhand_session"].value
    return {"name": "evenhand_session", "value": session, "url": live_server.url}


def item(page, name):
    return page.get_by_role("treeitem", name=name)


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_the_tree_is_walked_with_the_keyboard(page, cookie, goals):
    page.context.add_cookies([cookie])
    page.goto("/alignment/")
    item(page, "My goals").focus()

    press(page, "ArrowDown")
    assert focused(page).startswith("Customers stay")
    press(page, "ArrowRight")
    expect(item(page, re.compile("^Nine of ten stay.*30%, Off track"))).to_be_visible()
    expect(item(page, "Customers stay")).to_have_attribute("aria-expanded", "true")
    press(page, "ArrowRight", "ArrowRight")
    expect(item(page, re.compile("^Step 00"))).to_have_attribute("aria-level", "3")
    press(page, "ArrowRight")
    assert focused(page).startswith("Step 00")
    press(page, "ArrowLeft", "ArrowLeft")
    assert focused(page).startswith("Nine of ten stay")
    expect(item(page, re.compile("^Step 00"))).to_be_hidden()
    press(page, "End")
    assert focused(page).startswith("Goals below one that was given up")
    press(page, "ArrowUp", "Home")
    assert focused(page) == "My goals"
    press(page, "ArrowDown", "Enter")
    expect(page).to_have_url(re.compile(r"/strategy/\d+/$"))


def test_the_rest_of_a_long_branch_comes_when_asked_for(page, cookie, goals):
    page.context.add_cookies([cookie])
    page.goto(f"/alignment/?at=o{goals.objective_id}")
    item(page, re.compile("^Nine of ten stay")).focus()
    press(page, "ArrowRight")
    expect(item(page, re.compile("^Step"))).to_have_count(50)
    item(page, "Show more").focus()

    press(page, "Enter")

    expect(item(page, re.compile("^Step"))).to_have_count(52)
    expect(item(page, re.compile("^Step 50"))).to_be_focused()
    found = Axe().run(page).response["violations"]
    assert [rule["id"] for rule in found] == []


def test_the_tree_is_opened_with_a_mouse_or_a_finger(phone, cookie, goals):
    phone.context.add_cookies([cookie])
    phone.goto("/alignment/")

    item(phone, "Customers stay").locator("[data-toggle]").first.click()

    expect(item(phone, re.compile("^Nine of ten stay"))).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_the_tree_is_a_list_of_links(browser, live_server, cookie, goals):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto("/alignment/")

    page.get_by_role("link", name="Below Customers stay").click()
    page.get_by_role("link", name="Below Nine of ten stay").click()
    expect(page.get_by_role("link", name="Step 00")).to_be_visible()
    page.get_by_role("link", name="Show more").click()

    expect(page.get_by_role("link", name="Step 51")).to_be_visible()
    context.close()
