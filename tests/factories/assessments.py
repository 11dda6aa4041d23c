"""Assessments as they stand in the database, with parts that were asked, begun or submitted.

AssessmentFactory(subject=ben)                  open, with three competencies and the person's part
AssessmentFactory(subject=ben, manager=mia)     and the manager's
answer(assessment, assessor, [3, 2, None])      their part, submitted: levels in the model's order,
                                                None says “I cannot say”; one of the others if new
"""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from evenhand.assessments.actions import close_assessment
from evenhand.assessments.kinds import PartState, Source
from evenhand.assessments.models import (
    AssessedCompetency,
    Assessment,
    AssessmentPart,
    Observation,
)
from evenhand.competencies.queries import requirements_of
from evenhand.kernel.acting import Actor, Grant, Role
from tests.factories.access import TODAY
from tests.factories.competencies import ModelFactory
from tests.factories.people import PersonFactory


class AssessmentFactory(DjangoModelFactory):
    class Meta:
        model = Assessment
        skip_postgeneration_save = True

    subject = factory.SubFactory(PersonFactory)
    model_version = factory.SubFactory(ModelFactory)
    opened_on = TODAY
    opened_at = factory.LazyFunction(timezone.now)
    opened_by = factory.SelfAttribute("subject")
    due_on = factory.LazyAttribute(lambda one: one.opened_on + timedelta(days=21))

    @factory.post_generation
    def manager(self, create, manager, **_):
        if not create:
            return
        expected = requirements_of(self.model_version, date(2026, 1, 1))
        for place, row in enumerate(expected, start=1):
            AssessedCompetency.objects.create(
                assessment=self,
                competency_id=row.competency_id,
                version_id=row.version_id,
                place=place,
                expected_level=row.expected_level,
                weight=row.weight,
            )
        PartFactory(assessment=self, assessor=self.subject, source=Source.SELF)
        if manager:
            PartFactory(assessment=self, assessor=manager, source=Source.MANAGER)


class PartFactory(DjangoModelFactory):
    """One of the others, who has not begun."""

    class Meta:
        model = AssessmentPart

    assessment = factory.SubFactory(AssessmentFactory)
    assessor = factory.SubFactory(PersonFactory)
    source = Source.OTHER
    state = PartState.ASKED
    asked_by = factory.SelfAttribute("assessor")
    asked_at = factory.LazyFunction(timezone.now)


def answer(assessment, assessor, levels, *, examples=()):
    part = assessment.parts.filter(assessor=assessor).first()
    part = part or PartFactory(assessment=assessment, assessor=assessor)
    texts = [*examples, *[""] * len(levels)]
    for asked, level, text in zip(assessment.competencies.all(), levels, texts, strict=False):
        said = {"level": level, "cannot_say": level is None, "example": text}
        Observation.objects.create(part=part, asked=asked, **said)
    part.state, part.submitted_at = PartState.SUBMITTED, timezone.now()
    part.save()
    return part


def closed(assessment):
    """The same assessment, closed by a specialist."""
    specialist = PersonFactory()
    actor = Actor(specialist.pk, specialist.name, TODAY, frozenset({Grant(Role.SPECIALIST)}))
    return close_assessment(assessment, by=actor, at=timezone.now())
