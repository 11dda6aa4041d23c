"""How well goals lead to the strategy: shares, each with what it was worked out from.

    aligned share      = active goals whose chain reaches an objective that holds / active goals
    objective coverage = objectives with at least one such goal / objectives that hold
    by weight          = weight of such goals / weight of all, over goals that were weighed
    concentration      = sum(share^2) of such goals over objectives; 1 when all serve one

A high share alone says little: goals that only repeat the words above are aligned as well, so
they are counted beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)

from evenhand.goals.charting import USUAL_DEPTH
from evenhand.goals.kinds import GoalState, Scope, Side
from evenhand.goals.models import (
    Agreement,
    Goal,
    GoalOwner,
    GoalVersion,
    StrategicObjective,
    UnitPart,
)
from evenhand.goals.scopes import GoalScope
from evenhand.goals.scoring import stepped

WORTH_KEEPING, KEPT_FOR = 5_000, 600
ALIGNED_AIM, COVERAGE_AIM = Decimal("0.8"), Decimal(1)

SUPPORTS_NOTHING = Q(parent=None, objective=None)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, both in whole numbers."""

    part: int
    whole: int

    @property
    def value(self) -> Decimal | None:
        """From 0 to 1; None where there is nothing to have a share of."""
        return stepped(Decimal(self.part) / self.whole) if self.whole else None

    def reaches(self, aim: Decimal) -> bool | None:
        """Compared in whole numbers, so that no rounding decides."""
        return self.part >= aim * self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the active goals of a group lead to the objectives that hold.

    Every goal is aligned, local (supports nothing, for a reason), an orphan (supports nothing) or
    dangling (supports something, but no objective that holds). `goals_by_objective` has one number
    for each objective that is served.
    """

    people: int
    goals: int
    aligned: int
    orphans: int
    local: int
    objectives: int
    goals_by_objective: tuple[int, ...]
    weight: int
    aligned_weight: int
    weighed_goals: int
    deepest: int
    too_deep: int
    near_copies: int
    waiting_for_a_unit: int

    @property
    def aligned_share(self) -> Share:
        return Share(self.aligned, self.goals)

    @property
    def coverage(self) -> Share:
        return Share(len(self.goals_by_objective), self.objectives)

    @property
    def weight_share(self) -> Share:
        return Share(self.aligned_weight, self.weight)

    @property
    def dangling(self) -> int:
        return self.goals - self.aligned - self.orphans - self.local

    @property
    def concentration(self) -> Decimal | None:
        return concentration(self.goals_by_objective)


def concentration(counts: Sequence[int]) -> Decimal | None:
    """The sum of the squared shares: 1 / k when k are served alike, 1 when one has all."""
    whole = sum(counts)
    return stepped(Decimal(sum(n * n for n in counts)) / (whole * whole)) if whole else None


def alignment_of(
    goals: QuerySet[Goal], objectives: QuerySet[StrategicObjective], on: date
) -> Alignment:
    """How these goals, as far as they are active, lead to these objectives on a day.

    A goal is aligned by any objective that holds; coverage asks about the ones given.
    """
    active = goals.filter(state=GoalState.ACTIVE).order_by()
    is_asked = ExpressionWrapper(Q(pk__in=objectives.order_by().values("pk")), BooleanField())
    holding = StrategicObjective.objects.filter(_holds(on)).order_by()
    live = dict(holding.values_list("pk").annotate(is_asked=is_asked))
    asked = {pk for pk, counts in live.items() if counts}
    groups = _groups(active)
    served = {group.top_id: group.n for group in groups if group.top_id in live}
    weights = _weights(active, on)
    return Alignment(
        people=active.values("owner").distinct().count(),
        goals=sum(group.n for group in groups),
        aligned=sum(served.values()),
        orphans=sum(group.orphans for group in groups),
        local=sum(group.local for group in groups),
        objectives=len(asked),
        goals_by_objective=tuple(n for pk, n in sorted(served.items()) if pk in asked),
        weight=sum(weight for _top, weight, _n in weights),
        aligned_weight=sum(weight for top, weight, _n in weights if top in live),
        weighed_goals=sum(n for _top, _weight, n in weights),
        deepest=max((group.deepest for group in groups), default=0),
        too_deep=sum(group.too_deep for group in groups),
        near_copies=sum(group.near_copies for group in groups),
        waiting_for_a_unit=_waiting_for_a_unit(goals).count(),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """An alignment, and when it was counted."""

    at: datetime
    alignment: Alignment


def read_alignment(scope: GoalScope, on: date, at: datetime) -> Reading:
    """The alignment of a group. That of very many goals is kept for some minutes."""
    key = f"goals.alignment.{scope.unit_id}.{scope.manager_id}.{on}"
    kept = cache.get(key)
    if isinstance(kept, Reading):
        return kept
    reading = Reading(at, alignment_of(scope.goals(on), scope.objectives(), on))
    if reading.alignment.goals >= WORTH_KEEPING:
        cache.set(key, reading, KEPT_FOR)
    return reading


class _Group(NamedTuple):
    """The active goals whose chains end at one objective, or at none."""

    top_id: int | None
    n: int
    orphans: int
    local: int
    deepest: int
    too_deep: int
    near_copies: int


def _groups(active: QuerySet[Goal]) -> list[_Group]:
    rows = active.values_list("top_objective_id").annotate(
        n=Count("pk"),
        orphans=Count("pk", filter=SUPPORTS_NOTHING & Q(local_reason="")),
        local=Count("pk", filter=SUPPORTS_NOTHING & ~Q(local_reason="")),
        deepest=Max("depth"),
        too_deep=Count("pk", filter=Q(depth__gt=USUAL_DEPTH)),
        near_copies=Count("pk", filter=Q(is_near_copy=True)),
    )
    return [_Group(*row) for row in rows.order_by()]


def _holds(on: date) -> Q:
    return Q(withdrawn_at=None, starts_on__lte=on, ends_on__gt=on)


def _weights(active: QuerySet[Goal], on: date) -> list[tuple[int | None, int, int]]:
    shares = GoalOwner.objects.on(on).filter(goal__in=active, weight__isnull=False).order_by()
    rows = shares.values_list("goal__top_objective_id").annotate(Sum("weight"), Count("pk"))
    return [(top, weight, n) for top, weight, n in rows]


def _waiting_for_a_unit(goals: QuerySet[Goal]) -> QuerySet[Goal]:
    """Shared goals with a proposal to which one of the units has not agreed yet."""
    said = Agreement.objects.filter(
        version=OuterRef(OuterRef("pk")), side=Side.UNIT, person=OuterRef("responsible")
    )
    silent = UnitPart.objects.filter(~Exists(said), goal=OuterRef("goal"))
    waiting = GoalVersion.objects.filter(
        Exists(silent),
        goal=OuterRef("pk"),
        proposed_at__isnull=False,
        agreed_at=None,
        ended_at=None,
    )
    states = (GoalState.PROPOSED, GoalState.ACTIVE)
    return goals.filter(Exists(waiting), scope=Scope.SHARED, state__in=states)
