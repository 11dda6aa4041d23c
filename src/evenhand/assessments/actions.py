from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.assessments.events import AssessmentClosed, OtherAsked, OtherProposed
from evenhand.assessments.kinds import TRANSITIONS, PartState, Source
from evenhand.assessments.models import (
    Assessment,
    AssessmentPart,
    Observation,
    ObservationVersion,
)
from evenhand.assessments.opening import Opened, Terms, open_for_people
from evenhand.assessments.policies import (
    may_be_asked,
    may_be_one_of_the_others,
    may_decide,
    may_decline,
    may_lead,
    may_open,
    may_propose,
    may_reopen,
    may_submit,
    may_write,
    people_led,
)
from evenhand.assessments.results import settle
from evenhand.audit.actions import record
from evenhand.competencies.queries import model_of_person
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import announce
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.people.models import Person
from evenhand.people.queries import people_reporting_to

REASON_MISSING = Verdict("reason_missing", _("Please say why, in a few words."), Ground.WHAT)
CHANGED_ELSEWHERE = Verdict(
    "changed_elsewhere",
    _("This was saved in another window meanwhile. Load the page again to see it first."),
    Ground.WHEN,
)
NO_SUCH_LEVEL = Verdict(
    "no_such_level", _("Choose one of the levels of this competency."), Ground.WHAT
)
LEFT_OUT_BEFORE = Verdict(
    "left_out_before",
    _("This person was proposed before and left out. Your manager can still ask them."),
    Ground.WHEN,
)
LONGEST_EXAMPLE = 4000


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says about one competency; neither level nor “cannot say”: nothing yet."""

    level: int | None = None
    cannot_say: bool = False
    example: str = ""


def open_assessment(person: Person, due_on: date, *, by: Actor, at: datetime) -> Assessment:
    """Ask a person and their manager where the person stands."""
    terms = Terms(by.on, due_on)
    terms.check()
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        may_open(by, person, model_of_person(person.pk, by.on)).enforce()
        open_for_people([person.pk], terms, by=by, at=at)
        return Assessment.objects.get(subject=person, closed_at=None)


@transaction.atomic
def open_for_team(due_on: date, *, by: Actor, at: datetime) -> Opened:
    """Ask everyone who reports to the actor, as far as their jobs have models."""
    terms = Terms(by.on, due_on)
    terms.check()
    team = people_reporting_to(by.person_id, on=by.on).filter(pk__in=people_led(by).values("pk"))
    return open_for_people(list(team.values_list("pk", flat=True)), terms, by=by, at=at)


@transaction.atomic
def ask_other(assessment: Assessment, person: Person, *, by: Actor, at: datetime) -> AssessmentPart:
    """Ask somebody else by name what they see."""
    assessment = _locked(assessment)
    may_lead(by, assessment).enforce()
    part = _take_in(assessment, person, PartState.ASKED, by, at)
    announce(OtherAsked(part.pk))
    return part


@transaction.atomic
def propose_other(
    assessment: Assessment, person: Person, *, by: Actor, at: datetime
) -> AssessmentPart:
    """Name somebody whom the manager could ask."""
    assessment = _locked(assessment)
    may_propose(by, assessment).enforce()
    part = _take_in(assessment, person, PartState.PROPOSED, by, at)
    announce(OtherProposed(part.pk))
    return part


@transaction.atomic
def accept_proposal(part: AssessmentPart, *, by: Actor, at: datetime) -> AssessmentPart:
    """Ask whom the person proposed."""
    part = _locked_part(part)
    may_decide(by, part).enforce()
    may_be_one_of_the_others(part.assessment, part.assessor, by).enforce()
    _go_on_to(part, PartState.ASKED)
    record("assessment.other_asked", about=part.assessment, by=by, at=at)
    announce(OtherAsked(part.pk))
    return part


@transaction.atomic
def leave_out_proposal(part: AssessmentPart, *, by: Actor, at: datetime) -> AssessmentPart:
    """Rather not ask whom the person proposed; they can still be asked later."""
    part = _locked_part(part)
    may_decide(by, part).enforce()
    _go_on_to(part, PartState.LEFT_OUT)
    record("assessment.proposal_left_out", about=part.assessment, by=by, at=at)
    return part


@transaction.atomic
def save_observations(
    part: AssessmentPart, said: Mapping[int, Said], *, seen: int, by: Actor, at: datetime
) -> AssessmentPart:
    """Keep what has been said so far, by assessed competency.

    `seen` is the revision the writer had before them: a save never undoes another.
    """
    part = _locked_part(part)
    may_write(by, part).enforce()
    if seen != part.revision:
        if _stands(part, said):
            return part
        raise Refused(CHANGED_ELSEWHERE)
    _keep(part, said)
    part.revision += 1
    if part.state == PartState.ASKED:
        _go_on_to(part, PartState.BEGUN, "revision")
        record("assessment.part_begun", about=part, by=by, at=at)
    else:
        part.save(update_fields=["revision"])
    return part


@transaction.atomic
def submit_part(part: AssessmentPart, *, by: Actor, at: datetime) -> AssessmentPart:
    """Hand in what one sees. Each level is kept for good, with its example and its author."""
    part = _locked_part(part)
    may_submit(by, part, missing_in(part)).enforce()
    last = part.versions.order_by("-number").values_list("number", flat=True).first() or 0
    ObservationVersion.objects.bulk_create(
        ObservationVersion(
            part=part,
            asked_id=one.asked_id,
            number=last + 1,
            level=one.level,
            cannot_say=one.cannot_say,
            example=one.example,
            author_id=by.person_id,
            delegate_id=by.delegate_id,
            at=at,
            reason=part.reopened_because,
        )
        for one in part.observations.all()
    )
    part.submitted_at = at
    _go_on_to(part, PartState.SUBMITTED, "submitted_at")
    record("assessment.part_submitted", about=part, by=by, at=at, version=last + 1)
    return part


@transaction.atomic
def reopen_part(part: AssessmentPart, reason: str, *, by: Actor, at: datetime) -> AssessmentPart:
    """Take a part up again. Until it is submitted anew it counts for nothing."""
    part = _locked_part(part)
    may_reopen(by, part).enforce()
    if not reason.strip():
        raise Refused(REASON_MISSING)
    part.submitted_at, part.reopened_because = None, reason.strip()
    _go_on_to(part, PartState.BEGUN, "submitted_at", "reopened_because")
    record("assessment.part_reopened", about=part, by=by, at=at)
    return part


@transaction.atomic
def decline_part(part: AssessmentPart, *, by: Actor, at: datetime) -> AssessmentPart:
    """Rather not say anything about a colleague. Nobody asks why."""
    part = _locked_part(part)
    may_decline(by, part).enforce()
    _go_on_to(part, PartState.DECLINED)
    record("assessment.part_declined", about=part, by=by, at=at)
    return part


@transaction.atomic
def close_assessment(assessment: Assessment, *, by: Actor, at: datetime) -> Assessment:
    """End an assessment. What came of it is worked out now, and stands."""
    assessment = _locked(assessment)
    may_lead(by, assessment).enforce()
    found = settle(assessment)
    assessment.shortfall, assessment.coverage = found.index, found.coverage
    assessment.closed_at, assessment.closed_by_id = at, by.person_id
    assessment.save(update_fields=["shortfall", "coverage", "closed_at", "closed_by"])
    record("assessment.closed", about=assessment, by=by, at=at)
    announce(AssessmentClosed(assessment.pk, by.person_id))
    return assessment


def missing_in(part: AssessmentPart) -> int:
    """How many competencies have neither a level nor “I cannot say”."""
    said = sum(one.says_something for one in part.observations.all())
    return part.assessment.competencies.count() - said


def _take_in(
    assessment: Assessment, person: Person, state: PartState, by: Actor, at: datetime
) -> AssessmentPart:
    may_be_asked(assessment, person, by).enforce()
    part, is_new = AssessmentPart.objects.get_or_create(
        assessment=assessment,
        assessor=person,
        defaults={
            "source": Source.OTHER,
            "state": state,
            "asked_by_id": by.person_id,
            "asked_at": at,
        },
    )
    if not is_new:
        if state == PartState.PROPOSED:
            raise Refused(LEFT_OUT_BEFORE)
        _go_on_to(part, state)
    code = "assessment.other_asked" if state == PartState.ASKED else "assessment.other_proposed"
    record(code, about=assessment, by=by, at=at)
    return part


def _stands(part: AssessmentPart, said: Mapping[int, Said]) -> bool:
    """Whether all this is kept already, as when the same is sent twice."""
    kept = {
        one.asked_id: Said(one.level, one.cannot_say, one.example)
        for one in part.observations.all()
    }
    return all(_tidy(one) == kept.get(key, Said()) for key, one in said.items())


def _tidy(said: Said) -> Said:
    level = None if said.cannot_say else said.level
    return Said(level, said.cannot_say, said.example.strip()[:LONGEST_EXAMPLE])


def _keep(part: AssessmentPart, said: Mapping[int, Said]) -> None:
    asked = {
        one.pk: {level.value for level in one.version.levels.all()}
        for one in part.assessment.competencies.select_related("version").prefetch_related(
            "version__levels"
        )
    }
    tidy = {key: _tidy(one) for key, one in said.items() if key in asked}
    if any(one.level is not None and one.level not in asked[key] for key, one in tidy.items()):
        raise Refused(NO_SUCH_LEVEL)
    Observation.objects.bulk_create(
        [
            Observation(
                part=part,
                asked_id=key,
                level=one.level,
                cannot_say=one.cannot_say,
                example=one.example,
            )
            for key, one in tidy.items()
        ],
        update_conflicts=True,
        unique_fields=["part", "asked"],
        update_fields=["level", "cannot_say", "example"],
    )


def _go_on_to(part: AssessmentPart, state: PartState, *also: str) -> None:
    if state not in TRANSITIONS[PartState(part.state)]:
        message = f"A part does not go from {part.state} to {state}."
        raise ValueError(message)
    part.state = state
    part.save(update_fields=["state", *also])


def _locked(assessment: Assessment) -> Assessment:
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("subject")
    return rows.get(pk=assessment.pk)


def _locked_part(part: AssessmentPart) -> AssessmentPart:
    """The part, held together with its assessment, so that none is written while one closes."""
    _locked(part.assessment)
    rows = AssessmentPart.objects.select_for_update(of=("self",))
    return rows.select_related("assessment__subject", "assessor").get(pk=part.pk)
