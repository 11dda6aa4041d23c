"""Opening a workshop, and who takes part in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.competencies.models import Competency
from evenhand.kernel.acting import Actor
from evenhand.kernel.events import announce
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.people.models import Person
from evenhand.workshops.actions.moving import close_when_all_are_in, locked
from evenhand.workshops.events import WorkshopTaskGiven
from evenhand.workshops.kinds import Group, Stage
from evenhand.workshops.models import Participant, Workshop
from evenhand.workshops.policies import (
    COMPETENCY_HAS_INCIDENTS,
    may_ask_about,
    may_change_workshop,
    may_invite,
    may_take_out,
)

NAME_MISSING = Verdict("name_missing", _("Please give the workshop a name."), Ground.WHAT)
# In which stage a group has something to do at once.
AT_WORK = {
    Group.COLLECTORS: (Stage.COLLECTING,),
    Group.SORTERS: (Stage.SORTING, Stage.SCALING),
}


@dataclass(frozen=True, slots=True)
class WorkshopPlan:
    """What a workshop is called, and which competencies it is about."""

    name: str
    competencies: Collection[Competency]


@transaction.atomic
def open_workshop(plan: WorkshopPlan, *, by: Actor, at: datetime) -> Workshop:
    """Begin a workshop. Nobody is asked until they are invited."""
    may_ask_about(by, plan.competencies).enforce()
    workshop = Workshop(name=_name(plan), opened_by_id=by.person_id, opened_at=at)
    workshop.save()
    workshop.competencies.set(plan.competencies)
    record("workshop.opened", about=workshop, by=by, at=at, competencies=_codes(plan))
    return workshop


@transaction.atomic
def change_workshop(workshop: Workshop, plan: WorkshopPlan, *, by: Actor, at: datetime) -> Workshop:
    """Change what it is called and about, as long as one collects."""
    workshop = locked(workshop)
    may_change_workshop(by, workshop).enforce()
    may_ask_about(by, plan.competencies).enforce()
    kept = [competency.pk for competency in plan.competencies]
    if workshop.incidents.exclude(competency__in=kept).exists():
        raise Refused(COMPETENCY_HAS_INCIDENTS)
    workshop.name = _name(plan)
    workshop.save(update_fields=["name"])
    workshop.competencies.set(plan.competencies)
    record("workshop.changed", about=workshop, by=by, at=at, competencies=_codes(plan))
    return workshop


@transaction.atomic
def invite_person(
    workshop: Workshop, person: Person, group: Group, *, by: Actor, at: datetime
) -> Participant:
    """Ask somebody to take part. Invited twice into the same group, they are asked once."""
    workshop = locked(workshop)
    there = workshop.participants.filter(person=person, group=group, left_at=None).first()
    verdict = may_invite(by, workshop, person, group)
    if there is not None and verdict.code == "already_invited":
        return there
    verdict.enforce()
    made = Participant.objects.create(workshop=workshop, person=person, group=group, invited_at=at)
    record("workshop.person_invited", about=workshop, by=by, at=at, person=person.pk, group=group)
    if workshop.stage in AT_WORK[group]:
        announce(WorkshopTaskGiven(made.pk))
    return made


@transaction.atomic
def take_out_person(participant: Participant, *, by: Actor, at: datetime) -> Participant:
    """Ask somebody no longer. In an open round their votes do not count; it may end with it."""
    workshop = locked(participant.workshop)
    participant = Participant.objects.select_for_update().get(pk=participant.pk)
    participant.workshop = workshop
    may_take_out(by, participant).enforce()
    participant.left_at = at
    participant.save(update_fields=["left_at"])
    record("workshop.person_taken_out", about=workshop, by=by, at=at, person=participant.person_id)
    close_when_all_are_in(workshop, by=by, at=at)
    return participant


def _name(plan: WorkshopPlan) -> str:
    if not plan.name.strip():
        raise Refused(NAME_MISSING)
    return plan.name.strip()


def _codes(plan: WorkshopPlan) -> list[str]:
    return sorted(competency.code for competency in plan.competencies)
