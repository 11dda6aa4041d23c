"""The whole way of a goal, in a browser: written, agreed, checked in, changed, weighed, closed."""

import pytest
from playwright.sync_api import expect

from evenhand.goals.kinds import GoalState
from evenhand.goals.models import Goal, GoalOwner
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OUTCOME = "Orders leave the house within two days of coming in"
SENTENCE = "I see to it that orders leave in time."


@pytest.fixture
def mia():
    return PersonFactory(given_name="Mia", family_name="Manager")


@pytest.fixture
def ben(mia):
    return PersonFactory(given_name="Ben", family_name="Worker", manager=mia)


def write(window):
    window.goto("/goals/")
    window.press_link("Write a goal")
    window.locator("textarea[name=outcome]").fill(OUTCOME)
    window.locator("input[name=measure]").fill("Share of orders that left within two days")
    window.locator("input[name=unit_of_measure]").fill("%")
    window.locator("input[name=data_source]").fill("Dispatch list")
    window.locator("select[name=metric]").select_option("level")
    window.locator("input[name=baseline]").fill("60")
    window.locator("input[name=target]").fill("90")
    window.locator("input[name=local_reason]").fill("Nobody else here looks after orders.")


def say_and_press(window, button, field="sentence", words=SENTENCE):
    window.locator(f"textarea[name={field}]").fill(words)
    window.press_button(button)


def agree(window, goal, words):
    window.goto("/")
    window.press_link("Read and agree")
    window.sees("The plan as it will stand")
    say_and_press(window, "I agree", words=words)
    window.sees("All have agreed.")
    goal.refresh_from_db()
    assert goal.state == GoalState.ACTIVE


def check_in(window, goal, value):
    window.goto(f"/goals/{goal.pk}/")
    window.press_link("Check in")
    window.locator("input[name$=value]").first.fill(value)
    window.press(window.locator("main form button.primary").first)
    window.sees("It stands in the history of the goal.")


def propose_ninety_five(window):
    window.press_link("Change the plan")
    window.locator("input[name=target]").fill("95")
    window.locator("textarea[name=reason]").fill("The new dispatch is faster than we thought.")
    say_and_press(window, "Propose the change")
    window.sees("The plan as it was stands until all have agreed.")


def weigh(window, person):
    window.goto(f"/goals/people/{person.pk}/weights/")
    window.locator("input[data-weight]").fill("90")
    window.sees("10 to go")
    window.locator("input[data-weight]").fill("100")
    window.sees("They sum to 100")
    window.press_button("Keep the weights")
    window.sees("The weights are kept.")


def test_from_a_draft_to_a_closed_goal(enter, ben, mia):
    owner, manager = enter(ben), enter(mia)
    write(owner)
    owner.sees("Higher is better here: from 60 up to 90.")
    owner.press_button("Save the draft")
    owner.sees("Nobody else sees it until it is proposed.")
    goal = Goal.objects.get()
    owner.press_link("Propose it")
    say_and_press(owner, "Propose it")
    owner.sees("It waits for the agreement of:")
    agree(manager, goal, "I clear the way.")

    check_in(owner, goal, "75")
    expect(owner.locator("p.figure").first).to_have_text("50%")
    propose_ninety_five(owner)
    agree(manager, goal, "Ninety-five it is.")
    assert goal.target == 95
    weigh(owner, ben)
    assert GoalOwner.objects.get().weight == 100

    owner.goto(f"/goals/{goal.pk}/")
    owner.press_link("Close it")
    say_and_press(owner, "Close the goal", "words", "Most of the way, and it holds.")
    owner.sees("The goal is closed.")
    owner.sees("Most of the way, and it holds.")


def test_writing_a_goal_needs_no_scripts(enter, ben):
    window = enter(ben, java_script_enabled=False)
    write(window)
    window.press_button("Look at it")
    window.sees("Higher is better here: from 60 up to 90.")
    expect(window.locator("textarea[name=outcome]")).to_have_value(OUTCOME)

    window.press_button("Save the draft")
    window.sees("The draft is saved.")
    assert Goal.objects.get().target == 90


def test_what_was_typed_and_not_saved_is_offered_back(enter, ben):
    window = enter(ben)
    write(window)
    window.goto("/goals/new/")
    window.press_button("Bring it back")
    expect(window.locator("textarea[name=outcome]")).to_have_value(OUTCOME)
    expect(window.locator("select[name=metric]")).to_have_value("level")

    window.press_button("Save the draft")
    window.sees("The draft is saved.")
    window.goto("/goals/new/")
    expect(window.locator("[data-draft-found]")).to_be_hidden()


def test_the_kind_decides_what_is_asked(enter, ben):
    window = enter(ben)
    window.goto("/goals/new/")
    expect(window.locator("input[name=target]")).to_be_visible()

    window.press(window.locator("label:has(input[name=kind][value=okr])"))
    expect(window.locator("input[name=target]")).to_be_hidden()
    rows = window.locator("[data-rows] > li")
    expect(rows.first).to_be_visible()
    before = rows.count()
    window.press_button("Another row")
    expect(rows).to_have_count(before + 1)
