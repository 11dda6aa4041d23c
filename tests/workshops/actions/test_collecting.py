from dataclasses import replace

import pytest

from evenhand.audit.models import Entry
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from evenhand.workshops.actions import collecting
from evenhand.workshops.actions.collecting import IncidentPart
from evenhand.workshops.kinds import Group, Stage
from evenhand.workshops.models import Incident
from tests.factories.access import acting, with_role
from tests.factories.competencies import CompetencyFactory
from tests.factories.workshops import (
    IncidentFactory,
    ParticipantFactory,
    WorkshopFactory,
    first_competency,
)
from tests.workshops.actions import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def collector():
    return ParticipantFactory()


def part(workshop):
    return IncidentPart(
        situation=" Two orders had the same number. ",
        behaviour="Called both customers before anything was sent.",
        outcome="Neither got the wrong goods.",
        competency=first_competency(workshop),
    )


def test_a_collector_writes_what_happened(collector):
    by, workshop = acting(collector.person), collector.workshop
    incident = collecting.write_incident(workshop, part(workshop), by=by, at=AT)

    assert incident.situation == "Two orders had the same number."
    assert incident.collector == collector
    entry = Entry.objects.get()
    assert entry.code == "workshop.incident_written"
    assert "orders" not in str((entry.details, entry.about_name))


def test_sent_twice_it_is_kept_once(collector):
    by, workshop = acting(collector.person), collector.workshop
    for _time in range(2):
        collecting.write_incident(workshop, part(workshop), by=by, at=AT)

    assert Incident.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"outcome": " "}, "words_missing"),
        ({"situation": "x" * 2001}, "words_too_long"),
        ({"competency": None}, "other_competency"),
    ],
)
def test_what_is_missing_is_said(collector, change, code):
    if "competency" in change:
        change = {"competency": CompetencyFactory()}
    wrong = replace(part(collector.workshop), **change)

    with pytest.raises(Refused, match=code):
        collecting.write_incident(collector.workshop, wrong, by=acting(collector.person), at=AT)
    assert not Incident.objects.exists()


def test_sorters_do_not_collect_and_nobody_collects_later():
    sorter = ParticipantFactory(group=Group.SORTERS)
    late = ParticipantFactory(workshop=WorkshopFactory(stage=Stage.SORTING))
    for participant, code in ((sorter, "not_asked"), (late, "not_now")):
        workshop = participant.workshop
        with pytest.raises(Refused, match=code):
            collecting.write_incident(
                workshop, part(workshop), by=acting(participant.person), at=AT
            )


def test_an_incident_is_written_anew_by_its_collector():
    incident = IncidentFactory()
    said = part(incident.workshop)
    collecting.change_incident(incident, said, by=acting(incident.collector.person), at=AT)

    assert Incident.objects.get().behaviour == said.behaviour
    with pytest.raises(Refused, match="not_yours"):
        collecting.change_incident(incident, said, by=with_role(Role.SPECIALIST), at=AT)


def test_an_incident_is_taken_out_before_the_sorting():
    incident, other = IncidentFactory(), IncidentFactory(collector__workshop__stage=Stage.SORTING)
    by = with_role(Role.SPECIALIST)

    collecting.remove_incident(incident, by=by, at=AT)
    with pytest.raises(Refused, match="not_now"):
        collecting.remove_incident(other, by=by, at=AT)

    assert list(Incident.objects.all()) == [other]
