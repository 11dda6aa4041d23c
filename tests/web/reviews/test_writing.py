import pytest
from django.db import connection
from django.db.models import F

from evenhand.reviews.actions import submit_review
from evenhand.reviews.answering import LONGEST
from evenhand.reviews.kinds import ReviewState
from evenhand.reviews.models import Answer
from tests.factories.access import AccountFactory
from tests.factories.reviews import (
    AnswerVersionFactory,
    ManagerReviewFactory,
    acting,
    answer,
    fill_in,
    question,
)

MUCH = "word " * (LONGEST // 4)


@pytest.fixture
def review(db):
    return ManagerReviewFactory(draft=True)


@pytest.fixture
def author(client, review):
    client.force_login(AccountFactory(person=review.author))
    return client


def fields(review, part, **words):
    pk = question(review, part).pk
    return {f"q-{pk}-{name}": value for name, value in words.items()}


def send(client, review, part, *answers):
    form = {name: value for said in answers for name, value in said.items()}
    return client.post(f"/reviews/{review.pk}/{part}/", form, follow=True)


def said(response):
    return response.content.decode()


@pytest.mark.parametrize("part", ["draft", "submission"])
def test_one_answer_that_is_too_long_keeps_no_other_from_being_saved(author, review, part):
    long = fields(review, "What was achieved", revision=0, text=MUCH)
    rating = fields(review, "How well", revision=0, rating=4)

    response = send(author, review, part, long, rating)

    assert response.status_code == 422
    assert "longer than 20,000 characters" in said(response)
    assert "An answer is not saved yet" in said(response)
    assert MUCH in said(response)
    assert Answer.objects.get().rating == 4


def test_what_is_not_saved_is_still_based_on_what_its_author_had_read(author, review):
    standing = answer(review, "What was achieved", text="Newer", revision=3)

    response = send(
        author, review, "draft", fields(review, "What was achieved", revision=2, text=MUCH)
    )

    assert f'name="q-{standing.question_id}-revision" value="2"' in said(response)


@pytest.mark.parametrize("part", ["draft", "submission"])
def test_words_to_a_review_handed_in_elsewhere_stay_in_the_form(author, review, part):
    fill_in(review)
    submit_review(review, by=acting(review.author), at=Answer.objects.first().saved_at)
    words = fields(review, "What was achieved", revision=1, text="And one thing more")

    response = send(author, review, part, words)

    assert response.status_code == 409
    assert "This review is submitted." in said(response)
    assert "And one thing more" in said(response)
    assert not Answer.objects.filter(text="And one thing more").exists()


def test_earlier_words_that_met_newer_ones_are_not_said_to_stand(author, review):
    asked = answer(review, "What was achieved", text="New").question
    former = AnswerVersionFactory(review=review, question=asked, text="Old words")

    def another_is_quicker(execute, sql, *rest):
        if sql.startswith("SAVEPOINT"):
            Answer.objects.update(text="Newer", revision=F("revision") + 1)
        return execute(sql, *rest)

    with connection.execute_wrapper(another_is_quicker):
        page = said(send(author, review, f"versions/{former.pk}/restoration"))

    assert "The earlier words stand again" not in page
    assert "was changed somewhere else just now" in page
    assert Answer.objects.get().text == "Newer"


def test_the_same_form_sent_twice_is_handed_in_once(author, review):
    fill_in(review)
    send(author, review, "submission")

    assert send(author, review, "submission").status_code == 409
    review.refresh_from_db()
    assert review.state == ReviewState.SUBMITTED
