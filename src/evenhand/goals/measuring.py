"""Working out again how far goals are, from the check-ins that count and the plan that stands.

A check-in counts unless another one corrects it, and unless the goal has since begun to measure
something else (`Goal.counts_from`). What a closed or dropped goal had stays as it was.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from evenhand.goals.figures import (
    PartFigures,
    PlanFigures,
    Sums,
    score_of_part,
    score_of_parts,
    score_of_plan,
)
from evenhand.goals.kinds import GoalState
from evenhand.goals.models import CheckIn, Goal, GoalPart
from evenhand.goals.rolling import roll_up
from evenhand.goals.scoring import ZERO
from evenhand.kernel.among import Among
from evenhand.kernel.bulk import batches, update_rows

AT_ONCE = 5_000
VALUE_STEP = Decimal("0.0001")
NEWEST_FIRST = (F("measured_on").desc(), F("id").desc())
HAS_VALUE = Q(value__isnull=False) | Q(numerator__isnull=False)
COUNTS = Q(correction=None) & (Q(goal__counts_from=None) | Q(at__gte=F("goal__counts_from")))
OF_GOAL = ("actual", "raw_score", "score", "confidence", "measured_on", "checked_in_at")
OF_PART = ("actual", "raw_score", "score")
SUMMED = ("measured_on", "value", "total", "numerators", "denominators")

Key = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class _Found:
    """What there is to measure some goals by: sums and last day of each goal and part, and so on.

    Values of a part no longer in use are among them, and are never asked for.
    """

    sums: Mapping[Key, Sums]
    days: Mapping[Key, date]
    parts: Mapping[int, list[PartFigures]]
    confidence: Mapping[int, int | None]
    checked_in_at: Mapping[int, datetime | None]

    def actual(self, key: Key, metric: str) -> Decimal | None:
        return self.sums[key].figure(metric) if key in self.sums else None


@transaction.atomic
def measure_goals(goal_ids: Iterable[int]) -> None:
    """Keep for each of these goals, and for its parts, how far it is now.

    What supports other goals is then rolled up. Many at once cost a few queries for every five
    thousand. Those that are not active stay as they are.
    """
    measured = _active(goal_ids)
    for ids in batches(measured, AT_ONCE):
        _measure(ids)
    roll_up(measured)


def check_ins_that_count() -> QuerySet[CheckIn]:
    """Those that are not corrected and speak of what the goal measures now."""
    return CheckIn.objects.filter(COUNTS)


def _active(goal_ids: Iterable[int]) -> list[int]:
    """Those that are measured now, in the order in which goals are locked everywhere."""
    active = Goal.objects.filter(state=GoalState.ACTIVE)
    found = [
        row
        for some in batches(sorted(set(goal_ids)), AT_ONCE)
        for row in active.filter(Among("pk", some)).order_by().values_list("depth", "pk")
    ]
    return [pk for _depth, pk in sorted(found, key=lambda row: (-row[0], row[1]))]


def _measure(ids: Sequence[int]) -> None:
    in_turn = Goal.objects.filter(Among("pk", ids)).order_by("-depth", "pk").select_for_update()
    plans = [PlanFigures(*row) for row in in_turn.values_list(*PlanFigures._fields)]
    found = _found(ids)
    update_rows(Goal, OF_GOAL, (_goal_row(plan, found) for plan in plans))
    update_rows(GoalPart, OF_PART, _part_rows(found))


def _goal_row(plan: PlanFigures, found: _Found) -> tuple[object, ...]:
    parts = found.parts.get(plan.pk, [])
    days = [found.days.get((plan.pk, part_id)) for part_id in (None, *(p.pk for p in parts))]
    if parts:
        actual = None
        score = score_of_parts(
            parts, {p.pk: found.actual((plan.pk, p.pk), p.metric) for p in parts}
        )
    else:
        actual = found.actual((plan.pk, None), plan.metric)
        score = score_of_plan(plan, actual)
    return (
        _kept(actual),
        score.raw,
        score.capped,
        found.confidence.get(plan.pk),
        max(filter(None, days), default=None),
        found.checked_in_at.get(plan.pk),
        plan.pk,
    )


def _part_rows(found: _Found) -> Iterator[tuple[object, ...]]:
    for parts in found.parts.values():
        for part in parts:
            actual = found.actual((part.goal_id, part.pk), part.metric)
            score = score_of_part(part, actual)
            yield _kept(actual), score.raw, score.capped, part.pk


def _kept(actual: Decimal | None) -> Decimal | None:
    return None if actual is None else actual.quantize(VALUE_STEP, ROUND_HALF_UP)


def _found(ids: Sequence[int]) -> _Found:
    said = check_ins_that_count().filter(Among("goal_id", ids)).order_by()
    sums, days = _sums(said)
    parts: defaultdict[int, list[PartFigures]] = defaultdict(list)
    in_use = GoalPart.objects.filter(Among("goal_id", ids), is_in_use=True).order_by("place", "pk")
    for row in in_use.values_list(*PartFigures._fields):
        parts[row[1]].append(PartFigures(*row))
    latest = said.values("goal_id").annotate(last=Max("at")).values_list("goal_id", "last")
    return _Found(sums, days, parts, dict(_confidence(said)), dict(latest))


def _sums(said: QuerySet[CheckIn]) -> tuple[dict[Key, Sums], dict[Key, date]]:
    """Of each goal and part the last value, what all of them add up to, and the last day."""
    each = [F("goal_id"), F("part_id")]
    found = (
        said.filter(HAS_VALUE)
        .annotate(
            place=Window(RowNumber(), partition_by=each, order_by=NEWEST_FIRST),
            total=Window(Sum("value"), partition_by=each),
            numerators=Window(Sum("numerator"), partition_by=each),
            denominators=Window(Sum("denominator"), partition_by=each),
        )
        .filter(place=1)
        .values_list("goal_id", "part_id", *SUMMED)
    )
    sums, days = {}, {}
    for goal_id, part_id, day, last, *added in found:
        sums[goal_id, part_id] = Sums(last, *(figure or ZERO for figure in added))
        days[goal_id, part_id] = day
    return sums, days


def _confidence(said: QuerySet[CheckIn]) -> QuerySet[CheckIn, tuple[int, int | None]]:
    """The last confidence somebody gave for each goal."""
    place = Window(RowNumber(), partition_by=F("goal_id"), order_by=NEWEST_FIRST)
    given = said.filter(confidence__isnull=False).annotate(place=place)
    return given.filter(place=1).values_list("goal_id", "confidence")
