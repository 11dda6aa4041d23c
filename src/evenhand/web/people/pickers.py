"""How a person or a unit is found by words and chosen for a form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from evenhand.people.charting import find_units
from evenhand.people.models import Unit
from evenhand.people.policies import visible_people, visible_units
from evenhand.people.queries import PersonRow, find_people, rows_of
from evenhand.web.http import PersonRequest, is_number

M = TypeVar("M", bound=Model)

FORM = "change"


@dataclass(frozen=True, slots=True)
class Found:
    """A person or a unit that a search has found."""

    id: int
    name: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Picker:
    """A search whose results are choices of a form; what was chosen is shown again."""

    name: str
    url: str
    query: str
    found: Sequence[Found]
    chosen: int | None = None
    form_id: str = FORM


def chosen(rows: QuerySet[M], key: str) -> M | None:
    """The row with this key, if the key is one."""
    return rows.filter(pk=key).first() if is_number(key) else None


def found_rows(rows: Iterable[PersonRow]) -> list[Found]:
    return [
        Found(row.id, row.name, row.detail, reverse("people:person", args=[row.id])) for row in rows
    ]


def found_units(units: Iterable[Unit]) -> list[Found]:
    return [
        Found(unit.pk, unit.name, unit.code, reverse("units:unit", args=[unit.pk]))
        for unit in units
    ]


def person_picker(request: PersonRequest) -> Picker:
    words = request.GET.get("q", "")[:100]
    picked = chosen(visible_people(request.actor), request.POST.get("person", ""))
    rows = rows_of([picked], on=request.actor.on) if picked else find_people(request.actor, words)
    url = f"{reverse('people:search')}?{urlencode({'form': FORM})}"
    return Picker("person", url, words, found_rows(rows), picked.pk if picked else None)


def unit_picker(request: PersonRequest, present: Unit | None, *, name: str = "unit") -> Picker:
    """The present unit is chosen to begin with."""
    words = request.GET.get("q", "")[:100]
    units = visible_units(request.actor)
    picked = chosen(units, request.POST.get(name, "")) or (None if words else present)
    rows = [picked] if picked else find_units(units, words)
    url = f"{reverse('units:search')}?{urlencode({'form': FORM, 'name': name})}"
    return Picker(name, url, words, found_units(rows), picked.pk if picked else None)
