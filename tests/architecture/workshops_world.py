"""Workshops at four stages: Mia collected, Ida and two more sort; nobody else takes part."""

from django.utils import timezone

from evenhand.workshops.kinds import Group, Stage
from evenhand.workshops.models import AnchorSource
from tests.factories.competencies import CompetencyFactory
from tests.factories.workshops import (
    IncidentFactory,
    ParticipantFactory,
    WorkshopFactory,
    grade,
    place,
)


def add_workshops(world):
    people, keys = world.people, world.keys
    competencies = CompetencyFactory.create_batch(2)
    for stage in (Stage.COLLECTING, Stage.SORTING, Stage.SORTED, Stage.SCALED):
        workshop = WorkshopFactory(
            name=f"About calls, {stage}",
            stage=stage,
            opened_by=people["spec"],
            competencies=competencies,
        )
        collector = ParticipantFactory(workshop=workshop, person=people["mgr"])
        ParticipantFactory(workshop=workshop, person=people["it"], group=Group.SORTERS)
        ParticipantFactory.create_batch(2, workshop=workshop, group=Group.SORTERS)
        incident = IncidentFactory(collector=collector)
        if workshop.tells_sorting:
            place(incident, "AAA")
        if workshop.tells_scaling:
            grade(incident, (4, 4, 3))
        keys |= {
            f"workshop_{stage}": workshop.pk,
            f"incident_{stage}": incident.pk,
            f"collector_{stage}": collector.pk,
        }
    keys["anchor_source"] = AnchorSource.objects.create(
        incident=incident,
        version_number=1,
        level=4,
        text=f"{competencies[0].code} anchor",
        author=people["spec"],
        written_at=timezone.now(),
    ).pk
