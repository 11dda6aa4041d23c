"""What the page of a goal for many is made of, before it is given and after."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from evenhand.goals.giving import (
    Chosen,
    Why,
    goals_of_batch,
    job_families,
    job_titles,
    plan_of_giving,
    still_to_come,
    work_on,
)
from evenhand.goals.kinds import GoalState
from evenhand.goals.models import GoalBatch
from evenhand.goals.packing import draft_of_row
from evenhand.goals.policies import visible_goals
from evenhand.goals.soundness import may_be_agreed
from evenhand.jobs.kinds import JobState
from evenhand.kernel.acting import Actor
from evenhand.kernel.paging import page_of
from evenhand.people.charting import find_units
from evenhand.people.models import Unit
from evenhand.people.policies import visible_people, visible_units
from evenhand.people.queries import find_people, rows_of
from evenhand.web.goals.plan_facts import facts_of
from evenhand.web.jobs.pages import shown
from evenhand.web.navigation import leads_people

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_NAMES, MOST_FOUND = 200, 8
REFUSED_LATER = _("Could not get it when it was given")
STATES: dict[str, "StrOrPromise"] = {
    GoalState.PROPOSED: _("Waits for agreement"),
    GoalState.ACTIVE: _("Agreed"),
    GoalState.DRAFT: _("Sent back"),
    GoalState.DISCARDED: _("Taken back"),
    GoalState.CLOSED: _("Closed"),
    GoalState.DROPPED: _("Dropped"),
}


@dataclass(frozen=True, slots=True)
class Meant:
    """One choice of people, and what removes it."""

    name: str
    label: str
    detail: "StrOrPromise"

    @classmethod
    def of_words(cls, name: str, words: Iterable[str], detail: "StrOrPromise") -> "list[Meant]":
        return [cls(f"{name}:{word}", word, detail) for word in words]


@dataclass(frozen=True, slots=True)
class NotGiven:
    """Somebody who did not get the goal, and why."""

    name: str
    why: "StrOrPromise"


def preparation(actor: Actor, batch: GoalBatch) -> dict[str, Any]:
    """Who gets it and who is left out, as it stands today."""
    draft = draft_of_row(batch.draft)
    chosen = Chosen.of(batch)
    plan = plan_of_giving(actor, draft, chosen, batch)
    return {
        "facts": facts_of(draft, draft.parts),
        "ready": may_be_agreed(draft, on=actor.on),
        "plan": plan,
        "gets": rows_of(plan.gets[:MOST_NAMES], on=actor.on),
        "left_out": plan.left_out[:MOST_NAMES],
        "reasons": _counted(one.why.label for one in plan.left_out),
        "meant": _meant(actor, chosen),
    }


def choices(actor: Actor, batch: GoalBatch, person_q: str, unit_q: str) -> dict[str, Any]:
    """What one can choose people by."""
    chosen = Chosen.of(batch)
    people = find_people(actor, person_q, limit=MOST_FOUND)
    own_team = leads_people(actor) and actor.person_id not in chosen.teams
    return {
        "person_q": person_q,
        "unit_q": unit_q,
        "found_people": people,
        "found_units": find_units(visible_units(actor), unit_q, limit=MOST_FOUND),
        "families": [one for one in job_families(actor) if one not in chosen.families],
        "titles": [one for one in job_titles(actor) if one not in chosen.titles],
        "own_team": actor.person_id if own_team else None,
    }


def outcome(actor: Actor, batch: GoalBatch, cursor: str) -> dict[str, Any]:
    """How far it is: the work on it, who has it in which state, who could not get it."""
    counted = goals_of_batch(batch).order_by().values_list("state").annotate(n=Count("pk"))
    counts = dict(counted)
    job = work_on(batch)
    is_under_way = job is not None and job.is_under_way
    goals = visible_goals(actor).filter(batch=batch).select_related("owner")
    page = page_of(goals, ("owner__search_text", "id"), cursor=cursor)
    draft = draft_of_row(batch.draft)
    return {
        "facts": facts_of(draft, draft.parts),
        "work": shown(job, actor) if job is not None and job.state != JobState.DONE else None,
        "counts": [(label, counts[state]) for state, label in STATES.items() if state in counts],
        "page": page.shown_as(lambda rows: [(goal, STATES[goal.state]) for goal in rows]),
        "not_given": _not_given(actor, batch),
        "left": len(batch.left_out),
        "missing": 0 if is_under_way or batch.taken_back_at else len(still_to_come(batch)),
        "may_take_back": not is_under_way and bool(counts.get(GoalState.PROPOSED)),
    }


def _counted(labels: "Iterable[StrOrPromise]") -> list[tuple[str, int]]:
    return Counter(str(label) for label in labels).most_common()


def _not_given(actor: Actor, batch: GoalBatch) -> list[NotGiven]:
    reasons = dict(batch.left_out[:MOST_NAMES])
    known = dict(Why.choices)
    people = visible_people(actor).filter(pk__in=reasons).order_by("search_text", "pk")
    return [
        NotGiven(person.name, known.get(reasons[person.pk], REFUSED_LATER)) for person in people
    ]


def _meant(actor: Actor, chosen: Chosen) -> list[Meant]:
    people = visible_people(actor).filter(pk__in=[*chosen.people, *chosen.teams])
    names: dict[int, str] = {person.pk: person.name for person in people}
    units: dict[int, str] = dict(Unit.objects.filter(pk__in=chosen.units).values_list("pk", "name"))
    return [
        *_named("people", chosen.people, names, _("one person")),
        *_named("teams", chosen.teams, names, _("everybody who reports to them")),
        *_named("units", chosen.units, units, _("everybody there and below")),
        *Meant.of_words("families", chosen.families, _("job family")),
        *Meant.of_words("titles", chosen.titles, _("job title")),
    ]


def _named(
    name: str, ids: Iterable[int], names: dict[int, str], detail: "StrOrPromise"
) -> list[Meant]:
    return [Meant(f"{name}:{pk}", names.get(pk, _unknown()), detail) for pk in ids]


def _unknown() -> str:
    return str(_("Somebody or something that is not here today"))
