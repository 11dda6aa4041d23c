from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from evenhand.audit.models import Entry

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class EntryFactory(DjangoModelFactory):
    """Something that Ada did, a minute after the one before."""

    class Meta:
        model = Entry

    code = "review.submitted"
    about = "reviews.review"
    about_id = factory.Sequence(lambda n: n + 1)
    about_name = "Self review of Ada Lovelace"
    by_id = 1
    by_name = "Ada Lovelace"
    at = factory.Sequence(lambda n: MORNING + timedelta(minutes=n))
