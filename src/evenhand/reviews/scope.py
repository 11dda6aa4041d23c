"""How far somebody sees into a running cycle: which units, and whether names or only counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from evenhand.kernel.acting import Actor, Role
from evenhand.people.models import Unit, UnitTree
from evenhand.people.visibility import unit_within

BY_NAME = (Role.SPECIALIST, Role.HR_PARTNER)
BY_COUNT = (*BY_NAME, Role.EXECUTIVE)


@dataclass(frozen=True, slots=True)
class Scope:
    """The whole organization, or these units and all below them."""

    everywhere: bool
    heads: frozenset[int] = frozenset()

    def within(self, field: str = "unit") -> Q:
        """The condition that a unit (named by field) is in the scope."""
        return Q() if self.everywhere else Q(unit_within(self.heads, unit=field))

    def holds(self, unit_id: int) -> bool:
        """Whether a unit is in the scope."""
        return self.everywhere or (
            bool(self.heads)
            and UnitTree.objects.filter(ancestor__in=self.heads, descendant=unit_id).exists()
        )


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
    return Unit.objects.filter(pk__in=scope.heads).exclude(
        pk__in=_strictly_below(scope.heads).values("descendant")
    )


def units_directly_below(unit_id: int) -> QuerySet[Unit]:
    """The units one step below another."""
    return Unit.objects.filter(tree_above__ancestor=unit_id, tree_above__depth=1)


def way_down_to(unit_id: int, scope: Scope) -> list[Unit]:
    """The units above one, from the top of the scope, and the unit itself."""
    above = UnitTree.objects.filter(scope.within("ancestor"), descendant=unit_id)
    return [step.ancestor for step in above.select_related("ancestor").order_by("-depth")]


def _strictly_below(heads: Iterable[int]) -> QuerySet[UnitTree]:
    return UnitTree.objects.filter(ancestor__in=heads, depth__gt=0)


def _scope(actor: Actor, roles: tuple[Role, ...]) -> Scope:
    if actor.holds_everywhere(*roles):
        return Scope(everywhere=True)
    return Scope(everywhere=False, heads=actor.units_as(*roles))
