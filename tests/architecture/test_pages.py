"""Every page in a real browser: open to everybody, as wide as the screen, without a complaint."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.architecture.test_page_costs import PAGES
from tests.architecture.world import World
from tests.conftest import PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Axe()
PATIENCE = 60_000
# Long names of fields in a choice are wider than a telephone; the page scrolls.
WIDE_ON_A_PHONE = {"spec GET imports:columns import"}
SCREENS = {
    "wide and light": {"viewport": WIDE, "color_scheme": "light"},
    "phone and dark": {
        "viewport": PHONE,
        "color_scheme": "dark",
        "has_touch": True,
        "is_mobile": True,
    },
}


@pytest.fixture
def world(live_server):
    return World()


def windows(browser, live_server, world, screen):
    """One window for each kind of person, in which all their pages are opened one by one."""
    opened = {}
    for kind in {kind for _row, kind in PAGES}:
        context = browser.new_context(base_url=live_server.url, **SCREENS[screen])
        context.set_default_timeout(PATIENCE)
        session = {"name": "evenhand_session", "value": world.sessions[kind]}
        context.add_cookies([session | {"url": live_server.url}])
        opened[kind] = context.new_page(), said_in(context)
    return opened


def is_bad(message):
    return message.type in {"error", "warning"}


def said_in(context):
    said = []
    context.on("console", lambda message: is_bad(message) and said.append(message.text))
    context.on("weberror", lambda problem: said.append(f"script: {problem.error}"))
    return said


def complaints(page, said, address):
    """What axe, the browser's console and a ruler say about a page."""
    said.clear()
    answer = page.goto(address)
    if answer.status == 200:
        for rule in AXE.run(page).response["violations"]:
            said += [f"{rule['id']}: {node['html'][:160]}" for node in rule["nodes"][:3]]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > page.viewport_size["width"]:
            said.append(f"{width} pixels wide")
    return list(said)


def is_page(world, row, kind):
    """Whether it answers with a page of its own: no file, no part of a page, nothing refused."""
    answer = world.client(kind).get(world.address(row.name, row.about))
    if answer.streaming:
        list(answer)  # read to its end, a file is closed
    is_file = "Content-Disposition" in answer
    is_html = answer["Content-Type"].startswith("text/html") and not is_file
    return answer.status_code == 200 and is_html and b"<html" in answer.getvalue()


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_gives_reason_to_complain(browser, live_server, world, screen):
    opened = windows(browser, live_server, world, screen)
    found = {}
    for row, kind in PAGES:
        if not row.body and is_page(world, row, kind):
            said = complaints(*opened[kind], world.address(row.name, row.about))
            if f"{kind} {row}" in WIDE_ON_A_PHONE:
                said = [words for words in said if not words.endswith("pixels wide")]
            if said:
                found[f"{kind} {row}"] = said
    for page, _said in opened.values():
        page.context.close()

    assert not found, json.dumps(found, indent=1)
