from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from evenhand.jobs.models import Job

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class JobFactory(DjangoModelFactory):
    """A job that waits; say `state=JobState.RUNNING, attempt=1` for one under way."""

    class Meta:
        model = Job

    kind = "tests.counting"
    title = "Count to three"
    asked_by_id = 1
    asked_by_name = "Ada Lovelace"
    asked_at = MORNING
    heard_from_at = factory.SelfAttribute("asked_at")
