"""Opening assessments: for one person, for a team, or as a job for everyone in a unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from evenhand.assessments.events import AssessmentOpened
from evenhand.assessments.kinds import Source
from evenhand.assessments.models import AssessedCompetency, Assessment, AssessmentPart
from evenhand.assessments.policies import DUE_BEFORE_TODAY, may_open_units
from evenhand.audit.actions import record, record_each
from evenhand.competencies.models import ModelVersion
from evenhand.competencies.queries import models_of_people, requirements_of_each
from evenhand.jobs.actions import ask_for
from evenhand.jobs.models import Job
from evenhand.jobs.performing import Running
from evenhand.kernel.acting import Actor
from evenhand.kernel.bulk import batches
from evenhand.kernel.events import announce
from evenhand.kernel.verdict import Refused
from evenhand.people.kinds import LineKind
from evenhand.people.models import Employment, Person, ReportingLine, Unit
from evenhand.people.visibility import works_within

OPEN_UNIT = "assessments.open_unit"
BATCH = 200


@dataclass(frozen=True, slots=True)
class Terms:
    """From when, and until when answers are hoped for."""

    opened_on: date
    due_on: date

    def check(self) -> None:
        if self.due_on < self.opened_on:
            raise Refused(DUE_BEFORE_TODAY)


@dataclass(frozen=True, slots=True)
class Opened:
    """How many assessments were opened, and how many people were passed over, and why."""

    opened: int
    open_before: int
    without_model: int


@transaction.atomic
def open_for_people(people: Sequence[int], terms: Terms, *, by: Actor, at: datetime) -> Opened:
    """Open an assessment for each of these whose job has a model and who has none open."""
    # Two who open at the same time wait for each other here, and the second finds them open.
    locked = list(
        Person.objects.select_for_update()
        .filter(pk__in=people)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    taken = set(
        Assessment.objects.filter(subject__in=locked, closed_at=None).values_list(
            "subject", flat=True
        )
    )
    free = [person for person in locked if person not in taken]
    models = models_of_people(free, terms.opened_on)
    made = _make(models, terms, by, at)
    record_each("assessment.opened", about=[(one, {}) for one in made], by=by, at=at)
    for one in made:
        announce(AssessmentOpened(one.pk, by.person_id))
    return Opened(len(made), len(taken), len(free) - len(models))


@transaction.atomic
def ask_to_open_unit(unit: Unit, due_on: date, *, by: Actor, at: datetime) -> Job:
    """Open assessments for everyone in a unit and below whose job has a model, as a job."""
    may_open_units(by).enforce()
    Terms(by.on, due_on).check()
    record("assessment.unit_asked", about=unit, by=by, at=at)
    title = _("Open assessments in %(unit)s") % {"unit": unit}
    arguments = {"unit": unit.pk, "on": by.on.isoformat(), "due_on": due_on.isoformat()}
    return ask_for(OPEN_UNIT, title, arguments=arguments, by=by, at=at)


def perform_opening(running: Running) -> None:
    """The job: some people at a time. Begun again, it passes over those who have one open."""
    told = running.arguments
    terms = Terms(date.fromisoformat(told["on"]), date.fromisoformat(told["due_on"]))
    here = Employment.objects.on(terms.opened_on).filter(
        works_within([told["unit"]], on=terms.opened_on, person="person")
    )
    people = list(
        here.exclude(person=running.asked_by.person_id)
        .order_by("person")
        .values_list("person", flat=True)
    )
    opened = done = 0
    for batch in batches(people, BATCH):
        running.advance(done, len(people))
        outcome = open_for_people(batch, terms, by=running.asked_by, at=running.clock())
        opened, done = opened + outcome.opened, done + len(batch)
    running.finish({"opened": opened, "people": len(people)})


def _make(
    models: Mapping[int, ModelVersion], terms: Terms, by: Actor, at: datetime
) -> list[Assessment]:
    made = Assessment.objects.bulk_create(
        Assessment(
            subject_id=person,
            model_version=version,
            opened_on=terms.opened_on,
            opened_at=at,
            opened_by_id=by.person_id,
            due_on=terms.due_on,
        )
        for person, version in models.items()
    )
    expected = requirements_of_each(set(models.values()), terms.opened_on)
    AssessedCompetency.objects.bulk_create(
        AssessedCompetency(
            assessment=one,
            competency_id=row.competency_id,
            version_id=row.version_id,
            place=place,
            expected_level=row.expected_level,
            weight=row.weight,
        )
        for one in made
        for place, row in enumerate(expected[one.model_version_id], start=1)
    )
    AssessmentPart.objects.bulk_create(_parts(made, terms.opened_on, by, at))
    return made


def _parts(made: Sequence[Assessment], on: date, by: Actor, at: datetime) -> list[AssessmentPart]:
    """The person always, and the manager; who reports to nobody is seen by themself and others."""
    lines = ReportingLine.objects.on(on).filter(
        kind=LineKind.PRIMARY, person__in=[one.subject_id for one in made]
    )
    managers = dict(lines.values_list("person", "manager"))
    wanted = [(one, Source.SELF, one.subject_id) for one in made]
    wanted += [
        (one, Source.MANAGER, managers[one.subject_id])
        for one in made
        if one.subject_id in managers
    ]
    return [
        AssessmentPart(
            assessment=one,
            assessor_id=assessor,
            source=source,
            asked_by_id=by.person_id,
            asked_at=at,
        )
        for one, source, assessor in wanted
    ]
