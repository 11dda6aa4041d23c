"""Goals to start from: what one holds, who reads and keeps them, and those that come along."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Case, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from evenhand.goals.kinds import Ambition, GoalKind
from evenhand.goals.models import LibraryGoal
from evenhand.goals.saying import clean
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.paging import Page, page_of
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict
from evenhand.people.models import Position

if TYPE_CHECKING:
    from django.db import models

    AnyField = models.Field[Any, Any]

FOLDER = Path(__file__).parent / "library"
TEXTS = (
    *("outcome", "why", "watch_out", "measure", "unit_of_measure", "data_source"),
    *("baseline_hint", "target_hint"),
)
CHOSEN = ("kind", "metric", "ambition")
DIRECTIONS = ("", "up", "down")
HAVE_PARTS = (GoalKind.OKR, GoalKind.MILESTONES)
MOST_PARTS, MOST_FAMILIES, MOST_WORDS = 12, 20, 8
WHOLE, LONGEST_FAMILY, LONGEST_CADENCE = 100, 100, 366
LIBRARY_ORDER = ("distance", "outcome", "id")
SHELF = 40

NOT_A_KEEPER = Verdict(
    "not_a_keeper",
    _("Only a performance management specialist keeps the library. Ask one to change it."),
)
LIBRARY_GOAL_RETIRED = Verdict(
    "library_goal_retired",
    _("This goal is no longer offered. Offer it again before you change it."),
    Ground.WHEN,
)
OUTCOME_MISSING = Verdict("outcome_missing", _("Say what is to be reached."), Ground.WHAT)
UNKNOWN_CHOICE = Verdict(
    "unknown_choice", _("Something chosen here is not among what can be chosen."), Ground.WHAT
)
TEXT_TOO_LONG = Verdict(
    "text_too_long", _("One of the texts is too long. Make it shorter, please."), Ground.WHAT
)
CADENCE_OUT_OF_BOUNDS = Verdict(
    "cadence_out_of_bounds", _("Check in at least once a year, at most once a day."), Ground.WHAT
)
PARTS_DO_NOT_FIT = Verdict(
    "parts_do_not_fit",
    _(
        "Objectives and milestones have up to 12 parts, each with a title and a weight,"
        " which sum to 100. Other kinds have none."
    ),
    Ground.WHAT,
)


@dataclass(frozen=True, slots=True)
class LibraryPart:
    """A key result (with a metric) or a milestone (without) to start from."""

    title: str
    weight: int
    metric: str = ""
    direction: str = ""
    unit_of_measure: str = ""


@dataclass(frozen=True, slots=True)
class LibraryDraft:
    """All that is written down about a goal to start from. No job families means that it fits all.

    `baseline_hint` and `target_hint` say where the figures come from, `watch_out` how the goal
    can mislead.
    """

    outcome: str
    job_families: tuple[str, ...] = ()
    why: str = ""
    watch_out: str = ""
    kind: str = GoalKind.KPI
    metric: str = ""
    ambition: str = Ambition.COMMITTED
    direction: str = ""
    measure: str = ""
    unit_of_measure: str = ""
    data_source: str = ""
    baseline_hint: str = ""
    target_hint: str = ""
    cadence_days: int = 30
    parts: tuple[LibraryPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for in the library; an empty choice means all."""

    family: str = ""
    kind: str = ""
    words: str = ""
    retired: bool = False


def visible_library_goals(actor: Actor) -> QuerySet[LibraryGoal]:
    """Everybody reads what is offered; who keeps the library also what no longer is."""
    every = LibraryGoal.objects.all()
    return every if may_keep_library(actor) else every.filter(retired_at=None)


def may_keep_library(actor: Actor) -> Verdict:
    """The specialist writes, changes and retires what is in the library."""
    return ALLOWED if actor.holds_everywhere(Role.SPECIALIST) else NOT_A_KEEPER


def may_change_library_goal(actor: Actor, found: LibraryGoal) -> Verdict:
    """What is retired is offered again before it changes."""
    return may_keep_library(actor) and (LIBRARY_GOAL_RETIRED if found.retired_at else ALLOWED)


def may_be_offered(draft: LibraryDraft) -> Verdict:
    """Whether a draft is something to start a goal from; the first thing that is not, is told."""
    return next((verdict for verdict in _faults(draft) if not verdict), ALLOWED)


def library_page(actor: Actor, wanted: Wanted, *, cursor: str = "") -> Page[LibraryGoal]:
    """What one looks for: first what is for one's own jobs, then what fits all, then the others."""
    rows = visible_library_goals(actor).filter(retired_at__isnull=not wanted.retired)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    for word in wanted.words.split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(outcome__icontains=word) | Q(measure__icontains=word) | Q(why__icontains=word)
        )
    rows = rows.annotate(families=Cast("job_families", TextField()))
    if wanted.family:
        rows = rows.filter(_is_for([wanted.family]))
    return page_of(
        _by_distance(rows, own_families(actor)), LIBRARY_ORDER, cursor=cursor, limit=SHELF
    )


