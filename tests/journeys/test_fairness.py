"""From a rated cycle to a summary that leaders read, in a browser."""

import pytest
from playwright.sync_api import expect

from evenhand.analytics.models import RatingAudit
from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role
from tests.factories.access import RoleGrantFactory
from tests.factories.analytics import rated_cycle
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def person_with(role):
    person = PersonFactory()
    RoleGrantFactory(person=person, role=role)
    return person


def test_a_cycle_is_looked_into_and_its_summary_is_read_by_leaders(enter):
    cycle = rated_cycle(name="Annual 2026")
    rater = cycle.reviews.earliest("pk").author.name
    at_hr = enter(person_with(Role.SPECIALIST))

    at_hr.goto("/fairness/")
    at_hr.press(at_hr.by_role("button", name="Look into this cycle"))
    at_hr.press(at_hr.by_role("link", name="Read what was found"))
    at_hr.sees("How much of a rating is the person")
    expect(at_hr.by_role("heading", name="The ratings of Annual 2026")).to_be_visible()

    with at_hr.page.expect_download() as taken:
        at_hr.press(at_hr.by_role("link", name="Take as Page"))
    assert taken.value.suggested_filename == "the-ratings-of-annual-2026.html"

    at_hr.press(at_hr.by_label("Executives, auditors and HR partners"))
    at_hr.press_button("Save who reads it")
    at_hr.confirm("Change it")
    at_hr.sees("From now on: Executives, auditors and HR partners, as a summary.")

    at_the_top = enter(person_with(Role.EXECUTIVE))
    at_the_top.goto(f"/fairness/{RatingAudit.objects.get().pk}/")
    at_the_top.sees("This is the summary.")
    assert rater not in at_the_top.locator("main").inner_text()
    assert Entry.objects.filter(code="rating_audit.published").exists()
