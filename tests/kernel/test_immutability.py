import pytest
from django.db import IntegrityError, connection, transaction

from evenhand.kernel.immutability import guards
from tests.factories.audit import EntryFactory
from tests.factories.reviews import AnswerFactory, AnswerVersionFactory, RatingFactory

pytestmark = pytest.mark.django_db


def former_answer():
    answer = AnswerFactory()
    return AnswerVersionFactory(review=answer.review, question=answer.question, text="Once")


@pytest.fixture
def table():
    """A table of sealed words, guarded."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (id integer PRIMARY KEY, number integer, words text)")
        for statement in guards(connection, "kept", ["words"]):
            cursor.execute(statement)
    run("INSERT INTO kept VALUES (1, 7, 'v1.old.abc'), (2, 8, '')")


def run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def words():
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM kept ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE kept SET number = 9 WHERE id = 1",
        "UPDATE kept SET words = 'v1.old.xyz' WHERE id = 1",
        "UPDATE kept SET words = '' WHERE id = 1",
        "UPDATE kept SET words = 'v1.new.abc' WHERE id = 2",
        "UPDATE kept SET words = 'v1.new.abc', number = 9 WHERE id = 1",
        "DELETE FROM kept WHERE id = 1",
    ],
)
def test_rows_are_never_changed_or_deleted(change):
    with pytest.raises(IntegrityError, match="never changed or deleted"):
        run(change)

    assert words() == ["v1.old.abc", ""]


@pytest.mark.usefixtures("table")
def test_sealed_words_may_pass_to_another_key():
    run("UPDATE kept SET words = 'v1.new.xyz' WHERE id = 1")

    assert words() == ["v1.new.xyz", ""]


@pytest.mark.usefixtures("table")
def test_rows_are_added():
    run("INSERT INTO kept VALUES (3, 9, 'v1.old.ghi')")

    assert len(words()) == 3


@pytest.mark.parametrize("make", [EntryFactory, RatingFactory, former_answer])
def test_what_was_promised_never_to_change_is_guarded(make):
    kept = make()
    table, pk = kept._meta.db_table, kept.pk

    with pytest.raises(IntegrityError, match="never changed or deleted"):
        run(f"UPDATE {table} SET id = id + 1000 WHERE id = {pk}")  # noqa: S608
