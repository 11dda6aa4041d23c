from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role
from evenhand.kernel.events import listen
from evenhand.kernel.verdict import Refused
from evenhand.reviews.actions import (
    hand_over_review,
    record_reading,
    reopen_review,
    sign_off,
    submit_review,
)
from evenhand.reviews.events import ReviewSubmitted
from evenhand.reviews.kinds import KeptBecause, ReviewState, SignOffDecision
from evenhand.reviews.models import Answer, AnswerVersion, Handover, Rating, Reopening, SignOff
from tests.factories.cycles import CycleFactory, TemplateVersionFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import (
    ManagerReviewFactory,
    SelfReviewFactory,
    acting,
    answer,
    fill_in,
)

NOW = timezone.now()


@pytest.fixture
def review(db):
    return fill_in(ManagerReviewFactory(draft=True))


@pytest.fixture
def author(review):
    return acting(review.author)


@pytest.fixture
def specialist(db):
    return acting(PersonFactory(), Role.SPECIALIST)


def submit(review, by=None):
    return submit_review(review, by=by or acting(review.author), at=NOW)


def reopen(review, by, reason="A figure is missing"):
    return reopen_review(review, reason=reason, by=by, at=NOW)


def test_a_complete_review_is_submitted(review, author):
    submitted = submit(review)

    assert submitted.state == ReviewState.SUBMITTED
    assert submitted.submitted_at == NOW
    entry = Entry.objects.get()
    assert (entry.code, entry.about_id, entry.by_id) == (
        "review.submitted",
        review.pk,
        author.person_id,
    )


def test_whoever_listens_hears_of_it_once_it_is_stored(review, django_capture_on_commit_callbacks):
    heard = []
    listen(ReviewSubmitted, heard.append)
    with django_capture_on_commit_callbacks(execute=True):
        submit(review)

    assert ReviewSubmitted(review.pk) in heard


def test_every_rating_becomes_a_version_with_the_overall_and_its_formula(review):
    submit(review)

    assert Rating.objects.exclude(question=None).count() == 2
    overall = Rating.objects.get(question=None)
    assert overall.value == Decimal("4.00")
    assert overall.number == 1
    assert overall.formula["value"] == "4.00"


def test_what_is_not_rated_is_kept_as_not_rated(review):
    Answer.objects.filter(question__text__contains="Works well").update(rating=None, not_rated=True)
    submit(review)

    assert Rating.objects.filter(value=None).count() == 1
    assert Rating.objects.get(question=None).value == Decimal("4.00")


def test_with_too_little_rated_there_is_no_overall_rating(review):
    Answer.objects.exclude(rating=None).update(rating=None, not_rated=True)
    submit(review)

    assert Rating.objects.get(question=None).value is None


def test_an_incomplete_review_says_how_much_is_missing(db):
    review = ManagerReviewFactory(draft=True)
    answer(review, "What was achieved", text="  ")

    with pytest.raises(Refused) as refusal:
        submit(review)

    assert refusal.value.verdict.reason == "3 required questions have no answer yet."
    assert not Rating.objects.exists()


@pytest.fixture
def whole(db):
    version = TemplateVersionFactory(holistic=True, frozen=True)
    review = ManagerReviewFactory(draft=True, participation__cycle=CycleFactory(version=version))
    return fill_in(review, rating=4)


def test_a_rating_as_a_whole_is_the_overall_rating(whole):
    Answer.objects.filter(question__kind="overall").update(rating=5, text="", length=0)
    Answer.objects.exclude(question__kind="overall").exclude(rating=None).update(rating=5)
    submit(whole)

    overall = Rating.objects.get(question=None)
    assert (overall.value, overall.formula["value"]) == (5, "5.00")


def test_far_from_the_weighted_ratings_it_needs_a_sentence_why(whole):
    holistic = Answer.objects.filter(question__kind="overall")
    holistic.update(rating=5)
    with pytest.raises(Refused, match="reason_missing"):
        submit(whole)

    holistic.update(text="Carried the whole plant through the move.", length=41)
    submit(whole)

    overall = Rating.objects.get(question=None)
    assert (overall.value, overall.reason) == (5, "Carried the whole plant through the move.")


def test_a_review_is_submitted_once(review):
    submit(review)

    with pytest.raises(Refused, match="already_submitted"):
        submit(review)


def test_reopening_keeps_what_was_handed_in(review, author):
    submit(review)
    reopened = reopen(review, author)

    assert reopened.state == ReviewState.DRAFT
    assert Reopening.objects.get().reason == "A figure is missing"
    kept = AnswerVersion.objects.filter(kept_because=KeptBecause.REOPENED)
    assert kept.count() == Answer.objects.count() == 3
    assert Entry.objects.get(code="review.reopened").details == {"answers_kept": 3}


