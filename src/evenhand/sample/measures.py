"""Believable figures for goals, and what was measured on the way to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from evenhand.goals.kinds import GoalKind, Metric
from evenhand.goals.library import LibraryDraft, LibraryPart

STEP = Decimal("0.1")
NOISE = 0.05
ARRIVED = 1.12
DONE_AT = 0.8


@dataclass(frozen=True, slots=True)
class PartFigures:
    """A key result or a milestone, with its way."""

    title: str
    weight: int
    metric: str
    unit_of_measure: str
    baseline: Decimal | None
    target: Decimal | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The way of a goal, or the limits it keeps within, or its parts."""

    baseline: Decimal | None = None
    target: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    tolerance: Decimal | None = None
    parts: tuple[PartFigures, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """What was measured at a share of the time; for a part, with its place."""

    elapsed: float
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    part: int | None = None


def figures_for(draft: LibraryDraft, rng: Random) -> Figures:
    match draft.kind:
        case GoalKind.MAINTAIN:
            middle = rng.randint(20, 90)
            low, high = _rounded(middle * 0.92), _rounded(middle * 1.08)
            return Figures(low=low, high=high, tolerance=_rounded(middle * 0.15))
        case GoalKind.YES_NO:
            return Figures()
        case GoalKind.OKR | GoalKind.MILESTONES:
            return Figures(parts=tuple(_part(part, rng) for part in draft.parts))
        case GoalKind.LEARNING:
            return Figures(Decimal(0), Decimal(rng.randint(2, 5)))
    return Figures(*_way(draft.metric, draft.unit_of_measure, draft.direction, rng))


def values_on_the_way(
    draft: LibraryDraft, figures: Figures, pace: float, moments: list[float], rng: Random
) -> Iterator[Value]:
    """What was measured at these shares of the time by somebody who goes at this pace."""
    if figures.parts:
        yield from _of_parts(figures.parts, pace, moments, rng)
    elif draft.kind == GoalKind.MAINTAIN and figures.low is not None and figures.high is not None:
        yield from _between(figures.low, figures.high, pace, moments, rng)
    elif draft.kind == GoalKind.YES_NO:
        done = next((moment for moment in moments if moment * pace > DONE_AT), None)
        if done is not None:
            yield Value(done, Decimal(1))
    else:
        metric = Metric.CUMULATIVE if draft.kind == GoalKind.LEARNING else Metric(draft.metric)
        yield from _along(
            figures.baseline, figures.target, metric, _shares(pace, moments, rng), rng
        )


def _part(part: LibraryPart, rng: Random) -> PartFigures:
    way = (
        _way(part.metric, part.unit_of_measure, part.direction, rng) if part.metric else (None,) * 2
    )
    return PartFigures(part.title, part.weight, part.metric, part.unit_of_measure, *way)


def _way(
    metric: str, unit: str, direction: str, rng: Random
) -> tuple[Decimal | None, Decimal | None]:
    """From where to where. What adds up begins at nought."""
    if metric == Metric.CUMULATIVE:
        return Decimal(0), Decimal(rng.choice((6, 8, 10, 12, 20, 24, 30, 40, 60, 120)))
    if unit == "%":
        start = rng.randint(8, 25) if direction == "down" else rng.randint(52, 82)
        change = rng.randint(3, 7) if direction == "down" else rng.randint(6, 14)
        return Decimal(start), Decimal(start - change if direction == "down" else start + change)
    start = rng.randint(10, 90)
    share = rng.uniform(0.55, 0.8) if direction == "down" else rng.uniform(1.2, 1.6)
    return Decimal(start), _rounded(start * share)


def _shares(pace: float, moments: list[float], rng: Random) -> list[tuple[float, float]]:
    return [
        (moment, max(-0.1, min(ARRIVED, moment * pace + rng.gauss(0, NOISE)))) for moment in moments
    ]


def _along(
    baseline: Decimal | None,
    target: Decimal | None,
    metric: Metric,
    shares: list[tuple[float, float]],
    rng: Random,
) -> Iterator[Value]:
    if baseline is None or target is None:
        return
    whole, before = float(target - baseline), 0.0
    for moment, share in shares:
        reached = float(baseline) + whole * share
        if metric == Metric.CUMULATIVE:
            added = max(0, round(whole * max(0.0, share - before)))
            before = max(before, share)
            yield Value(moment, Decimal(added))
        elif metric == Metric.RATE:
            cases = rng.randint(40, 160)
            part = min(cases, max(0, round(cases * reached / 100)))
            yield Value(moment, numerator=Decimal(part), denominator=Decimal(cases))
        else:
            yield Value(moment, _rounded(reached))


def _between(
    low: Decimal, high: Decimal, pace: float, moments: list[float], rng: Random
) -> Iterator[Value]:
    middle, reach = float(low + high) / 2, float(high - low) / 2
    for moment in moments:
        yield Value(moment, _rounded(middle + reach * rng.gauss(0, 0.9 / max(0.4, pace))))


def _of_parts(
    parts: tuple[PartFigures, ...], pace: float, moments: list[float], rng: Random
) -> Iterator[Value]:
    for place, part in enumerate(parts):
        if part.metric:
            shares = _shares(pace * rng.uniform(0.8, 1.2), moments, rng)
            found = _along(part.baseline, part.target, Metric(part.metric), shares, rng)
            yield from (
                Value(one.elapsed, one.value, one.numerator, one.denominator, place)
                for one in found
            )
        else:
            due = (place + 1) / len(parts) * rng.uniform(0.85, 1.15)
            reached = next((moment for moment in moments if moment * pace >= due), None)
            if reached is not None:
                yield Value(reached, Decimal(1), part=place)


def _rounded(value: float) -> Decimal:
    return Decimal(str(value)).quantize(STEP, ROUND_HALF_UP)
