"""What the pages about imports are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evenhand.integrations.kinds import ChangeKind, Fact, ImportState
from evenhand.integrations.models import PeopleImport, PlannedChange
from evenhand.integrations.policies import may_import, visible_imports
from evenhand.kernel.acting import Actor
from evenhand.web.http import PersonRequest

DAYS = frozenset({Fact.FIRST_DAY, Fact.LAST_DAY})


@dataclass(frozen=True, slots=True)
class ShownFact:
    """What becomes different, in words."""

    label: str
    old: str
    new: str
    on: date | None


@dataclass(frozen=True, slots=True)
class ShownChange:
    """What becomes of somebody."""

    name: str
    number: str
    row: int
    facts: list[ShownFact]


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the way from a file to the people."""

    label: str
    state: str
    url: str = ""
    detail: str = ""


def only_importers(actor: Actor) -> None:
    """For everybody else these pages are not there."""
    if not may_import(actor):
        raise Http404


def find_import(request: PersonRequest, pk: int) -> PeopleImport:
    return get_object_or_404(visible_imports(request.actor).select_related("job"), pk=pk)


def steps(brought: PeopleImport | None, *, at_columns: bool = False) -> list[Step]:
    """File, columns, plan, applied: which are behind, and which comes now."""
    present = 0
    if brought is not None:
        is_early = at_columns or brought.state in {ImportState.MAPPING, ImportState.PLANNING}
        present = 1 if is_early else 4 if brought.state == ImportState.APPLIED else 2
    labels = (_("File"), _("Columns"), _("Plan"), _("Applied"))
    states = [
        "done" if at < present else "current" if at == present else "later"
        for at in range(len(labels))
    ]
    urls = [""] * len(labels)
    if brought is not None and brought.is_open and present > 1:
        urls[1] = reverse("imports:columns", args=[brought.pk])
    return [Step(*step) for step in zip(labels, states, urls, strict=True)]


def tabs(brought: PeopleImport, chosen: str) -> list[dict[str, Any]]:
    """The kinds of change there are, each with its count."""
    counts = brought.counts
    return [
        {"code": str(kind), "label": kind.label, "count": counts[kind], "is_chosen": kind == chosen}
        for kind in ChangeKind
        if counts.get(kind)
    ]


def shown_changes(changes: Iterable[PlannedChange]) -> list[ShownChange]:
    return [
        ShownChange(change.name, change.number, change.row, [_shown(*f) for f in change.facts])
        for change in changes
    ]


def is_worked_on(brought: PeopleImport) -> bool:
    """Whether a job is at it now."""
    return brought.job is not None and brought.job.is_under_way and brought.is_open


def waits_for_another_try(brought: PeopleImport) -> bool:
    """Whether its job has ended without doing what was asked."""
    busy = brought.state in {ImportState.PLANNING, ImportState.APPLYING}
    return busy and brought.job is not None and brought.job.has_ended


def has_plan(brought: PeopleImport) -> bool:
    return brought.state in {ImportState.PLANNED, ImportState.APPLYING}


def _shown(fact: str, old: str, new: str, on: str) -> ShownFact:
    kind = Fact(fact)
    if kind in DAYS:
        old, new = _day(old), _day(new)
    return ShownFact(str(kind.label), old, new, date.fromisoformat(on) if on else None)


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "j F Y") if iso else ""
