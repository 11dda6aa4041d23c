"""No interleaving of saves loses a word."""

from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from evenhand.reviews.actions import reopen_review, submit_review
from evenhand.reviews.answering import Conflict, save_answer
from evenhand.reviews.models import Answer, AnswerVersion
from evenhand.reviews.words import Words
from tests.factories.reviews import ManagerReviewFactory, acting, answer, question

TABS = ("first", "second", "phone")
WORDS = st.text(alphabet="ab \n\x00é", max_size=6)


def is_within(text, later):
    """Whether every sign of the text is in the later one, in order: words were only put in."""
    signs = iter(later)
    return all(sign in signs for sign in text)


class ManyTabs(RuleBasedStateMachine):
    """Three tabs of one author, each knowing only what it was told."""

    @initialize()
    def open_the_review(self):
        self.review = ManagerReviewFactory()
        self.author = acting(self.review.author)
        self.asked = question(self.review, "What was achieved")
        answer(self.review, "How well", rating=3)
        answer(self.review, "Works well", rating=3)
        self.known = dict.fromkeys(TABS, (0, ""))
        self.said = []

    @rule(tab=st.sampled_from(TABS), text=WORDS)
    def write_anew(self, tab, text):
        self.save(tab, text)

    @rule(tab=st.sampled_from(TABS), place=st.integers(0, 6), text=WORDS)
    def type_in_between(self, tab, place, text):
        former = self.known[tab][1]
        self.save(tab, former[:place] + text + former[place:])

    @rule(tab=st.sampled_from(TABS))
    def look_again(self, tab):
        standing = Answer.objects.filter(review=self.review, question=self.asked).first()
        self.known[tab] = (standing.revision, standing.text) if standing else (0, "")

    @rule()
    def submit_and_reopen(self):
        standing = Answer.objects.filter(review=self.review, question=self.asked).first()
        if standing and standing.length:
            submit_review(self.review, by=self.author, at=timezone.now())
            reopen_review(self.review, reason="A word", by=self.author, at=timezone.now())

    def save(self, tab, text):
        base, _ = self.known[tab]
        outcome = save_answer(
            self.review,
            self.asked,
            words=Words(text),
            base=base,
            tab=tab,
            by=self.author,
            at=timezone.now(),
        )
        self.said.append(Words(text).cleaned().text)
        # A tab that lost goes on from what it typed; only looking again tells it the revision.
        if not isinstance(outcome, Conflict):
            self.known[tab] = (outcome.revision, text)

    @invariant()
    def every_word_is_found(self):
        if not hasattr(self, "review"):
            return
        asked = {"review": self.review, "question": self.asked}
        found = [a.text for a in Answer.objects.filter(**asked)]
        found += [version.text for version in AnswerVersion.objects.filter(**asked)]
        for text in filter(None, self.said):
            assert any(is_within(text, later) for later in found), (text, found)


class TestNoWordIsLost(ManyTabs.TestCase, TestCase):
    settings = settings(max_examples=60, stateful_step_count=12, deadline=None)
