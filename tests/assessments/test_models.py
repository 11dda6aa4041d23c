from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from evenhand.assessments.kinds import PartState, Source
from evenhand.assessments.models import Observation, ObservationVersion
from tests.factories.access import TODAY
from tests.factories.assessments import AssessmentFactory, PartFactory, answer
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    return AssessmentFactory(manager=PersonFactory())


def refused(what):
    with pytest.raises(IntegrityError), transaction.atomic():
        what()


def test_a_person_has_one_open_assessment(assessment):
    about = {"subject": assessment.subject, "model_version": assessment.model_version}
    refused(lambda: AssessmentFactory(**about))


def test_it_is_due_no_sooner_than_it_opens(assessment):
    assessment.due_on = assessment.opened_on - timedelta(days=1)
    refused(assessment.save)


def test_it_is_closed_by_somebody(assessment):
    assessment.closed_at = timezone.now()
    refused(assessment.save)


def test_an_assessor_is_asked_once_and_there_is_one_manager(assessment):
    refused(lambda: PartFactory(assessment=assessment, assessor=assessment.subject))
    refused(lambda: PartFactory(assessment=assessment, source=Source.MANAGER))


def test_a_part_has_a_date_exactly_when_it_is_submitted(assessment):
    refused(lambda: PartFactory(assessment=assessment, state=PartState.SUBMITTED))
    refused(lambda: PartFactory(assessment=assessment, submitted_at=timezone.now()))


@pytest.mark.parametrize("said", [{"level": 0}, {"level": 6}, {"level": 3, "cannot_say": True}])
def test_an_observation_is_one_of_five_levels_or_that_one_cannot_say(assessment, said):
    part, asked = assessment.parts.first(), assessment.competencies.first()
    refused(lambda: Observation.objects.create(part=part, asked=asked, **said))


def test_others_are_never_kept_as_published_with_fewer_than_three(assessment):
    asked = assessment.competencies.first()
    asked.others, asked.others_count = Decimal("3.5"), 2
    refused(asked.save)


def test_an_example_is_sealed_and_a_version_never_changes(assessment):
    part = answer(assessment, assessment.subject, [3, 3, 3], examples=["I said it first."])
    version = ObservationVersion.objects.create(
        part=part,
        asked=assessment.competencies.first(),
        number=1,
        level=3,
        example="I said it first.",
        author=assessment.subject,
        at=timezone.now(),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT example FROM assessments_observation WHERE example <> ''")
        assert "first" not in cursor.fetchone()[0]

    version.level = 5
    with pytest.raises(DatabaseError), transaction.atomic():
        version.save()


def test_they_say_what_they_are(assessment):
    part = answer(assessment, assessment.subject, [3, 3, 3])
    kept = ObservationVersion(part=part, number=2)

    assert str(assessment) == f"Assessment of {assessment.subject.name}"
    assert str(part) == f"Part {part.pk} of assessment {assessment.pk}"
    assert "Listening" in str(assessment.competencies.first())
    assert str(part.observations.first()).startswith("Observation")
    assert str(kept) == f"Version 2 of part {part.pk}"
    assert assessment.opened_on == TODAY
