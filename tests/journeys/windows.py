"""A window as somebody uses it: with a mouse, or with a thumb on a telephone."""

import re

from playwright.sync_api import expect

PATIENCE = 30_000
SAVED = re.compile(r"Saved (just now|\d+ seconds? ago)")


class Window:
    def __init__(self, context, *, has_touch=False, has_scripts=True):
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        self.has_touch, self.has_scripts = has_touch, has_scripts
        self.goto, self.locator = self.page.goto, self.page.locator
        self.by_role, self.by_label = self.page.get_by_role, self.page.get_by_label

    def press(self, thing):
        """Click it, or put a thumb on it."""
        thing.scroll_into_view_if_needed()
        if self.has_touch:
            thing.tap()
        else:
            thing.click()

    def press_button(self, name):
        self.press(self.by_role("button", name=name, exact=True).first)

    def press_link(self, name):
        self.press(self.by_role("link", name=name).first)

    def confirm(self, name):
        self.press(self.by_role("dialog").get_by_role("button", name=name, exact=True))

    def sees(self, words):
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=PATIENCE)

    def is_saved(self):
        expect(self.locator("[data-saved-text]")).to_have_text(SAVED, timeout=PATIENCE)

    def write_everything(self, words, level):
        """Answer each question of a review: words where words are asked, else a level."""
        if self.has_scripts:
            self.locator("form[data-autosaving]").wait_for()
        for question in self.locator("section.question").all():
            if question.locator("input[name$=-rating]").count():
                self.press(question.locator(f"label:has(input[value='{level}'])"))
            elif question.locator("input[type=radio]").count():
                self.press(question.locator("label:has(input[type=radio])").first)
            else:
                question.locator("textarea").fill(words)
