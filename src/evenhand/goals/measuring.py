"""Working out again how far goals are, from the check-ins that count and the plan that stands.

A check-in counts unless another one corrects it, and unless the goal has since begun to measure
something else (`Goal.counts_from`). What a closed or dropped goal had stays as it was.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from evenhand.goals.kinds import GoalKind, GoalState, Metric
from evenhand.goals.models import CheckIn, Goal, GoalPart
from evenhand.goals.rolling import roll_up
from evenhand.goals.scoring import (
    NO_SCORE,
    Measurement,
    Score,
    actual_of,
    linear,
    maintain,
    milestones,
    weighted,
    yes_or_no,
)
from evenhand.kernel.bulk import batches, update_rows

AT_ONCE = 5_000
VALUE_STEP = Decimal("0.0001")
HAS_VALUE = Q(value__isnull=False) | Q(numerator__isnull=False)
COUNTS = Q(correction=None) & (Q(goal__counts_from=None) | Q(at__gte=F("goal__counts_from")))
NEWEST_FIRST = (F("measured_on").desc(), F("id").desc())
OF_GOAL = ("actual", "raw_score", "score", "confidence", "measured_on", "checked_in_at")
OF_PART = ("actual", "raw_score", "score")

Key = tuple[int, int | None]


class _Plan(NamedTuple):
    """What of a goal, or of a part of it, its score follows from."""

    pk: int
    kind: str
    metric: str
    baseline: Decimal | None
    target: Decimal | None
    low: Decimal | None
    high: Decimal | None
    tolerance: Decimal | None


class _Part(NamedTuple):
    pk: int
    goal_id: int
    metric: str
    baseline: Decimal | None
    target: Decimal | None
    weight: int


class _Last(NamedTuple):
    """The last value of a goal or a part, and the sums of all."""

    goal_id: int
    part_id: int | None
    measured_on: date
    value: Decimal | None
    total: Decimal | None
    numerators: Decimal | None
    denominators: Decimal | None


@dataclass(frozen=True, slots=True)
class _Found:
    """What there is to measure some goals by."""

    values: Mapping[Key, _Last]
    parts: Mapping[int, list[_Part]]
    confidence: Mapping[int, int | None]
    checked_in_at: Mapping[int, datetime | None]


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


def score_of(plan: _Plan, actual: Decimal | None) -> Score:
    """The score of a goal without parts. A plan that cannot be scored has none."""
    if plan.kind == GoalKind.MAINTAIN:
        return maintain(actual, plan.low, plan.high, plan.tolerance)
    if plan.kind == GoalKind.YES_NO or plan.target is None:
        return yes_or_no(actual)
    return NO_SCORE if plan.baseline == plan.target else linear(plan.baseline, plan.target, actual)


def _active(goal_ids: Iterable[int]) -> list[int]:
    """Those that are measured now, in the order in which goals are locked everywhere."""
    active = Goal.objects.filter(state=GoalState.ACTIVE)
    found = [
        row
        for some in batches(sorted(set(goal_ids)), AT_ONCE)
        for row in active.filter(pk__in=some).order_by().values_list("depth", "pk")
    ]
    return [pk for _depth, pk in sorted(found, key=lambda row: (-row[0], row[1]))]


def _measure(ids: Sequence[int]) -> None:
    in_turn = Goal.objects.filter(pk__in=ids).order_by("-depth", "pk").select_for_update()
    plans = [_Plan(*row) for row in in_turn.values_list(*_Plan._fields)]
    found = _found(ids)
    of_parts = {
        part.pk: _score_of_part(part, found.values)
        for parts in found.parts.values()
        for part in parts
    }
    update_rows(Goal, OF_GOAL, (_row(plan, found, of_parts) for plan in plans))
    update_rows(
        GoalPart,
        OF_PART,
        ((_kept(actual), s.raw, s.capped, pk) for pk, (actual, s) in of_parts.items()),
    )


def _row(
    plan: _Plan, found: _Found, of_parts: Mapping[int, tuple[Decimal | None, Score]]
) -> tuple[object, ...]:
    parts = found.parts.get(plan.pk, [])
    days = [
        found.values[key].measured_on
        for key in ((plan.pk, part_id) for part_id in (None, *(part.pk for part in parts)))
        if key in found.values
    ]
    if parts:
        actual, score = None, _score_of_parts(parts, of_parts)
    else:
        actual = _actual(found.values.get((plan.pk, None)), plan.metric)
        score = score_of(plan, actual)
    return (
        _kept(actual),
        score.raw,
        score.capped,
        found.confidence.get(plan.pk),
        max(days, default=None),
        found.checked_in_at.get(plan.pk),
        plan.pk,
    )


def _score_of_part(part: _Part, values: Mapping[Key, _Last]) -> tuple[Decimal | None, Score]:
    actual = _actual(values.get((part.goal_id, part.pk)), part.metric)
    if not part.metric:
        return actual, yes_or_no(actual)
    if part.baseline == part.target:
        return actual, NO_SCORE
    return actual, linear(part.baseline, part.target, actual)


def _score_of_parts(
    parts: Iterable[_Part], of_parts: Mapping[int, tuple[Decimal | None, Score]]
) -> Score:
    known = [(part, *of_parts[part.pk]) for part in parts]
    if all(not part.metric for part, _actual, _score in known):
        return milestones((part.weight, actual) for part, actual, _score in known)
    return weighted((part.weight, score) for part, _actual, score in known)


def _actual(last: _Last | None, metric: str) -> Decimal | None:
    """The sums are what the values make one by one, so one measurement stands for all."""
    if last is None:
        return None
    value = last.total if metric == Metric.CUMULATIVE else last.value
    return actual_of([Measurement(value, last.numerators, last.denominators)], metric)


def _kept(actual: Decimal | None) -> Decimal | None:
    return None if actual is None else actual.quantize(VALUE_STEP, ROUND_HALF_UP)


def _found(ids: Sequence[int]) -> _Found:
    said = check_ins_that_count().filter(goal__in=ids).order_by()
    parts: defaultdict[int, list[_Part]] = defaultdict(list)
    in_use = GoalPart.objects.filter(goal__in=ids, is_in_use=True).order_by("place", "pk")
    for row in in_use.values_list(*_Part._fields):
        parts[row[1]].append(_Part(*row))
    latest = said.values("goal_id").annotate(last=Max("at")).values_list("goal_id", "last")
    return _Found(
        values={(row[0], row[1]): _Last(*row) for row in _values(said)},
        parts=parts,
        confidence=dict(_confidence(said)),
        checked_in_at=dict(latest),
    )


def _values(said: QuerySet[CheckIn]) -> QuerySet[CheckIn, Any]:
    """The last value of each goal and part, with the sums of all of them."""
    each = [F("goal_id"), F("part_id")]
    return (
        said.filter(HAS_VALUE)
        .annotate(
            place=Window(RowNumber(), partition_by=each, order_by=NEWEST_FIRST),
            total=Window(Sum("value"), partition_by=each),
            numerators=Window(Sum("numerator"), partition_by=each),
            denominators=Window(Sum("denominator"), partition_by=each),
        )
        .filter(place=1)
        .values_list(*_Last._fields)
    )


def _confidence(said: QuerySet[CheckIn]) -> QuerySet[CheckIn, tuple[int, int | None]]:
    """The last confidence somebody gave for each goal."""
    place = Window(RowNumber(), partition_by=F("goal_id"), order_by=NEWEST_FIRST)
    given = said.filter(confidence__isnull=False).annotate(place=place)
    return given.filter(place=1).values_list("goal_id", "confidence")
