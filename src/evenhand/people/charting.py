"""Units as one walks through them: what stands in what, and how many people work there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from evenhand.kernel.periods import holds_on
from evenhand.people.models import Unit, UnitPlacement, UnitTree

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in a list: how many units stand right in it, how many people work in it or below."""

    id: int
    code: str
    name: str
    units: int
    people: int


def unit_tree(parent: Unit | None, *, on: date, limit: int = MOST_SHOWN) -> list[UnitRow]:
    """The units right below one, or at the top, with everyone who works in each and below it."""
    placed = UnitPlacement.objects.on(on).filter(unit=OuterRef("pk"))
    units = Unit.objects.on(on)
    if parent is None:
        units = units.filter(~Exists(placed))
    else:
        units = units.filter(Exists(placed.filter(parent=parent)))
    return unit_rows(units.order_by("name", "pk")[:limit], on=on)


def unit_rows(units: Iterable[Unit], *, on: date) -> list[UnitRow]:
    """The same units as rows with their counts."""
    shown = list(units)
    ids = [unit.pk for unit in shown]
    below = dict(
        UnitPlacement.objects.on(on)
        .filter(parent__in=ids)
        .order_by()
        .values_list("parent")
        .annotate(Count("pk"))
    )
    people = count_people(ids, on=on)
    return [
        UnitRow(unit.pk, unit.code, unit.name, below.get(unit.pk, 0), people.get(unit.pk, 0))
        for unit in shown
    ]


def count_people(unit_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """How many people hold a position in each unit or below it on a day."""
    held = holds_on(on, "descendant__positions__")
    counted = UnitTree.objects.filter(held, ancestor__in=list(unit_ids)).order_by()
    return dict(counted.values_list("ancestor").annotate(Count("descendant__positions")))


def units_above(unit: Unit) -> list[Unit]:
    """The units in which one stands, from the top down, without itself."""
    above = UnitTree.objects.filter(descendant=unit, depth__gte=1).select_related("ancestor")
    return [tree.ancestor for tree in above.order_by("-depth")]


def find_units(units: QuerySet[Unit], words: str, *, limit: int = 20) -> list[Unit]:
    """The first units, by name, in whose name or code every word stands."""
    found = Q()
    for word in words.replace("\0", " ").split()[:8]:
        found &= Q(name__icontains=word) | Q(code__icontains=word)
    return list(units.filter(found).order_by("name", "pk")[:limit]) if words.strip() else []
