"""Writing down what happened."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.competencies.models import Competency
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.workshops.actions.moving import locked
from evenhand.workshops.models import Incident, Workshop
from evenhand.workshops.policies import (
    may_change_incident,
    may_remove_incident,
    may_write_incidents,
)
from evenhand.workshops.visibility import participation_of

LONGEST = 2000
WORDS_MISSING = Verdict(
    "words_missing",
    _("Say what the situation was, what the person did, and what came of it."),
    Ground.WHAT,
)
WORDS_TOO_LONG = Verdict(
    "words_too_long", _("Please keep each part below 2,000 characters."), Ground.WHAT
)
OTHER_COMPETENCY = Verdict(
    "other_competency", _("Choose one of the competencies of this workshop."), Ground.WHAT
)


@dataclass(frozen=True, slots=True)
class IncidentPart:
    """What happened: the situation, what the person did, what came of it; and what it shows."""

    situation: str
    behaviour: str
    outcome: str
    competency: Competency

    @property
    def words(self) -> tuple[str, str, str]:
        return self.situation.strip(), self.behaviour.strip(), self.outcome.strip()


@transaction.atomic
def write_incident(workshop: Workshop, part: IncidentPart, *, by: Actor, at: datetime) -> Incident:
    """Add what somebody saw. The same words by the same person are kept once."""
    workshop = locked(workshop)
    may_write_incidents(by, workshop).enforce()
    own = participation_of(by, workshop)
    incident = Incident(workshop=workshop, collector=own, written_at=at)
    _take(incident, part)
    for other in Incident.objects.filter(collector=own, competency=part.competency):
        if (other.situation, other.behaviour, other.outcome) == part.words:
            return other
    incident.save()
    record("workshop.incident_written", about=incident, by=by, at=at)
    return incident


@transaction.atomic
def change_incident(incident: Incident, part: IncidentPart, *, by: Actor, at: datetime) -> Incident:
    """Write it anew, until the sorting begins."""
    incident = _locked(incident)
    may_change_incident(by, incident).enforce()
    _take(incident, part)
    incident.save()
    record("workshop.incident_changed", about=incident, by=by, at=at)
    return incident


@transaction.atomic
def remove_incident(incident: Incident, *, by: Actor, at: datetime) -> None:
    """Take it out, until the sorting begins."""
    incident = _locked(incident)
    may_remove_incident(by, incident).enforce()
    record("workshop.incident_removed", about=incident, by=by, at=at)
    incident.delete()


def _locked(incident: Incident) -> Incident:
    locked(incident.workshop)
    return Incident.objects.select_related("workshop", "collector").get(pk=incident.pk)


def _take(incident: Incident, part: IncidentPart) -> None:
    if not all(part.words):
        raise Refused(WORDS_MISSING)
    if max(map(len, part.words)) > LONGEST:
        raise Refused(WORDS_TOO_LONG)
    if not incident.workshop.competencies.filter(pk=part.competency.pk).exists():
        raise Refused(OTHER_COMPETENCY)
    incident.situation, incident.behaviour, incident.outcome = part.words
    incident.competency = part.competency
