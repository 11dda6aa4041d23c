"""Data sources that bring values.

DataSourceFactory(owner=ada)           for a year; with `secret="…"` for its token
fed(source, goal, key="sales")         a key connected with a goal, or with `part=` of it
"""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from evenhand.access.kinds import digest_of
from evenhand.goals.models import DataSource, SourceFeed
from tests.factories.people import PersonFactory


class DataSourceFactory(DjangoModelFactory):
    class Meta:
        model = DataSource

    class Params:
        secret = factory.Sequence(lambda n: f"evs_{n}")

    name = factory.Sequence(lambda n: f"Sales system {n}")
    owner = factory.SubFactory(PersonFactory)
    digest = factory.LazyAttribute(lambda source: digest_of(source.secret))
    hint = "test"
    created_at = datetime(2026, 1, 20, tzinfo=UTC)
    expires_at = datetime(2027, 1, 19, tzinfo=UTC)


def fed(source, goal, key, part=None):
    return SourceFeed.objects.create(source=source, goal=goal, key=key, part=part)
