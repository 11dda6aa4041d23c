from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from evenhand.goals.kinds import EvidenceKind
from evenhand.goals.models import DataSource, Evidence, GoalReminder, SourceFeed
from tests.factories.check_ins import checked_in
from tests.factories.goals import GoalFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_a_check_in_is_never_changed():
    said = checked_in(GoalFactory(), "70")
    said.value = 90

    refused(said.save)
    assert str(said) == f"check-in {said.pk}"


def test_a_rate_has_something_it_is_a_share_of():
    refused(lambda: checked_in(GoalFactory(), numerator=1, denominator=0))


def test_a_confidence_is_zero_to_ten():
    refused(lambda: checked_in(GoalFactory(), "70", confidence=11))


def test_a_check_in_is_corrected_once():
    goal = GoalFactory()
    wrong = checked_in(goal, "70")
    checked_in(goal, "71", corrects=wrong)

    refused(lambda: checked_in(goal, "72", corrects=wrong))


def test_what_is_sent_twice_counts_once():
    goal = GoalFactory()
    checked_in(goal, "70", request="key of the sender")

    refused(lambda: checked_in(goal, "70", request="key of the sender"))


def test_a_note_is_not_readable_in_the_database():
    checked_in(GoalFactory(), "70", note="The supplier is late again.")

    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM goals_checkin")
        assert "supplier" not in cursor.fetchone()[0]


def test_evidence_is_a_file_or_a_link():
    facts = {"check_in": checked_in(GoalFactory(), "70"), "name": "Dispatch list"}
    link = {"kind": EvidenceKind.LINK, "url": "https://example.org/list"}

    assert str(Evidence.objects.create(**facts, **link)) == "Dispatch list"
    refused(lambda: Evidence.objects.create(**facts, kind=EvidenceKind.LINK))
    refused(lambda: Evidence.objects.create(**facts, **link, stored_as="a/b"))


def test_a_key_of_a_source_means_one_goal():
    source = DataSource.objects.create(
        name="Dispatch",
        owner=PersonFactory(),
        digest="d",
        hint="h",
        created_at=NOW,
        expires_at=NOW + timedelta(days=365),
    )
    feed = SourceFeed.objects.create(source=source, key="K1", goal=GoalFactory())

    assert str(feed) == "K1 of Dispatch"
    refused(lambda: SourceFeed.objects.create(source=source, key="K1", goal=GoalFactory()))


def test_somebody_is_reminded_of_a_goal_once_a_day():
    goal = GoalFactory()
    once = {"goal": goal, "to": goal.owner, "on": date(2026, 5, 1)}
    reminder = GoalReminder.objects.create(**once)

    assert str(reminder) == f"reminder {reminder.pk}"
    refused(lambda: GoalReminder.objects.create(**once))
