"""The line above and below everyone, and the tree of units, derived level by level.

The database writes each level from the one before, so that a manager of 40,000 people costs a dozen
statements, not 40,000. Only primary lines count: a matrix manager stands above nobody's reviews.
"""

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from evenhand.kernel.bulk import batches, insert_select
from evenhand.kernel.periods import ALWAYS, FOREVER
from evenhand.kernel.verdict import Ground, Verdict
from evenhand.people.kinds import LineKind
from evenhand.people.models import ManagementChain, Person, Unit, UnitPlacement, UnitTree

# So many ids go into one statement; both databases take them.
AT_ONCE = 5_000
# From this share of everyone on, weaving everyone anew is quicker.
MOST = 0.3
DEEPEST = 100

REPORTING_CYCLE = Verdict(
    "reporting_cycle",
    _("These reporting lines run in a circle: someone would stand above themself."),
    Ground.WHAT,
)
UNIT_CYCLE = Verdict(
    "unit_cycle",
    _("These units run in a circle: one would stand below itself."),
    Ground.WHAT,
)

CHAIN_COLUMNS = ("ancestor", "descendant", "depth", "starts_on", "ends_on")
TREE_COLUMNS = ("ancestor", "descendant", "depth")


def reweave_chains(person_ids: Collection[int] | None) -> None:
    """Derive anew the line above these people and all who ever stood below them; None: everyone.

    Call it in the transaction that changes reporting lines. Lines that run in a circle are refused.
    """
    if person_ids is None or _are_most(person_ids) or _are_most(below := those_below(person_ids)):
        _weave(ManagementChain.objects.all(), Person.objects.all())
        return
    for some in batches(sorted(below), AT_ONCE):
        _weave(
            ManagementChain.objects.filter(descendant__in=some), Person.objects.filter(pk__in=some)
        )


def _are_most(person_ids: Collection[int]) -> bool:
    return len(person_ids) > AT_ONCE and len(person_ids) > MOST * Person.objects.count()


def those_below(person_ids: Collection[int]) -> set[int]:
    """The people themselves and everyone who on some day stood below one of them."""
    below = set(person_ids)
    for some in batches(sorted(person_ids), AT_ONCE):
        chains = ManagementChain.objects.filter(ancestor__in=some, depth__gte=1)
        below.update(chains.values_list("descendant_id", flat=True))
    return below


def reweave_units() -> None:
    """Derive the tree of units anew. A unit that was closed stays where it last stood."""
    UnitTree.objects.all().delete()
    units = Unit.objects.order_by().values_list("pk", "pk", Value(0))
    insert_select(UnitTree, TREE_COLUMNS, units)
    last_placements = UnitPlacement.objects.filter(ends_on__gte=F("unit__ends_on"))
    for depth in range(1, DEEPEST):
        level = last_placements.filter(parent__tree_above__depth=depth - 1).values_list(
            "parent__tree_above__ancestor", "unit", Value(depth)
        )
        if not insert_select(UnitTree, TREE_COLUMNS, level, skip_existing=True):
            break
    else:
        UNIT_CYCLE.enforce()
    if _stand_below_themselves(last_placements):
        UNIT_CYCLE.enforce()


def _stand_below_themselves(placements: QuerySet[UnitPlacement]) -> bool:
    # A unit in a circle never reaches the top, so it is above its own parent.
    placed_below = UnitTree.objects.filter(ancestor=OuterRef("unit"), descendant=OuterRef("parent"))
    return placements.filter(Exists(placed_below)).exists()


def _weave(chains: QuerySet[ManagementChain], people: QuerySet[Person]) -> None:
    chains.delete()
    themselves = people.order_by().values_list("pk", "pk", Value(0), Value(ALWAYS), Value(FOREVER))
    insert_select(ManagementChain, CHAIN_COLUMNS, themselves)
    for depth in range(1, DEEPEST):
        if not insert_select(ManagementChain, CHAIN_COLUMNS, _next_level(chains, depth)):
            return
        if chains.filter(depth=depth, ancestor=F("descendant")).exists():
            break
    REPORTING_CYCLE.enforce()


def _next_level(
    chains: QuerySet[ManagementChain], depth: int
) -> QuerySet[ManagementChain, tuple[object, ...]]:
    """The managers of those who stand one step lower, on the days when both hold."""
    line = "ancestor__lines_to_managers__"
    both_hold = {
        f"{line}kind": LineKind.PRIMARY,
        f"{line}starts_on__lt": F("ends_on"),
        f"{line}ends_on__gt": F("starts_on"),
    }
    return chains.filter(depth=depth - 1, **both_hold).values_list(
        f"{line}manager",
        "descendant",
        Value(depth),
        Greatest("starts_on", f"{line}starts_on"),
        Least("ends_on", f"{line}ends_on"),
    )
