"""Workshops at every stage, with who takes part and what they voted.

WorkshopFactory()                                    collects, about two competencies
WorkshopFactory(stage=Stage.SORTING, sorters=3, incidents=2)
place(workshop, "AAB")                               three sorters, one letter for each vote
"""

from datetime import UTC, datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from evenhand.workshops.kinds import Group, Stage
from evenhand.workshops.models import Grading, Incident, Participant, Placement, Workshop
from tests.factories.competencies import CompetencyFactory
from tests.factories.people import PersonFactory

LONG_AGO = datetime(2026, 11, 2, 8, tzinfo=UTC)


class WorkshopFactory(DjangoModelFactory):
    class Meta:
        model = Workshop
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Workshop {n}")
    opened_by = factory.SubFactory(PersonFactory)
    opened_at = LONG_AGO
    sorting_closed_at = factory.LazyAttribute(
        lambda made: LONG_AGO if made.stage in (Stage.SORTED, Stage.SCALING, Stage.SCALED) else None
    )
    scaling_closed_at = factory.LazyAttribute(
        lambda made: LONG_AGO if made.stage == Stage.SCALED else None
    )
    stage = Stage.COLLECTING

    @factory.post_generation
    def competencies(self, create, competencies, **kwargs):
        self.competencies.set(competencies or CompetencyFactory.create_batch(2))

    @factory.post_generation
    def sorters(self, create, number, **kwargs):
        ParticipantFactory.create_batch(number or 0, workshop=self, group=Group.SORTERS)

    @factory.post_generation
    def incidents(self, create, number, **kwargs):
        if number:
            collector = ParticipantFactory(workshop=self)
            IncidentFactory.create_batch(number, collector=collector)


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    workshop = factory.SubFactory(WorkshopFactory)
    person = factory.SubFactory(PersonFactory)
    group = Group.COLLECTORS
    invited_at = factory.LazyFunction(timezone.now)


class IncidentFactory(DjangoModelFactory):
    class Meta:
        model = Incident

    collector = factory.SubFactory(ParticipantFactory)
    workshop = factory.LazyAttribute(lambda made: made.collector.workshop)
    competency = factory.LazyAttribute(lambda made: first_competency(made.workshop))
    situation = factory.Sequence(lambda n: f"A customer called about order {n}.")
    behaviour = "Read the order back line by line."
    outcome = "The mistake was found before it was sent."
    written_at = factory.LazyFunction(timezone.now)
    is_scaled = factory.LazyAttribute(
        lambda made: made.workshop.stage in (Stage.SCALING, Stage.SCALED)
    )


def first_competency(workshop):
    return workshop.competencies.order_by("pk").first()


def sorters_of(workshop):
    return list(workshop.participants.filter(group=Group.SORTERS).order_by("pk"))


def place(incident, votes, *, handed_in=True):
    """Each sorter puts an incident to the first (A) or second (B) competency, or nowhere (-)."""
    choices = dict(zip("AB", incident.workshop.competencies.order_by("pk"), strict=True))
    for sorter, vote in zip(sorters_of(incident.workshop), votes, strict=True):
        Placement.objects.create(
            incident=incident,
            sorter=sorter,
            number=1,
            competency=choices.get(vote),
            at=timezone.now(),
        )
        if handed_in:
            Participant.objects.filter(pk=sorter.pk).update(sorted_at=timezone.now())


def grade(incident, values):
    """Each sorter gives an incident a level."""
    for sorter, value in zip(sorters_of(incident.workshop), values, strict=True):
        Grading.objects.create(
            incident=incident, sorter=sorter, number=1, value=value, at=timezone.now()
        )
        Participant.objects.filter(pk=sorter.pk).update(scaled_at=timezone.now())
