import pytest
from django.db import IntegrityError, connection, transaction

from evenhand.analytics.models import RatingAudit
from tests.factories.analytics import (
    AuditPublicationFactory,
    RatingAuditFactory,
    ReleasedSetFactory,
)

pytestmark = pytest.mark.django_db


def test_an_audit_is_never_changed():
    audit = RatingAuditFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        RatingAudit.objects.filter(pk=audit.pk).update(persons=1)


def test_what_was_found_is_sealed():
    audit = RatingAuditFactory()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT numbers, report FROM analytics_ratingaudit WHERE id = %s", [audit.pk]
        )
        stored = cursor.fetchone()

    assert not any("Simon Roup" in text for text in stored)
    assert "Simon Roup" in RatingAudit.objects.get().report


def test_the_same_people_are_released_once_per_cycle_and_measure():
    kept = ReleasedSetFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ReleasedSetFactory(audit=kept.audit, digest=kept.digest)
    ReleasedSetFactory(digest=kept.digest)


def test_records_say_what_they_are():
    published = AuditPublicationFactory(audit__cycle__name="2026")

    assert str(published.audit) == "Audit of the ratings of 2026"
    assert str(published).startswith("Audit of the ratings of 2026 for Executives")
    assert str(ReleasedSetFactory(audit=published.audit)) == "5 people, ratings by group"
