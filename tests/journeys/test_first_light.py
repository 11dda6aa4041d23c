"""The whole way, in a browser: from an HR file to a signed review, every step on record."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from evenhand.audit.models import Entry
from evenhand.audit.sealing import seal_entries
from evenhand.audit.verifying import verify_chain
from evenhand.cycles.kinds import CycleState
from evenhand.cycles.models import Cycle
from evenhand.kernel.acting import Role
from evenhand.people.models import Person
from evenhand.reviews.kinds import ReviewKind, SignOffDecision
from evenhand.reviews.models import Review, SignOff
from tests.factories.access import RoleGrantFactory
from tests.factories.people import PersonFactory
from tests.integrations.files import HR, SAMPLE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILE = HR / "HRDataset_v14.csv" if HR.is_dir() else SAMPLE
OWN_WORDS = "Moved the closing of the books from five days to three, in March."
MANAGERS_WORDS = "She closed the books in three days, three times in a row."
STEPS = {
    "people_file.brought",
    "people.imported",
    "cycle.launched",
    "review.submitted",
    "cycle.results_released",
    "review.signed",
}


def bring_people(window):
    window.goto("/imports/new/")
    window.locator("input[type=file]").set_input_files(FILE)
    window.press_button("Go on")
    window.sees("What the columns say")
    if window.by_label("Bring the person in").count():
        window.by_label("Bring the person in").check()
    window.press_button("See what would change")
    window.press_button("Apply all of this")
    window.sees("This file was applied")


def write_template(window):
    window.goto("/templates/new/")
    window.locator("input[name=name]").fill("Annual review")
    window.press_button("Write the template")
    expect(window.by_role("heading", name="Results").first).to_be_visible()


def launch(window):
    """Every stage is open from today on, so that the whole way can be walked in a day."""
    today = timezone.localdate()
    window.goto("/cycles/new/")
    for opens in window.locator("input[name$=_opens_on]").all():
        opens.fill(today.isoformat())
    for days, due in enumerate(window.locator("input[name$=_due_on]").all(), 7):
        due.fill((today + timedelta(days=days)).isoformat())
    window.press_button("Prepare the cycle")
    window.press_button("Launch")
    window.confirm("Launch")
    window.sees("Where it is stuck")
    return Cycle.objects.get(state=CycleState.OPEN)


def write_own(window):
    window.goto("/")
    window.press_link("Write your self review")
    window.write_everything(OWN_WORDS, 4)
    window.is_saved()
    hand_in(window)


def write_as_manager(window, subject):
    window.goto("/")
    window.press_link(f"Write the review of {subject.name}")
    expect(window.page.get_by_role("complementary").get_by_text(OWN_WORDS).first).to_be_attached()
    window.write_everything(MANAGERS_WORDS, 3)
    window.is_saved()
    hand_in(window)


def hand_in(window):
    window.press_button("Hand in")
    window.confirm("Hand it in")
    window.sees("is handed in")


def release(window, cycle):
    window.goto(f"/cycles/{cycle.pk}/")
    window.press_link("Release results")
    window.press_button("Release")
    window.confirm("Release")
    window.sees("One person can read the review now.")


def read_and_sign(window):
    window.goto("/")
    window.press_link("Read your review")
    window.sees(MANAGERS_WORDS)
    window.press_link("Sign or decline")
    window.press(window.by_label("I have read the review and sign it"))
    window.by_label("In your own words").fill("Thank you.")
    window.press_button("This is my last word")
    window.sees("Your last word stands beside the review.")


def test_from_an_hr_file_to_a_signed_review(enter):
    specialist = PersonFactory(given_name="Spencer", family_name="Specialist")
    RoleGrantFactory(person=specialist, role=Role.SPECIALIST)
    at_hr = enter(specialist)
    bring_people(at_hr)
    write_template(at_hr)
    cycle = launch(at_hr)
    review = Review.objects.filter(cycle=cycle, kind=ReviewKind.MANAGER).earliest("pk")
    subject, manager = review.subject, review.author

    write_own(enter(subject))
    write_as_manager(enter(manager), subject)
    release(at_hr, cycle)
    read_and_sign(enter(subject))

    assert SignOff.objects.get().decision == SignOffDecision.SIGNED
    assert Person.objects.count() > 40
    while seal_entries():
        pass
    verified = verify_chain()
    assert (verified.first_broken, verified.unsealed) == (None, 0)
    assert set(Entry.objects.values_list("code", flat=True)) >= STEPS


def test_writing_and_handing_in_needs_no_scripts(enter, own_review):
    window = enter(own_review.subject, java_script_enabled=False)
    window.goto("/")
    window.press_link("Write your self review")
    window.locator("textarea:visible").first.fill("Half a thought.")
    window.press_button("Save draft")
    window.sees("Your draft is saved.")
    expect(window.locator("textarea:visible").first).to_have_value("Half a thought.")

    window.press_button("Hand in")
    expect(window.page.get_by_role("alert").first).to_be_visible()
    window.write_everything(OWN_WORDS, 4)
    window.press_button("Hand in")

    window.sees("Your self review is handed in.")
    assert Review.objects.get(pk=own_review.pk).is_submitted
