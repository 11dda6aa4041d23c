"""What waits for whom in workshops, and how far everybody is together."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from evenhand.kernel.acting import Actor
from evenhand.workshops.kinds import FEWEST_VOTES, Group, Stage
from evenhand.workshops.models import Grading, Incident, Participant, Placement, Workshop
from evenhand.workshops.policies import visible_workshops
from evenhand.workshops.shuffling import shuffled_for
from evenhand.workshops.visibility import sorters_of, takes_part


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody is asked for in a workshop now. `done` of `whole` are voted on."""

    workshop_id: int
    workshop: str
    stage: Stage
    done: int = 0
    whole: int = 0
    is_handed_in: bool = False

    @property
    def is_complete(self) -> bool:
        return self.whole > 0 and self.done == self.whole


@dataclass(frozen=True, slots=True)
class Ballot:
    """One incident as a sorter meets it, with what they said of it so far."""

    incident: Incident
    place: int
    is_done: bool
    said: int | None


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many have handed in, of how many who are asked. Never who."""

    handed_in: int
    asked: int

    @property
    def missing(self) -> int:
        return self.asked - self.handed_in

    @property
    def may_close(self) -> bool:
        return self.handed_in >= FEWEST_VOTES


def tasks_of(actor: Actor) -> list[Task]:
    """What a person can do now, in the workshops they were invited to; newest first."""
    asked = Q(group=Group.COLLECTORS, workshop__stage=Stage.COLLECTING) | Q(
        group=Group.SORTERS, workshop__stage__in=(Stage.SORTING, Stage.SCALING)
    )
    found = list(
        takes_part(actor)
        .filter(asked)
        .select_related("workshop")
        .order_by("-workshop__opened_at", "-workshop")
    )
    wholes = _wholes(found)
    dones = _dones(found)
    return [
        Task(
            workshop_id=own.workshop_id,
            workshop=own.workshop.name,
            stage=Stage(own.workshop.stage),
            done=dones.get(own.pk, 0),
            whole=wholes.get(own.workshop_id, 0),
            is_handed_in=own.is_sorter and own.handed_in_at(own.workshop.stage) is not None,
        )
        for own in found
    ]


def workshop_rows(actor: Actor) -> QuerySet[Workshop]:
    """The workshops one may see, with how many incidents they have."""
    return visible_workshops(actor).annotate(n_incidents=Count("incidents"))


def to_vote_on(workshop: Workshop) -> QuerySet[Incident]:
    """The incidents of the round: all of them in sorting, those that stayed in scaling."""
    incidents = workshop.incidents.all()
    return incidents.filter(is_scaled=True) if workshop.reached == Stage.SCALING else incidents


def ballots_of(participant: Participant) -> list[Ballot]:
    """All incidents of the open round in this sorter's own order, with their own votes only."""
    workshop = participant.workshop
    incidents = to_vote_on(workshop).in_bulk()
    said = votes_of(participant)
    return [
        Ballot(incidents[pk], place, pk in said, said.get(pk))
        for place, pk in enumerate(shuffled_for(participant.pk, incidents), start=1)
    ]


def votes_of(participant: Participant) -> dict[int, int | None]:
    """What a sorter said last of each incident in the open round."""
    is_sorting = participant.workshop.stage == Stage.SORTING
    votes: QuerySet[Placement] | QuerySet[Grading] = (
        Placement.objects.all() if is_sorting else Grading.objects.all()
    )
    column = "competency" if is_sorting else "value"
    own = votes.filter(sorter=participant).order_by("number")
    return dict(own.values_list("incident", column))


def turnout_of(workshop: Workshop) -> Turnout:
    """How many of the sorters have handed in, in the round that is open."""
    column = "sorted_at" if workshop.stage == Stage.SORTING else "scaled_at"
    numbers = sorters_of(workshop).aggregate(handed_in=Count(column), asked=Count("pk"))
    return Turnout(**numbers)


def _wholes(found: Iterable[Participant]) -> dict[int, int]:
    """How many incidents there are to vote on in each of these workshops."""
    workshops = {own.workshop_id for own in found if own.is_sorter}
    in_round = Q(workshop__stage=Stage.SORTING) | Q(is_scaled=True)
    incidents = Incident.objects.filter(in_round, workshop__in=workshops)
    return dict(incidents.order_by().values_list("workshop").annotate(n=Count("pk")))


def _dones(found: Iterable[Participant]) -> dict[int, int]:
    """How much each of these has done: incidents written, or voted on."""
    done: dict[int, int] = {}
    for stage, column, rows in (
        (Stage.COLLECTING, "collector", Incident.objects.values_list("collector")),
        (Stage.SORTING, "sorter", Placement.objects.values_list("sorter")),
        (Stage.SCALING, "sorter", Grading.objects.values_list("sorter")),
    ):
        own = [one.pk for one in found if one.workshop.stage == stage]
        counted = "pk" if stage == Stage.COLLECTING else "incident"
        if own:
            theirs = rows.filter(**{f"{column}__in": own}).order_by()
            done |= dict(theirs.annotate(n=Count(counted, distinct=True)))
    return done
