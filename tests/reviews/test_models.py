import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from evenhand.reviews.kinds import ReviewState
from evenhand.reviews.models import Answer
from tests.factories.people import PersonFactory
from tests.factories.reviews import (
    AnswerFactory,
    ManagerReviewFactory,
    RatingFactory,
    SelfReviewFactory,
    answer,
)

pytestmark = pytest.mark.django_db


def test_a_review_says_its_kind_and_whom_it_is_about():
    review = ManagerReviewFactory()

    assert str(review) == f"Manager review of {review.subject.name}"


def test_a_review_has_a_date_exactly_when_submitted():
    with pytest.raises(IntegrityError), transaction.atomic():
        ManagerReviewFactory(state=ReviewState.SUBMITTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        ManagerReviewFactory(submitted_at=timezone.now())


def test_a_self_review_is_by_its_subject_and_a_manager_review_is_not():
    with pytest.raises(IntegrityError), transaction.atomic():
        SelfReviewFactory(author=PersonFactory())
    person = PersonFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ManagerReviewFactory(participation__person=person, author=person)


def test_a_question_is_answered_once():
    first = AnswerFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerFactory(review=first.review, question=first.question)


def test_an_answer_is_rated_or_not():
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerFactory(rating=3, not_rated=True)


def test_an_overall_rating_has_a_number_of_its_own():
    first = RatingFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        RatingFactory(review=first.review)


def test_words_are_not_readable_in_the_database():
    review = ManagerReviewFactory(draft=True)
    answer(review, "What was achieved", text="Nobody but us")

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM reviews_answer")
        stored = cursor.fetchone()[0]

    assert "Nobody" not in stored
    assert Answer.objects.get().text == "Nobody but us"
