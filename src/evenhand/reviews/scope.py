"""How far somebody sees into a running cycle: which units, and whether names or only counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from evenhand.kernel.acting import Actor, Role
from evenhand.people.models import Unit, UnitTree

BY_NAME = (Role.SPECIALIST, Role.HR_PARTNER)
BY_COUNT = (*BY_NAME, Role.EXECUTIVE)


@dataclass(frozen=True, slots=True)
class Scope:
    """The whole organization, or these units and all below them."""

    everywhere: bool
    heads: frozenset[int] = frozenset()

    def within(self, field: str = "unit") -> Q:
        """The condition that a unit (named by field) is in the scope."""
        if self.everywhere:
            return Q()
        # A list of units, rather than a question asked of each row, lets an index by unit help.
        units = UnitTree.objects.filter(ancestor__in=self.heads).values("descendant")
        return Q(**{f"{field}__in": units})

    def reaches(self, way: Iterable[Unit]) -> bool:
        """Whether a unit with this way down to it is in the scope."""
        return self.everywhere or any(unit.pk in self.heads for unit in way)


def scope_by_name(actor: Actor) -> Scope:
    """Where the actor may know who is how far."""
    return _scope(actor, BY_NAME)


def scope_by_count(actor: Actor) -> Scope:
    """Where the actor may know how many are how far."""
    return _scope(actor, BY_COUNT)


def below(unit_id: int) -> Scope:
    """A unit and all below it."""
    return Scope(everywhere=False, heads=frozenset({unit_id}))


def topmost_units(scope: Scope) -> QuerySet[Unit]:
    """The units from which one walks down: the top of the organization, or of each scope."""
    if scope.everywhere:
        return Unit.objects.exclude(tree_above__depth__gt=0)
    inner = UnitTree.objects.filter(ancestor__in=scope.heads, depth__gt=0)
    return Unit.objects.filter(pk__in=scope.heads).exclude(pk__in=inner.values("descendant"))


def units_directly_below(unit_id: int) -> QuerySet[Unit]:
    """The units one step below another."""
    return Unit.objects.filter(tree_above__ancestor=unit_id, tree_above__depth=1)


def way_down_to(unit_id: int) -> list[Unit]:
    """The units above one, from the top, and the unit itself; nothing when there is no such."""
    above = UnitTree.objects.filter(descendant=unit_id).select_related("ancestor")
    return [step.ancestor for step in above.order_by("-depth", "ancestor_id")]


def _scope(actor: Actor, roles: tuple[Role, ...]) -> Scope:
    if actor.holds_everywhere(*roles):
        return Scope(everywhere=True)
    return Scope(everywhere=False, heads=actor.units_as(*roles))
