import pytest
from django.db import connection

from evenhand.kernel.encryption import CannotDecrypt
from evenhand.reviews.models import Answer, Reopening
from tests.factories.people import PersonFactory
from tests.factories.reviews import AnswerFactory

pytestmark = pytest.mark.django_db

WORDS = "Dependable, and kind when it was hard."


def stored(answer):
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM reviews_answer WHERE id = %s", [answer.pk])
        return cursor.fetchone()[0]


def test_the_database_never_holds_the_words():
    answer = AnswerFactory(text=WORDS)

    assert stored(answer).startswith("v1.test.")
    assert "Dependable" not in stored(answer)
    assert Answer.objects.get(pk=answer.pk).text == WORDS


def test_words_changed_in_bulk_are_sealed_too():
    answer = AnswerFactory(text="")
    Answer.objects.filter(pk=answer.pk).update(text=WORDS)
    assert stored(answer).startswith("v1.test.")

    answer.text = "Other words"
    Answer.objects.bulk_update([answer], ["text"])
    assert Answer.objects.get(pk=answer.pk).text == "Other words"
    assert "Other" not in stored(answer)


def test_that_nothing_was_written_is_no_secret():
    answer = AnswerFactory(text="")

    assert stored(answer) == ""
    assert Answer.objects.filter(text="").exists()


@pytest.mark.parametrize("lookup", ["contains", "icontains", "startswith", "gt", "in", "regex"])
def test_words_cannot_be_searched(lookup):
    with pytest.raises(TypeError, match="is encrypted"):
        Answer.objects.filter(**{f"text__{lookup}": "Dependable"}).exists()


def test_words_copied_into_another_column_do_not_open():
    answer = AnswerFactory(text=WORDS)
    person = PersonFactory()
    reopening = Reopening.objects.create(
        review=answer.review, by=person, at=answer.saved_at, reason="A slip"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reviews_reopening SET reason = (SELECT text FROM reviews_answer WHERE id = %s)",
            [answer.pk],
        )

    with pytest.raises(CannotDecrypt):
        Reopening.objects.get(pk=reopening.pk)
