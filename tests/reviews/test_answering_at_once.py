"""Saves that really happen at the same time, each in a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Event
from time import sleep

import pytest
from django.db import connections, transaction
from django.utils import timezone

from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from evenhand.reviews.actions import reopen_review, submit_review
from evenhand.reviews.answering import Conflict, save_answer
from evenhand.reviews.models import Answer, AnswerVersion, Rating
from evenhand.reviews.releasing import release_results
from evenhand.reviews.words import Words
from tests.factories.cycles import CycleFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import ManagerReviewFactory, acting, answer, fill_in, question

pytestmark = pytest.mark.django_db(transaction=True)

SAVES = 8


def at_once(*deeds):
    """Let all of them begin together; what they answer, in their order."""
    barrier = Barrier(len(deeds))

    def perform(deed):
        barrier.wait()
        try:
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(perform, deeds))


def save(review, asked, *, base, **words):
    return save_answer(
        review,
        asked,
        words=Words(**words),
        base=base,
        tab="",
        by=acting(review.author),
        at=timezone.now(),
    )


@pytest.mark.parametrize("is_begun", [False, True])
def test_of_saves_on_the_same_revision_one_stands_and_all_are_kept(is_begun):
    review = ManagerReviewFactory()
    asked = question(review, "What was achieved")
    if is_begun:
        answer(review, "What was achieved", text="First")
    base = 1 if is_begun else 0
    texts = [f"Tab {n} says {'x' * n}" for n in range(4)]

    outcomes = at_once(
        *[lambda text=text: save(review, asked, base=base, text=text) for text in texts]
    )

    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 3
    standing = Answer.objects.get()
    kept = {version.text for version in AnswerVersion.objects.all()}
    assert kept | {standing.text} >= set(texts)
    assert standing.revision == base + 1


def test_two_tabs_that_write_on_lose_nothing():
    review = ManagerReviewFactory()
    asked = question(review, "What was achieved")

    def write(tab):
        base = 0
        for n in range(SAVES):
            base = save(review, asked, base=base, text=f"{tab}{n}").revision
        return True

    assert at_once(lambda: write("a"), lambda: write("b")) == [True, True]
    kept = {version.text for version in AnswerVersion.objects.all()} | {Answer.objects.get().text}
    assert kept >= {f"{tab}{n}" for tab in "ab" for n in range(SAVES)}


def test_what_is_handed_in_is_what_stands():
    review = fill_in(ManagerReviewFactory(draft=True), rating=3)
    asked = question(review, "How well")
    by = acting(review.author)

    def change():
        with suppress(Refused):
            save(review, asked, base=1, rating=5)

    at_once(lambda: submit_review(review, by=by, at=timezone.now()), change)

    assert Rating.objects.get(question=asked).value == Answer.objects.get(question=asked).rating


def test_a_review_is_handed_in_once():
    review = fill_in(ManagerReviewFactory(draft=True))
    by = acting(review.author)

    def submit():
        try:
            submit_review(review, by=by, at=timezone.now())
        except Refused as refusal:
            return refusal.verdict.code
        return "submitted"

    assert sorted(at_once(submit, submit)) == ["already_submitted", "submitted"]
    assert Rating.objects.filter(question=None).count() == 1


def test_a_review_that_is_just_being_released_is_not_opened_again():
    a_month_ago = timezone.localdate() - timedelta(days=30)
    cycle = CycleFactory(today=a_month_ago)
    review = ManagerReviewFactory(participation__cycle=cycle, submitted=True)
    specialist, by = acting(PersonFactory(), Role.SPECIALIST), acting(review.author)
    is_released = Event()

    def release():
        with transaction.atomic():
            release_results(cycle, by=specialist, at=timezone.now())
            is_released.set()
            sleep(0.5)
        return "released"

    def reopen():
        is_released.wait()
        try:
            reopen_review(review, reason="One more thing.", by=by, at=timezone.now())
        except Refused as refusal:
            return refusal.verdict.code
        return "reopened"

    assert at_once(release, reopen) == ["released", "already_released"]
