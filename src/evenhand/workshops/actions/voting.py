"""Sorting and scaling. The audit trail says that somebody handed in, never what they voted."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.competencies.models import Competency
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.workshops.actions.moving import close_when_all_are_in, locked
from evenhand.workshops.kinds import SCALE, Stage
from evenhand.workshops.models import Grading, Incident, Participant, Placement, Workshop
from evenhand.workshops.policies import NOT_NOW, may_vote
from evenhand.workshops.queries import to_vote_on, votes_of
from evenhand.workshops.visibility import participation_of

OTHER_COMPETENCY = Verdict(
    "other_competency", _("Choose one of the competencies shown, or none of them."), Ground.WHAT
)
NOT_A_LEVEL = Verdict("not_a_level", _("Choose a whole level from 1 to 5."), Ground.WHAT)
VOTES_LEFT = Verdict(
    "votes_left", _("Some incidents still wait for you. Vote on all, then hand in."), Ground.WHEN
)


@transaction.atomic
def sort_incident(
    incident: Incident, competency: Competency | None, *, by: Actor, at: datetime
) -> None:
    """Put an incident to a competency, or to none of them. It can be changed until all are in."""
    own = _voting(incident.workshop, Stage.SORTING, by)
    there = own.workshop.competencies
    if competency is not None and not there.filter(pk=competency.pk).exists():
        raise Refused(OTHER_COMPETENCY)
    said = votes_of(own)
    chosen = competency.pk if competency else None
    if incident.pk not in said or said[incident.pk] != chosen:
        number = _next(Placement.objects.filter(incident=incident, sorter=own))
        Placement.objects.create(
            incident=incident, sorter=own, number=number, competency=competency, at=at
        )


@transaction.atomic
def scale_incident(incident: Incident, value: int, *, by: Actor, at: datetime) -> None:
    """Say which level an incident shows. It can be changed until all are in."""
    own = _voting(incident.workshop, Stage.SCALING, by)
    if value not in SCALE:
        raise Refused(NOT_A_LEVEL)
    if not to_vote_on(own.workshop).filter(pk=incident.pk).exists():
        raise Refused(NOT_NOW)
    if votes_of(own).get(incident.pk) != value:
        number = _next(Grading.objects.filter(incident=incident, sorter=own))
        Grading.objects.create(incident=incident, sorter=own, number=number, value=value, at=at)


@transaction.atomic
def hand_in(workshop: Workshop, stage: Stage, *, by: Actor, at: datetime) -> Participant:
    """Say that one is done with a round. With the last one the round is closed."""
    own = _voting(workshop, stage, by)
    if len(votes_of(own)) < to_vote_on(own.workshop).count():
        raise Refused(VOTES_LEFT)
    if own.handed_in_at(stage) is None:
        column = "sorted_at" if stage == Stage.SORTING else "scaled_at"
        setattr(own, column, at)
        own.save(update_fields=[column])
        record("workshop.votes_handed_in", about=own.workshop, by=by, at=at, stage=stage)
        close_when_all_are_in(own.workshop, by=by, at=at)
    return own


def _voting(workshop: Workshop, stage: Stage, by: Actor) -> Participant:
    """Who votes, in a round that nobody else can close meanwhile."""
    workshop = locked(workshop)
    may_vote(by, workshop).enforce()
    own = participation_of(by, workshop)
    if workshop.stage != stage or own is None:
        raise Refused(NOT_NOW)
    own.workshop = workshop
    return own


def _next(votes: "QuerySet[Placement] | QuerySet[Grading]") -> int:
    last: int | None = votes.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
