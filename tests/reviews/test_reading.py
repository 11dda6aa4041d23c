from decimal import Decimal

import pytest
from django.utils import timezone

from evenhand.cycles.kinds import QuestionKind, ShownToSubject
from evenhand.cycles.models import Question
from evenhand.reviews.actions import submit_review
from evenhand.reviews.models import Answer
from evenhand.reviews.reading import read_both, read_review, reviews_to_read
from tests.factories.cycles import LEVELS, CycleFactory, TemplateVersionFactory
from tests.factories.reviews import (
    ManagerReviewFactory,
    SelfReviewFactory,
    acting,
    answer,
    fill_in,
)

SECRET = "Thinking of leaving, says the team lead"
NOW = timezone.now()


@pytest.fixture
def review(db):
    review = fill_in(ManagerReviewFactory(draft=True))
    answer(review, "What should HR know", text=SECRET)
    return review


def read(actor, review, **how):
    return read_review(actor, reviews_to_read(actor).get(pk=review.pk), **how)


def hand_in_and_release(review):
    submit_review(review, by=acting(review.author), at=NOW)
    review.participation.released_at = NOW
    review.participation.save()


def hide(part):
    Question.objects.filter(text__contains=part).update(shown_to_subject=ShownToSubject.NEVER)


def test_the_author_reads_every_answer_and_the_overall_rating_so_far(review):
    sheet = read(acting(review.author), review)

    assert SECRET in repr(sheet)
    assert [section.title for section in sheet.sections] == [
        "Results",
        "Ways of working",
        "Looking ahead",
    ]
    assert sheet.overall.value == Decimal("4.00")
    assert sheet.overall.label == "Above"


def test_a_competency_shows_its_own_words_and_those_of_the_scale_where_it_has_none(review):
    sheet = read(acting(review.author), review)
    competency = next(q for q in sheet.questions if q.kind == QuestionKind.COMPETENCY)
    words = [level.descriptor for level in competency.levels]

    assert words[::2][:2] == ["Keeps things back.", "Shares early."]
    assert words[1] == LEVELS[2][1]
    assert all(words)


def test_the_person_never_reads_what_is_for_the_manager_only(review):
    hand_in_and_release(review)
    assert SECRET in repr(read(acting(review.author), review))

    sheet = read(acting(review.subject), review)

    assert SECRET not in repr(sheet)
    assert "HR" not in repr(sheet.sections)
    assert sheet.as_subject


def test_the_preview_is_what_the_person_will_read(review):
    preview = read(acting(review.author), review, as_subject=True)
    hand_in_and_release(review)
    later = read(acting(review.subject), review)

    assert preview.sections == later.sections
    assert preview.overall == later.overall


def test_a_hidden_rating_cannot_be_worked_out_from_the_overall_rating(review):
    hide("Works well")
    hand_in_and_release(review)

    assert read(acting(review.author), review).overall.value == Decimal("4.00")
    assert read(acting(review.subject), review).overall is None


@pytest.fixture
def whole(db):
    version = TemplateVersionFactory(holistic=True, frozen=True)
    review = ManagerReviewFactory(draft=True, participation__cycle=CycleFactory(version=version))
    return fill_in(review)


def test_a_rating_as_a_whole_is_shown_without_the_formula_it_does_not_need(whole):
    hide("Works well")
    hand_in_and_release(whole)

    overall = read(acting(whole.subject), whole).overall
    assert (overall.value, overall.formula) == (Decimal("4.00"), "")


def test_a_hidden_rating_as_a_whole_is_hidden_everywhere(whole):
    hide("Taken as a whole")
    hand_in_and_release(whole)

    assert read(acting(whole.author), whole).overall.is_given_as_a_whole
    assert read(acting(whole.subject), whole).overall is None


def test_what_was_handed_in_stays_the_overall_rating(review):
    hand_in_and_release(review)
    Answer.objects.exclude(rating=None).update(rating=1)

    assert read(acting(review.subject), review).overall.value == Decimal("4.00")


def test_too_little_rated_is_said_and_not_guessed(review):
    Answer.objects.filter(question__text__contains="How well").update(rating=None, not_rated=True)
    sheet = read(acting(review.author), review)

    assert sheet.overall.value is None
    assert sheet.overall.percent_rated == 40


def test_the_self_review_lies_beside_once_it_may_be_read(review):
    own = SelfReviewFactory(participation=review.participation, draft=True)
    author = acting(review.author)
    assert read_both(author, review.pk).other is None

    submit_review(fill_in(own), by=acting(own.author), at=NOW)
    assert read_both(author, review.pk).other.review == own


def test_reading_takes_the_same_queries_however_much_is_answered(review, django_assert_num_queries):
    empty = ManagerReviewFactory(draft=True)
    for reading in (review, empty):
        actor = acting(reading.author)
        with django_assert_num_queries(6):
            read(actor, reading)


def test_what_one_may_not_read_is_not_there(review):
    assert read_both(acting(review.subject), review.pk) is None
    assert read_both(acting(review.author), 0) is None