def test_submitting_again_numbers_the_ratings_anew(review, author):
    submit(review)
    reopen(review, author)
    Answer.objects.exclude(rating=None).update(rating=2)
    submit(review)

    overall = Rating.objects.filter(question=None).order_by("number")
    assert [(r.number, r.value) for r in overall] == [(1, Decimal(4)), (2, Decimal(2))]


@pytest.mark.parametrize(
    ("reason", "code"), [(" ", "reason_needed"), ("x" * 301, "reason_too_long")]
)
def test_reopening_needs_a_reason_of_a_sentence(review, author, reason, code):
    submit(review)

    with pytest.raises(Refused, match=code):
        reopen(review, author, reason)


def test_after_release_nothing_is_reopened(review, author):
    submit(review)
    review.participation.released_at = NOW
    review.participation.save()

    with pytest.raises(Refused, match="already_released"):
        reopen(review, author)


def hand_over(review, to, by):
    return hand_over_review(review, to, reason="New manager", by=by, at=NOW)


def test_a_review_goes_to_another_author_with_the_words_so_far(review, specialist):
    former, new = review.author, PersonFactory()

    handed = hand_over(review, new, specialist)

    assert handed.author == new
    assert Answer.objects.count() == 3
    kept = AnswerVersion.objects.filter(kept_because=KeptBecause.HANDED_OVER)
    assert {version.author for version in kept} == {former}
    assert Handover.objects.get().former_author == former
    submit(handed, by=acting(new))


def test_nobody_is_given_their_own_manager_review(review, specialist):
    with pytest.raises(Refused, match="not_to_the_subject"):
        hand_over(review, review.subject, specialist)


def test_nobody_who_left_is_given_a_review(review, specialist):
    left = PersonFactory(left_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(Refused, match="not_employed"):
        hand_over(review, left, specialist)


def test_an_author_cannot_give_a_review_away(review, author):
    with pytest.raises(Refused, match="not_in_your_care"):
        hand_over(review, PersonFactory(), author)


def test_a_self_review_is_never_handed_over(review, specialist):
    own = SelfReviewFactory(participation=review.participation)

    with pytest.raises(Refused, match="not_in_your_care"):
        hand_over(own, PersonFactory(), specialist)


@pytest.fixture
def released(review):
    submit(review)
    review.participation.released_at = NOW
    review.participation.save()
    return review.participation


def say(participation, decision, comment="", by=None):
    return sign_off(
        participation,
        decision=decision,
        comment=comment,
        by=by or acting(participation.person),
        at=NOW,
    )


def test_the_person_signs(released):
    say(released, SignOffDecision.SIGNED, " Thank you ")

    assert SignOff.objects.get().comment == "Thank you"
    assert Entry.objects.get(code="review.signed").details == {"has_comment": True}


def test_the_person_may_decline_with_a_statement(released):
    with pytest.raises(Refused, match="statement_needed"):
        say(released, SignOffDecision.DECLINED)
    say(released, SignOffDecision.DECLINED, "I see the second half of the year differently.")

    assert SignOff.objects.get().decision == SignOffDecision.DECLINED
    assert Entry.objects.filter(code="review.declined").exists()


def test_the_last_word_is_said_once(released):
    say(released, SignOffDecision.SIGNED)

    with pytest.raises(Refused, match="already_signed_off"):
        say(released, SignOffDecision.SIGNED)


def test_nobody_signs_for_somebody_else(released, author, specialist):
    delegate = acting(released.person, delegate=PersonFactory())
    for other in (author, specialist, delegate):
        with pytest.raises(Refused, match="not_about_you"):
            say(released, SignOffDecision.SIGNED, by=other)


def readings():
    return Entry.objects.filter(code="review.read").count()


def test_a_reading_by_role_is_recorded_once_a_day(review, specialist):
    for hours in (0, 0):
        record_reading(review, by=specialist, at=NOW + timedelta(hours=hours))
    assert readings() == 1

    record_reading(review, by=specialist, at=NOW + timedelta(days=1))
    assert readings() == 2


def test_of_two_reviews_shown_beside_each_other_both_are_recorded(review, specialist):
    own = SelfReviewFactory(participation=review.participation, submitted=True)

    record_reading(review, own, by=specialist, at=NOW)
    record_reading(own, review, by=specialist, at=NOW)

    assert readings() == 2


def test_those_who_take_part_read_without_a_record(review, author):
    own = SelfReviewFactory(participation=review.participation)
    for reading in (review, own):
        record_reading(reading, by=author, at=NOW)
        record_reading(reading, by=acting(review.subject), at=NOW)

    assert readings() == 0
