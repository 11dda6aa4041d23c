import pytest

from evenhand.audit.models import Entry
from evenhand.cycles.models import Question
from evenhand.kernel.acting import Role
from evenhand.reviews.models import Answer, AnswerVersion
from tests.factories.access import RoleGrantFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import ManagerReviewFactory, SelfReviewFactory

pytestmark = pytest.mark.django_db


def questions_of(review):
    return Question.objects.filter(section__version__cycles=review.cycle)


def put(client, review, question, **sent):
    url = f"/api/v1/reviews/{review.pk}/answers/{question.pk}"
    return client.put(url, {"base": 0, **sent}, content_type="application/json")


def text_question(review):
    return questions_of(review).filter(kind="text").first()


def test_the_author_writes_reads_and_submits(machine):
    review = SelfReviewFactory()
    client = machine(review.author)
    for question in questions_of(review).filter(is_required=True):
        sent = {"text": "Done well."} if question.kind == "text" else {"rating": 3}
        if question.kind == "choice":
            sent = {"choice": question.choices[0]}
        assert put(client, review, question, **sent).status_code == 200

    url = f"/api/v1/reviews/{review.pk}"
    assert client.get(url).json()["state"] == "draft"
    assert client.post(f"{url}/submission").json()["state"] == "submitted"
    again = client.post(f"{url}/submission")
    assert (again.status_code, again.json()["code"]) == (409, "already_submitted")
    assert again["Content-Type"] == "application/problem+json"


def test_what_is_missing_is_said_when_submitting(machine):
    review = SelfReviewFactory()

    refusal = machine(review.author).post(f"/api/v1/reviews/{review.pk}/submission")

    assert refusal.status_code == 422
    assert refusal.json()["detail"]


def test_two_programs_do_not_overwrite_each_other(machine):
    review = SelfReviewFactory(draft=True)
    client, question = machine(review.author), text_question(review)
    put(client, review, question, text="The first text.")

    late = put(client, review, question, text="Another text.")

    assert late.status_code == 409
    assert late.json()["code"] == "conflict"
    assert late.json()["text"] == "The first text."
    assert Answer.objects.get().text == "The first text."
    assert AnswerVersion.objects.get().text == "Another text."


def test_a_stranger_finds_nothing(machine):
    review = ManagerReviewFactory(submitted=True)
    client = machine(PersonFactory())
    question = text_question(review)

    assert client.get("/api/v1/reviews/").json()["items"] == []
    assert client.get(f"/api/v1/reviews/{review.pk}").status_code == 404
    assert client.post(f"/api/v1/reviews/{review.pk}/submission").status_code == 404
    assert put(client, review, question, text="x").status_code == 404


def test_a_token_without_the_role_does_not_read_by_role(machine):
    review = ManagerReviewFactory(submitted=True)
    specialist = RoleGrantFactory(role=Role.SPECIALIST).person
    url = f"/api/v1/reviews/{review.pk}"

    assert machine(specialist).get(url).status_code == 404
    assert machine(specialist, Role.SPECIALIST).get(url).status_code == 200
    assert Entry.objects.filter(code="review.read", about_id=review.pk).count() == 1


def test_the_subject_gets_the_review_once_it_is_released(machine):
    review = ManagerReviewFactory(submitted=True)
    client, url = machine(review.subject), f"/api/v1/reviews/{review.pk}"
    assert client.get(url).status_code == 404

    review.participation.released_at = review.submitted_at
    review.participation.save()

    assert client.get(url).json()["released_at"]


def test_reviews_are_narrowed_by_kind_and_state(machine):
    review = ManagerReviewFactory(draft=True)
    client = machine(review.author)

    def found(**wanted):
        return [item["id"] for item in client.get("/api/v1/reviews/", wanted).json()["items"]]

    assert found(kind="manager", state="draft", cycle=review.cycle_id) == [review.pk]
    assert found(kind="self") == []
    assert found(state="submitted") == []
