import pytest
from django.db import connection

from evenhand.kernel.rotation import keys_in_use, outdated, rotate, sealed_columns
from evenhand.reviews.models import Answer
from tests.factories.reviews import AnswerFactory, AnswerVersionFactory, SelfReviewFactory

pytestmark = pytest.mark.django_db

OLD, NEW = 32 * b"o", 32 * b"n"


@pytest.fixture
def rotate_all(settings):
    """Texts sealed with the old key; calling it makes the new key the first and rotates."""
    settings.FIELD_KEYS = {"old": OLD}

    def rotate_all():
        settings.FIELD_KEYS = {"new": NEW, "old": OLD}
        return sum(number for column in sealed_columns() for number in rotate(column))

    return rotate_all


def former_answer():
    answer = AnswerFactory(text="", review=SelfReviewFactory())
    return AnswerVersionFactory(review=answer.review, question=answer.question, text="Former words")


def test_every_text_passes_to_the_newest_key(rotate_all, settings):
    answers = [AnswerFactory(text=f"Words {n}", review=SelfReviewFactory()) for n in range(3)]
    AnswerFactory(text="", review=SelfReviewFactory())
    former_answer()
    assert keys_in_use() == {"old": 4}

    assert rotate_all() == 4

    assert keys_in_use() == {"new": 4}
    settings.FIELD_KEYS = {"new": NEW}
    assert [Answer.objects.get(pk=a.pk).text for a in answers] == ["Words 0", "Words 1", "Words 2"]


def test_rotation_begun_anew_finds_nothing_left(rotate_all):
    AnswerFactory(text="Words")

    assert rotate_all() == 1
    assert rotate_all() == 0


def test_an_old_key_still_opens_what_was_not_rotated(rotate_all, settings):
    answer = AnswerFactory(text="Words")
    settings.FIELD_KEYS = {"new": NEW, "old": OLD}

    assert Answer.objects.get(pk=answer.pk).text == "Words"
    text = next(column for column in sealed_columns() if column[0] is Answer)
    assert outdated(text).count() == 1


def test_words_written_meanwhile_are_not_overwritten(rotate_all, settings):
    answer = AnswerFactory(text="Words")
    settings.FIELD_KEYS = {"new": NEW, "old": OLD}
    Answer.objects.filter(pk=answer.pk).update(text="Newer words")

    assert rotate_all() == 0
    assert Answer.objects.get(pk=answer.pk).text == "Newer words"


def test_no_encrypted_column_is_forgotten():
    columns = {f"{model._meta.label}.{field.name}" for model, field in sealed_columns()}

    assert {"reviews.Answer.text", "reviews.Rating.reason", "reviews.SignOff.comment"} <= columns
    assert "demographics.ProtectedFacts.race" in columns


def test_a_table_that_refuses_changes_lets_its_words_pass_to_another_key(rotate_all):
    version = former_answer()

    rotate_all()

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM reviews_answerversion WHERE id = %s", [version.pk])
        assert cursor.fetchone()[0].startswith("v1.new.")
