from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from evenhand.goals.kinds import Ending, Side
from evenhand.goals.models import Agreement, GoalEnding, GoalMove, GoalNote, UnitPart
from tests.factories.goals import NOW, GoalFactory, GoalVersionFactory
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

WORDS = "I trust you with this."


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def agreement(version, **fields):
    given = {"side": Side.OWNER, "person": version.author, "sentence": WORDS, "at": NOW}
    return Agreement.objects.create(version=version, **{**given, **fields})


def test_versions_of_a_goal_are_numbered_and_named_without_words():
    version = GoalVersionFactory()

    assert str(version) == f"goal {version.goal_id}, version 2"
    refused(lambda: GoalVersionFactory(goal=version.goal, number=2))


def test_one_proposal_of_a_goal_waits_at_a_time():
    goal = GoalFactory(proposed=True)
    waiting = goal.versions.get()

    assert waiting.is_open_proposal
    refused(lambda: GoalVersionFactory(goal=goal))
    waiting.ended_at = NOW
    waiting.save()
    assert not waiting.is_open_proposal
    assert GoalVersionFactory(goal=goal).is_open_proposal


def test_somebody_agrees_once_on_each_side():
    version = GoalFactory(proposed=True).versions.get()
    agreement(version)

    refused(lambda: agreement(version))
    agreement(version, side=Side.MANAGER)


def test_a_unit_shares_a_goal_once():
    goal, unit, person = GoalFactory(), UnitFactory(name="Sales"), PersonFactory()
    part = UnitPart.objects.create(goal=goal, unit=unit, responsible=person)

    assert str(part) == f"Sales in goal {goal.pk}"
    refused(lambda: UnitPart.objects.create(goal=goal, unit=unit, responsible=PersonFactory()))


def test_a_goal_moves_once_a_day():
    move = {"goal": GoalFactory(), "on": date(2026, 5, 1)}
    GoalMove.objects.create(**move)

    refused(lambda: GoalMove.objects.create(**move))


def rows():
    goal = GoalFactory()
    by = {"goal": goal, "at": NOW}
    yield agreement(goal.versions.get()), {"at": None}
    yield GoalNote.objects.create(text=WORDS, author=goal.owner, **by), {"text": "Other words."}
    yield GoalEnding.objects.create(kind=Ending.CLOSED, by=goal.owner, **by), {"score": 1}
    yield GoalMove.objects.create(goal=goal, on=date(2026, 5, 1)), {"on": date(2026, 5, 2)}


def test_what_was_agreed_said_and_decided_is_never_changed():
    for row, change in rows():
        for name, value in change.items():
            setattr(row, name, value)
        refused(row.save)
        assert str(row).endswith(f" {row.pk}")


def test_words_are_not_readable_in_the_database():
    goal = GoalFactory()
    agreement(goal.versions.get())
    GoalNote.objects.create(goal=goal, text=WORDS, author=goal.owner, at=NOW)
    GoalEnding.objects.create(goal=goal, kind=Ending.CLOSED, reason=WORDS, by=goal.owner, at=NOW)
    GoalVersionFactory(goal=goal, reason=WORDS)

    with connection.cursor() as cursor:
        for table, column in (
            ("goals_agreement", "sentence"),
            ("goals_goalnote", "text"),
            ("goals_goalending", "reason"),
            ("goals_goalversion", "reason"),
        ):
            cursor.execute(f"SELECT {column} FROM {table} ORDER BY id DESC")  # noqa: S608
            kept = cursor.fetchone()[0]
            assert kept
            assert "trust" not in kept
