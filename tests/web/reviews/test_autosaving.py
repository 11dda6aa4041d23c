import pytest

from evenhand.reviews.models import Answer
from tests.factories.access import AccountFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import ManagerReviewFactory, answer, question


@pytest.fixture
def review(db):
    return ManagerReviewFactory(draft=True)


@pytest.fixture
def author(client, review):
    client.force_login(AccountFactory(person=review.author))
    return client


def send(client, review, asked=None, **sent):
    body = {
        "question": asked or question(review, "What was achieved").pk,
        "base": 0,
        "tab": "a",
        "text": "Much",
        "rating": None,
        "not_rated": False,
        "choice": None,
    }
    return send_raw(client, review, body | sent)


def send_raw(client, review, body):
    return client.post(
        f"/reviews/{review.pk}/answers/",
        body,
        content_type="application/json",
        headers={"Accept": "application/json"},
    )


def test_an_answer_is_saved(author, review):
    response = send(author, review)

    assert response.status_code == 200
    assert response.json()["revision"] == 1
    assert response.json()["saved_at"]
    assert Answer.objects.get().text == "Much"


def test_a_conflict_shows_what_stands(author, review):
    answer(review, "What was achieved", text="Newer", revision=4)

    response = send(author, review, base=3)

    assert response.status_code == 409
    said = response.json()
    assert (said["code"], said["revision"]) == ("conflict", 4)
    assert said["theirs"]["text"] == "Newer"
    assert said["theirs"]["by"] == review.author.name


def test_a_refusal_says_why_in_the_same_words_as_everywhere(author, review):
    response = send(author, review, text="x" * 20_001)

    assert response.status_code == 422
    assert response.json()["code"] == "too_long"
    assert "20,000" in response.json()["reason"]


def test_signed_out_the_script_is_told_so(client, review):
    response = send(client, review)

    assert (response.status_code, response.json()["code"]) == (401, "signed_out")


def test_nobody_else_finds_the_address(client, review):
    client.force_login(AccountFactory(person=PersonFactory()))

    assert send(client, review).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"nonsense",
        b"[" * 100_000,
        b'"\xff"',
        b'{"question": true, "base": 0}',
        b'{"question": 1e400, "base": 0}',
        b'{"question": 1, "base": "0"}',
        b'{"question": 1, "base": 0, "text": 7}',
        b'{"question": 1, "base": 0, "rating": "4"}',
        b'{"question": 1, "base": 0, "rating": 1.5}',
        b'{"question": 1, "base": 0, "not_rated": "yes"}',
        b'{"question": 99999999999999999999, "base": 0}',
        b'{"question": 9007199254740000, "base": 0}',
    ],
)
def test_what_is_not_understood_is_refused_kindly(author, review, body):
    response = send_raw(author, review, body)

    assert response.status_code == 422
    assert response.json()["reason"]


def test_half_characters_and_nul_are_taken_out(author, review):
    body = '{"question": %d, "base": 0, "text": "a\\ud800\\u0000b"}'
    sent = body % question(review, "What was achieved").pk

    assert send_raw(author, review, sent.encode()).status_code == 200
    assert Answer.objects.get().text == "a?b"


def test_a_save_asks_little(author, review, django_assert_max_num_queries):
    send(author, review)
    asked = question(review, "What was achieved").pk

    # Session, account, person and roles; then whose review it is, the answer and the words; the
    # other two begin and end a savepoint.
    with django_assert_max_num_queries(9):
        send(author, review, asked, base=1, text="Much more")
