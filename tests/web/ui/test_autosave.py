import re

import pytest
from playwright.sync_api import expect

from tests.web.ui import review_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.web.ui.review_page"),
]

SAVED = re.compile(r"Saved \d+ seconds? ago")
OFFLINE = re.compile(r"No connection. Your words are kept on this device; saving again in")
NO_DRAFTS = (
    "Object.keys(localStorage).filter(key => key.startsWith('evenhand:draft:')).length === 0"
)


@pytest.fixture
def server():
    review_page.server.__init__()
    return review_page.server


@pytest.fixture
def review(page, server):
    page.goto("/review/")
    return page


def line(page):
    return page.locator("[data-saved-text]")


def answer(page, number=1):
    return page.get_by_label(f"Question {number}")


def test_what_is_typed_is_saved_and_the_line_says_so(review, server):
    answer(review).press_sequentially("He wrote the checklist")
    expect(line(review)).to_have_text("Not saved yet")

    expect(line(review)).to_have_text(SAVED)

    assert server.answers[1]["text"] == "He wrote the checklist"
    assert review.evaluate(NO_DRAFTS)


def test_what_is_typed_before_the_scripts_have_come_is_saved_too(page, server):
    held = []

    def hold(route):
        held.append(route)

    page.route("**/autosave.js*", hold)
    page.goto("/review/", wait_until="commit")
    answer(page).click()
    page.keyboard.type("Early words")

    for route in held:
        route.continue_()

    expect(line(page)).to_have_text(SAVED)
    expect(answer(page)).to_have_value("Early words")
    assert server.answers[1]["text"] == "Early words"


def test_the_line_goes_on_counting(review, server):
    answer(review).fill("Words")

    expect(line(review)).to_have_text("Saved 2 seconds ago", timeout=6000)


def test_screen_readers_hear_changes_of_state_and_not_every_second(review, server):
    answer(review).fill("Words")
    expect(line(review)).to_have_text("Saved 2 seconds ago", timeout=6000)

    expect(review.locator("[data-saved] [role=status]")).to_have_text("Saved 0 seconds ago")


def test_leaving_a_field_saves_at_once(review, server):
    answer(review).press_sequentially("Words")
    with review.expect_response("**/answers/", timeout=500):
        answer(review).blur()

    assert server.answers[1]["text"] == "Words"


def test_a_level_is_saved_and_excludes_not_rated(review, server):
    review.get_by_label("Not rated").first.check()
    review.get_by_label("Level 3").first.check()
    expect(line(review)).to_have_text(SAVED)

    expect(review.get_by_label("Not rated").first).not_to_be_checked()
    assert server.answers[1]["rating"] == 3
    assert server.answers[1]["not_rated"] is False


def test_questions_are_saved_apart_from_each_other(review, server):
    answer(review, 1).fill("First")
    answer(review, 2).fill("Second")
    expect(line(review)).to_have_text(SAVED)

    assert [asked["question"] for asked in server.asked] == [1, 2]
    assert server.answers[2]["text"] == "Second"


def test_when_another_window_wrote_first_both_texts_are_shown_and_nothing_is_overwritten(
    review, server
):
    server.write("Theirs")
    answer(review).fill("Mine")

    conflict = review.get_by_role("group", name="This answer was also changed somewhere else")
    expect(conflict.locator("[data-mine]")).to_have_text("Mine")
    expect(conflict.locator("[data-theirs]")).to_have_text("Theirs")
    expect(conflict).to_contain_text("Written by Kissy Sullivan")
    expect(line(review)).to_have_text("An answer was also changed somewhere else.")
    assert server.answers[1]["text"] == "Theirs"


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ("Keep what is written here", "Mine"),
        ("Take the other", "Theirs"),
        ("Keep both, one after the other", "Theirs\n\nMine"),
    ],
)
def test_the_person_chooses_what_is_kept(review, server, choice, kept):
    server.write("Theirs")
    answer(review).fill("Mine")
    review.get_by_role("button", name=choice).click()

    expect(line(review)).to_have_text(SAVED)
    expect(answer(review)).to_have_value(kept)
    assert server.answers[1]["text"] == kept
    assert review.evaluate(NO_DRAFTS)


def test_while_choosing_one_may_go_on_writing(review, server):
    server.write("Theirs")
    answer(review).fill("Mine")
    expect(review.locator("[data-mine]")).to_have_text("Mine")
    answer(review).press_sequentially(" and more")

    expect(review.locator("[data-mine]")).to_have_text("Mine and more")
    assert server.answers[1]["text"] == "Theirs"


def test_a_reply_that_got_lost_is_no_conflict(review, server):
    server.mood = "losing replies"
    answer(review).fill("Words")
    expect(line(review)).to_have_text(OFFLINE)
    server.mood = "well"

    expect(line(review)).to_have_text(SAVED)
    assert server.answers[1]["text"] == "Words"


def test_without_a_connection_words_are_kept_and_saved_when_it_is_back(review, server):
    review.context.set_offline(True)
    answer(review).fill("Words")
    expect(line(review)).to_have_text(OFFLINE)
    assert not review.evaluate(NO_DRAFTS)

    review.context.set_offline(False)

    expect(line(review)).to_have_text(SAVED)
    assert server.answers[1]["text"] == "Words"


def test_a_server_that_is_down_is_asked_again(review, server):
    server.mood = "down"
    answer(review).fill("Words")
    expect(line(review)).to_have_text(OFFLINE)
    server.mood = "well"

    expect(line(review)).to_have_text(SAVED)


