from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef

from evenhand.people.models import ManagementChain, Position, UnitTree


def stands_below(manager_id: int, *, on: date, person: str = "pk") -> Exists:
    """The condition that a person (named by field) reports to the manager, directly or not."""
    chains = ManagementChain.objects.on(on).filter(
        ancestor_id=manager_id, descendant=OuterRef(person), depth__gte=1
    )
    return Exists(chains)


def unit_within(unit_ids: Iterable[int], *, unit: str = "unit") -> Exists:
    """The condition that a unit (named by field) is one of these or stands below one of them."""
    return Exists(UnitTree.objects.filter(ancestor__in=list(unit_ids), descendant=OuterRef(unit)))


def works_within(unit_ids: Iterable[int], *, on: date, person: str = "pk") -> Exists:
    """The condition that a person (named by field) holds a position in these units or below."""
    positions = Position.objects.on(on).filter(unit_within(unit_ids), person=OuterRef(person))
    return Exists(positions)
