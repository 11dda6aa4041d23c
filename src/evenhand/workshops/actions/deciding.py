"""What becomes of incidents: kept or left out by a person, and written as anchors."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.competencies.actions import change_version, write_next_version
from evenhand.competencies.models import CompetencyVersion
from evenhand.competencies.parts import CompetencyPart
from evenhand.competencies.reading import competency_part
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.workshops.actions.moving import locked
from evenhand.workshops.models import AnchorSource, Decision, Incident
from evenhand.workshops.policies import NOT_KEPT, may_decide, may_write_anchor
from evenhand.workshops.results import result_of

LONGEST_ANCHOR = 400
REASON_MISSING = Verdict("reason_missing", _("Please say why, in a few words."), Ground.WHAT)
WORDS_MISSING = Verdict("words_missing", _("Write the anchor first."), Ground.WHAT)
WORDS_TOO_LONG = Verdict(
    "words_too_long", _("Please keep an anchor below 400 characters."), Ground.WHAT
)
NO_SUCH_LEVEL = Verdict(
    "no_such_level",
    _("The competency has no such level. Give the level a label in the library first."),
    Ground.WHAT,
)
ALREADY_THERE = Verdict(
    "already_there", _("This anchor stands at that level already."), Ground.WHAT
)
ALREADY_PUBLISHED = Verdict(
    "already_published",
    _("The version with this anchor is published. Write a new version of it in the library."),
    Ground.WHEN,
)


@transaction.atomic
def decide_incident(
    incident: Incident, *, is_kept: bool, reason: str, by: Actor, at: datetime
) -> Decision:
    """Keep or leave out an incident whatever the rule says, with the reason on record."""
    incident = _locked(incident)
    may_decide(by, incident).enforce()
    if not reason.strip():
        raise Refused(REASON_MISSING)
    stage = incident.workshop.stage
    last = incident.decisions.filter(stage=stage).last()
    if last and (last.is_kept, last.reason) == (is_kept, reason.strip()):
        return last
    made = Decision.objects.create(
        incident=incident,
        stage=stage,
        is_kept=is_kept,
        reason=reason.strip(),
        author_id=by.person_id,
        decided_at=at,
    )
    record("workshop.incident_decided", about=incident, by=by, at=at, is_kept=is_kept, stage=stage)
    return made


@transaction.atomic
def write_anchor(
    incident: Incident, level: int, text: str, *, by: Actor, at: datetime
) -> AnchorSource:
    """Put an anchor made of an incident into the version in writing of its competency."""
    incident = _locked(incident)
    may_write_anchor(by, incident).enforce()
    if not result_of(incident).is_kept:
        raise Refused(NOT_KEPT)
    text = _text(text)
    version = write_next_version(incident.competency, by=by, at=at)
    change_version(version, _with(version, level, text), by=by, at=at)
    made = AnchorSource.objects.create(
        incident=incident,
        version_number=version.number,
        level=level,
        text=text,
        author_id=by.person_id,
        written_at=at,
    )
    record("workshop.anchor_written", about=incident, by=by, at=at, level=level)
    return made


@transaction.atomic
def take_out_anchor(source: AnchorSource, *, by: Actor, at: datetime) -> None:
    """Take an anchor out again, as long as its version is in writing."""
    incident = _locked(source.incident)
    may_write_anchor(by, incident).enforce()
    found = AnchorSource.objects.filter(pk=source.pk).first()
    if found is None:
        return
    versions = CompetencyVersion.objects.filter(competency=incident.competency)
    version = versions.filter(number=found.version_number, published_at=None).first()
    if version is None and versions.filter(number=found.version_number).exists():
        raise Refused(ALREADY_PUBLISHED)
    if version is not None:
        change_version(version, _without(version, found), by=by, at=at)
    found.delete()
    record("workshop.anchor_taken_out", about=incident, by=by, at=at, level=found.level)


def _locked(incident: Incident) -> Incident:
    locked(incident.workshop)
    seen = Incident.objects.select_related("workshop", "competency", "collector")
    return seen.get(pk=incident.pk)


def _text(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise Refused(WORDS_MISSING)
    if len(text) > LONGEST_ANCHOR:
        raise Refused(WORDS_TOO_LONG)
    return text


def _with(version: CompetencyVersion, value: int, text: str) -> CompetencyPart:
    part = competency_part(version)
    level = next((level for level in part.levels if level.value == value), None)
    if level is None:
        raise Refused(NO_SUCH_LEVEL)
    if text in level.anchors:
        raise Refused(ALREADY_THERE)
    changed = replace(level, anchors=(*level.anchors, text))
    return replace(part, levels=tuple(changed if one is level else one for one in part.levels))


def _without(version: CompetencyVersion, source: AnchorSource) -> CompetencyPart:
    part = competency_part(version)
    return replace(
        part,
        levels=tuple(
            replace(level, anchors=tuple(a for a in level.anchors if a != source.text))
            if level.value == source.level
            else level
            for level in part.levels
        ),
    )