def own_families(actor: Actor) -> list[str]:
    """The job families of the positions one holds."""
    held = Position.objects.on(actor.on).filter(person=actor.person_id).exclude(job_family="")
    return sorted(set(held.values_list("job_family", flat=True)))


def families_of(actor: Actor) -> list[str]:
    """The job families the library has goals for: one's own first, then the others by name."""
    rows = visible_library_goals(actor).values_list("job_families", flat=True)
    known = {family for families in rows for family in families}
    own = {family.casefold() for family in own_families(actor)}
    return sorted(known, key=lambda family: (family.casefold() not in own, family.casefold()))


@cache
def goals_that_come_along() -> dict[str, LibraryDraft]:
    """The goals Evenhand brings along, by their codes."""
    return {entry["code"]: _draft(entry) for entry in _entries()}


def draft_of_library_goal(found: LibraryGoal) -> LibraryDraft:
    """A goal of the library as it stands, to be written on."""
    names = (*TEXTS, *CHOSEN, "direction", "cadence_days")
    return LibraryDraft(
        **{name: getattr(found, name) for name in names},
        job_families=tuple(found.job_families),
        parts=tuple(_part(row) for row in found.parts),
    )


def columns_of(draft: LibraryDraft) -> dict[str, Any]:
    """The columns in which a draft is kept."""
    values = {name: getattr(draft, name) for name in (*TEXTS, *CHOSEN, "direction")}
    return values | {
        "cadence_days": draft.cadence_days,
        "job_families": list(draft.job_families),
        "parts": [asdict(part) for part in draft.parts],
    }


def cleaned(draft: LibraryDraft) -> LibraryDraft:
    """The same draft without blanks around words, and each job family once."""
    families = dict.fromkeys(_tidy(family) for family in draft.job_families)
    texts: dict[str, Any] = {name: _tidy(getattr(draft, name)) for name in TEXTS}
    return replace(
        draft,
        **texts,
        job_families=tuple(family for family in families if family),
        parts=tuple(
            replace(part, title=_tidy(part.title), unit_of_measure=_tidy(part.unit_of_measure))
            for part in draft.parts
        ),
    )


def _by_distance(rows: QuerySet[LibraryGoal], own: Sequence[str]) -> QuerySet[LibraryGoal]:
    whens = [When(_is_for(own), then=Value(0))] if own else []
    distance = Case(
        *whens,
        When(families="[]", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.annotate(distance=distance)


def _is_for(families: Sequence[str]) -> Q:
    """One of these families stands in the list; each database writes accents in its own way."""
    found = Q()
    for family in families:
        escaped = family.replace("\\", "\\\\").replace('"', '\\"')
        plain = "".join(c if c.isascii() else f"\\u{ord(c):04x}" for c in escaped)
        found |= Q(families__icontains=f'"{escaped}"') | Q(families__icontains=f'"{plain}"')
    return found


def _faults(draft: LibraryDraft) -> Iterator[Verdict]:
    if not draft.outcome:
        yield OUTCOME_MISSING
    known = all(_is_known(name, getattr(draft, name)) for name in CHOSEN)
    if not draft.kind or not known or draft.direction not in DIRECTIONS:
        yield UNKNOWN_CHOICE
    if any(len(getattr(draft, name)) > _longest(name) for name in TEXTS):
        yield TEXT_TOO_LONG
    if len(draft.job_families) > MOST_FAMILIES or any(
        len(family) > LONGEST_FAMILY for family in draft.job_families
    ):
        yield TEXT_TOO_LONG
    if not 1 <= draft.cadence_days <= LONGEST_CADENCE:
        yield CADENCE_OUT_OF_BOUNDS
    if not _fit(draft):
        yield PARTS_DO_NOT_FIT


def _fit(draft: LibraryDraft) -> bool:
    if draft.kind not in HAVE_PARTS:
        return not draft.parts
    titles = all(part.title and len(part.title) <= _longest("outcome") for part in draft.parts)
    metrics = all(_is_known("metric", part.metric) for part in draft.parts)
    weights = sum(part.weight for part in draft.parts) == WHOLE
    return titles and metrics and weights and len(draft.parts) <= MOST_PARTS


def _is_known(name: str, value: str) -> bool:
    return not value or value in dict(_field(name).flatchoices)


def _longest(name: str) -> int:
    return _field(name).max_length or 0


def _field(name: str) -> "AnyField":
    return cast("AnyField", LibraryGoal._meta.get_field(name))


def _entries() -> Iterator[dict[str, Any]]:
    for path in sorted(FOLDER.glob("*.toml")):
        yield from tomllib.loads(path.read_text(encoding="utf-8"))["goal"]


def _draft(entry: dict[str, Any]) -> LibraryDraft:
    values = {name: value for name, value in entry.items() if name != "code"}
    parts = tuple(LibraryPart(**row) for row in entry["parts"])
    return LibraryDraft(**values | {"job_families": tuple(entry["job_families"]), "parts": parts})


def _part(row: dict[str, Any]) -> LibraryPart:
    return LibraryPart(**{"weight": 0} | row)


def _tidy(text: str) -> str:
    return clean(text).strip()
