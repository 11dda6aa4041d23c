"""How the votes came out, incident by incident: counts without names, once a round is closed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from evenhand.workshops.kinds import SCALE, Outcome, Stage
from evenhand.workshops.models import Decision, Grading, Incident, Placement, Workshop
from evenhand.workshops.naming import competencies_of
from evenhand.workshops.retranslation import Retranslation, retranslate
from evenhand.workshops.visibility import counted

Votes = dict[int, list[Any]]


@dataclass(frozen=True, slots=True)
class Count:
    """How many said this."""

    label: str
    votes: int
    is_collectors: bool = False


@dataclass(frozen=True, slots=True)
class IncidentResult:
    """One incident with how it came out. `places` lists where it was put, none of them last."""

    incident: Incident
    competency: str
    judged: Retranslation
    places: tuple[Count, ...]
    levels: tuple[Count, ...]
    decisions: tuple[Decision, ...]
    stage: Stage

    @property
    def decision(self) -> Decision | None:
        """What was decided last at the stage the workshop has reached."""
        told = Stage.SCALED if self.stage == Stage.SCALED else Stage.SORTED
        return next((made for made in reversed(self.decisions) if made.stage == told), None)

    @property
    def by_rule(self) -> bool:
        """What the rule says: after the sorting whether it stays, after scaling whether it holds.

        What was scaled because somebody decided so is not asked a second time about its share.
        """
        if self.stage != Stage.SCALED:
            return self.judged.stays
        votes = self.judged.votes
        return self.incident.is_scaled and retranslate(votes, votes, self.judged.values).is_kept

    @property
    def is_kept(self) -> bool:
        return self.decision.is_kept if self.decision else self.by_rule

    @property
    def is_against_rule(self) -> bool:
        return self.is_kept != self.by_rule

    @property
    def outcome(self) -> Outcome:
        """Why the rule says so."""
        return self.judged.outcome


def results_of(workshop: Workshop, incidents: Iterable[Incident]) -> list[IncidentResult]:
    """How these incidents of a workshop came out; only what may be told by now is in it."""
    shown = list(incidents)
    names = {row.id: row.name for row in competencies_of(workshop)}
    ids = [incident.pk for incident in shown]
    placed = _placements(workshop, ids) if workshop.tells_sorting else {}
    graded = _gradings(workshop, ids) if workshop.tells_scaling else {}
    decided: Votes = {}
    for decision in _decisions().filter(incident__in=ids):
        decided.setdefault(decision.incident_id, []).append(decision)
    votes = {pk: (placed.get(pk, []), graded.get(pk, []), decided.get(pk, [])) for pk in ids}
    return [_result(one, names, votes[one.pk], workshop.reached) for one in shown]


def results_of_all(workshop: Workshop) -> list[IncidentResult]:
    """How every incident came out, by competency."""
    return results_of(workshop, workshop.incidents.order_by("competency", "pk"))


def result_of(incident: Incident) -> IncidentResult:
    """How one incident came out."""
    return results_of(incident.workshop, [incident])[0]


def _result(
    incident: Incident,
    names: dict[int, str],
    votes: tuple[list[Any], list[Any], list[Decision]],
    stage: Stage,
) -> IncidentResult:
    placed, graded, decided = votes
    own = incident.competency_id
    return IncidentResult(
        incident=incident,
        competency=names.get(own, ""),
        judged=retranslate(placed.count(own), len(placed), graded),
        places=_places(placed, names, own),
        levels=tuple(Count(str(value), graded.count(value)) for value in SCALE if graded),
        decisions=tuple(decided),
        stage=stage,
    )


def _places(placed: Sequence[int | None], names: dict[int, str], own: int) -> tuple[Count, ...]:
    counts = Counter(placed)
    chosen = [Count(names[pk], counts[pk], pk == own) for pk in names if counts[pk]]
    chosen.sort(key=lambda count: -count.votes)
    nowhere = [Count("", counts[None])] if counts[None] else []
    return (*chosen, *nowhere)


def _placements(workshop: Workshop, incidents: Iterable[int]) -> Votes:
    sorters = counted(workshop, Stage.SORTING).values("pk")
    votes = Placement.objects.filter(incident__in=incidents, sorter__in=sorters)
    return _last(votes.order_by("number").values_list("incident", "sorter", "competency"))


def _gradings(workshop: Workshop, incidents: Iterable[int]) -> Votes:
    sorters = counted(workshop, Stage.SCALING).values("pk")
    votes = Grading.objects.filter(incident__in=incidents, sorter__in=sorters)
    return _last(votes.order_by("number").values_list("incident", "sorter", "value"))


def _last(votes: Iterable[tuple[int, int, Any]]) -> Votes:
    """What each sorter said last of each incident, in no order that tells who."""
    latest = {(incident, sorter): said for incident, sorter, said in votes}
    found: Votes = {}
    for (incident, _sorter), said in latest.items():
        found.setdefault(incident, []).append(said)
    return {incident: sorted(said, key=str) for incident, said in found.items()}


def _decisions() -> QuerySet[Decision]:
    return Decision.objects.select_related("author").order_by("decided_at", "pk")