def test_what_was_not_saved_is_there_after_a_reload_and_then_saved(review, server):
    server.mood = "down"
    answer(review).fill("Words")
    expect(line(review)).to_have_text(OFFLINE)
    server.mood = "well"
    review.reload()

    expect(answer(review)).to_have_value("Words")
    expect(line(review)).to_have_text(SAVED)
    assert server.answers[1]["text"] == "Words"
    assert review.evaluate(NO_DRAFTS)


def test_a_draft_older_than_the_servers_words_is_shown_beside_them(review, server):
    server.mood = "down"
    answer(review).fill("Draft")
    expect(line(review)).to_have_text(OFFLINE)
    server.mood = "well"
    server.write("Newer")
    review.reload()

    expect(review.locator("[data-mine]")).to_have_text("Draft")
    expect(review.locator("[data-theirs]")).to_have_text("Newer")
    assert server.answers[1]["text"] == "Newer"


def test_a_living_tab_keeps_its_draft_and_hands_it_over_when_it_closes(review, server):
    server.mood = "down"
    answer(review).fill("From the first tab")
    expect(line(review)).to_have_text(OFFLINE)
    second = review.context.new_page()
    second.goto("/review/")
    expect(answer(second)).to_have_value("")
    server.mood = "well"
    review.context.set_offline(True)
    review.close()

    expect(answer(second)).to_have_value("From the first tab")
    second.context.set_offline(False)
    expect(line(second)).to_have_text(SAVED)


def test_another_account_on_this_browser_never_sees_a_draft(review, server):
    server.mood = "down"
    answer(review).fill("Private")
    expect(line(review)).to_have_text(OFFLINE)
    server.mood, server.account = "well", 8
    review.reload()

    expect(answer(review)).to_have_value("")
    expect(line(review)).to_have_text("What you type is saved as you go")
    assert not review.evaluate(NO_DRAFTS)


def test_when_the_session_ended_words_wait_for_signing_in_again(review, server):
    server.mood = "signed out"
    answer(review).fill("Words")
    expect(line(review)).to_have_text("Your session ended. Your words are kept on this device.")
    link = review.get_by_role("link", name="Sign in in a new tab and come back")
    expect(link).to_have_attribute("target", "_blank")
    server.mood = "well"
    review.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(line(review)).to_have_text(SAVED)


def test_a_token_that_is_out_of_date_is_renewed_without_a_word(review, server):
    review.evaluate("document.querySelector('meta[name=csrf-token]').content = 'x'.repeat(64)")
    answer(review).fill("Words")

    expect(line(review)).to_have_text(SAVED)
    assert server.answers[1]["text"] == "Words"


def test_somebody_else_signing_in_does_not_save_my_words_as_theirs(review, server):
    review.evaluate("document.querySelector('meta[name=csrf-token]').content = 'x'.repeat(64)")
    server.account = 8
    answer(review).fill("Words")

    expect(line(review)).to_have_text("Your session ended. Your words are kept on this device.")
    assert server.answers[1]["text"] == ""


def test_a_refusal_is_told_in_its_words_and_the_text_is_kept(review, server):
    server.mood = "closed"
    answer(review).fill("Words")

    expect(review.get_by_role("alert")).to_contain_text("This review was handed in on Friday.")
    expect(review.get_by_role("alert")).to_contain_text("Your words are kept on this device.")
    expect(answer(review)).to_have_value("Words")
    assert not review.evaluate(NO_DRAFTS)


def test_a_browser_that_keeps_nothing_says_so_and_warns_before_leaving(review, server):
    review.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    server.mood = "down"
    answer(review).fill("Words")

    expect(line(review)).to_contain_text("this browser keeps nothing")
    warnings = []
    review.on("dialog", lambda dialog: (warnings.append(dialog.type), dialog.accept()))
    review.close(run_before_unload=True)
    review.context.new_page().wait_for_timeout(200)
    assert warnings == ["beforeunload"]


def test_handing_in_waits_until_everything_is_saved(review, server):
    answer(review).fill("Last words")
    review.get_by_role("button", name="Hand in").click()
    review.get_by_role("dialog", name="Hand it in?").get_by_role("button", name="Yes").click()

    expect(review.get_by_text("Thank you")).to_be_visible()
    assert server.answers[1]["text"] == "Last words"
    assert server.handed_in["q-1-text"] == "Last words"
    assert server.handed_in["q-1-revision"] == str(server.answers[1]["revision"])


def test_handing_in_waits_as_long_as_there_is_no_connection(review, server):
    server.mood = "down"
    answer(review).fill("Last words")
    review.get_by_role("button", name="Hand in").click()
    expect(line(review)).to_have_text(OFFLINE)

    assert server.handed_in is None
    expect(review.get_by_role("dialog", name="Hand it in?")).to_be_hidden()


def test_signing_out_asks_before_removing_what_is_only_here(review, server):
    server.mood = "down"
    answer(review).fill("Words")
    expect(line(review)).to_have_text(OFFLINE)
    review.get_by_role("button", name="Sign out", exact=True).last.click()
    expect(review.get_by_role("dialog")).to_contain_text("Only here")
    review.get_by_role("button", name="Sign out anyway").click()

    expect(review.get_by_text("Signed out")).to_be_visible()
    assert review.evaluate(NO_DRAFTS)


def test_without_scripts_the_form_is_a_plain_form(browser, live_server, server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/review/")
    answer(page).fill("Plain")
    page.get_by_role("button", name="Save draft").click()

    assert server.handed_in["q-1-text"] == "Plain"
    context.close()
