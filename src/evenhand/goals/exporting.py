"""Goals as rows of a table: the plan, its figures, where each stands. Never what people wrote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from evenhand.goals.kinds import GoalState
from evenhand.goals.models import Goal, GoalOwner
from evenhand.goals.queries import pace_of
from evenhand.goals.visibility import What, reads
from evenhand.kernel.acting import Actor
from evenhand.people.visibility import stands_below
from evenhand.spreadsheets.cells import Cell

CHUNK = 2_000
WHOSE = ("own", "below", "all")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which goals: one's own, of people below, or all one sees; in all states or in one."""

    whose: str = "own"
    state: str = ""


def goals_seen_today(actor: Actor) -> QuerySet[Goal]:
    """The goals whose plan of today one reads, each with its `weight` and what is `seen_above` it.

    Who once led somebody reads the plan of that time on its page, and nothing of today.
    """
    seen = Goal.objects.filter(reads(actor, What.PLAN, formerly=False))
    shares = GoalOwner.objects.on(actor.on).filter(goal=OuterRef("pk"), person=OuterRef("owner"))
    above = seen.filter(pk=OuterRef("parent"))
    return seen.exclude(state=GoalState.DISCARDED).annotate(
        weight=Subquery(shares.values("weight")[:1]), seen_above=Subquery(above.values("pk")[:1])
    )


def goals_to_export(actor: Actor, asked: Asked) -> QuerySet[Goal]:
    """The goals one sees of those asked for, by whoever answers for them."""
    goals = goals_seen_today(actor)
    if asked.whose == "own":
        goals = goals.filter(owner=actor.person_id)
    elif asked.whose == "below":
        goals = goals.filter(Q(stands_below(actor.person_id, on=actor.on, person="owner")))
    if asked.state:
        goals = goals.filter(state=asked.state)
    related = goals.select_related("owner", "unit", "objective", "top_objective")
    return related.order_by("owner__search_text", "owner", "due_on", "pk")


def headings() -> list[str]:
    return [
        *(_("Goal number"), _("Person number"), _("Name"), _("Unit"), _("State"), _("Goal")),
        *(_("Kind"), _("What is measured"), _("In which unit"), _("Where from"), _("Baseline")),
        *(_("Target"), _("Not below"), _("Not above"), _("Tolerance"), _("Actual"), _("From")),
        *(_("Until"), _("Days between check-ins"), _("Expected of it"), _("Weight, %")),
        *(_("Score"), _("Uncapped score"), _("Pace"), _("Confidence, 0 to 10")),
        *(_("Last measured on"), _("Score of goals below"), _("Share of them with a score")),
        *(_("Number of the goal it supports"), _("Objective")),
    ]


def rows(actor: Actor, goals: QuerySet[Goal]) -> Iterator[Sequence[Cell]]:
    """The rows below the headings, read a few thousand at a time."""
    return (_row(goal, actor) for goal in goals.iterator(CHUNK))


def _row(goal: Goal, actor: Actor) -> Sequence[Cell]:
    pace = pace_of(goal, actor.on)
    leads_to = goal.objective or goal.top_objective
    return (
        *(goal.pk, goal.owner.number, goal.owner.name, goal.unit.name if goal.unit else ""),
        *(goal.get_state_display(), goal.outcome, goal.get_kind_display(), goal.measure),
        *(goal.unit_of_measure, goal.data_source, _number(goal.baseline), _number(goal.target)),
        *(_number(goal.low), _number(goal.high), _number(goal.tolerance), _number(goal.actual)),
        *(goal.starts_on, goal.due_on, goal.cadence_days, goal.get_ambition_display()),
        *(_annotated(goal, "weight"), _number(goal.score), _number(goal.raw_score)),
        *(str(pace.label) if pace else "", goal.confidence, goal.measured_on),
        *(
            _number(goal.rolled_score),
            _number(goal.rolled_coverage),
            _annotated(goal, "seen_above"),
        ),
        str(leads_to or ""),
    )


def _annotated(goal: Goal, name: str) -> int | None:
    value: int | None = getattr(goal, name, None)
    return value


def _number(value: Decimal | None) -> float | None:
    """For a spreadsheet to show; nothing is worked out from it here."""
    return None if value is None else float(value)
