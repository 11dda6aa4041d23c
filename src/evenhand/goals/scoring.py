"""How far a goal is: the score of its own measurements, 0 to 1, in exact decimals.

    linear    = (actual - baseline) / (target - baseline), also where lower is better
    maintain  = 1 within the limits, outside 1 - distance / tolerance, never below 0
    parts     = sum(weight * score) / sum(weight), over key results or milestones that have a score
    yes or no = 1 or 0

A score is capped to 0..1; the raw one is kept beside it. Without a value there is no score.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from evenhand.goals.kinds import Metric

ZERO, ONE = Decimal(0), Decimal(1)
SCORE_STEP = Decimal("0.000001")
MOST_RAW = Decimal("99999999")


@dataclass(frozen=True, slots=True)
class Measurement:
    """One value of a check-in that counts; a rate has its numerator and denominator instead."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A score as it counts and as it was, and the share of the weight that has one."""

    raw: Decimal | None
    capped: Decimal | None
    coverage: Decimal = ONE


NO_SCORE = Score(None, None, ZERO)


def actual_of(measurements: Sequence[Measurement], metric: str) -> Decimal | None:
    """The figure several measurements (oldest first) make; None without any.

    A sum for what adds up, the last for a level, all numerators by all denominators for a rate
    (never the mean of rates), times 100: rates are told in percent.
    """
    if metric == Metric.RATE:
        pairs = [(m.numerator, m.denominator) for m in measurements]
        tops = [top for top, below in pairs if top is not None and below is not None]
        below = sum((b for top, b in pairs if top is not None and b is not None), ZERO)
        return sum(tops, ZERO) * 100 / below if below else None
    values = [m.value for m in measurements if m.value is not None]
    if not values:
        return None
    return sum(values, ZERO) if metric == Metric.CUMULATIVE else values[-1]


def linear(baseline: Decimal | None, target: Decimal | None, actual: Decimal | None) -> Score:
    """How much of the way from baseline to target is gone.

    Raises ValueError where they are the same: then there is no way to go.
    """
    if baseline is None or target is None or actual is None:
        return NO_SCORE
    if target == baseline:
        message = "Target and baseline are the same, so no score can be worked out."
        raise ValueError(message)
    return _score((actual - baseline) / (target - baseline))


def maintain(
    actual: Decimal | None, low: Decimal | None, high: Decimal | None, tolerance: Decimal | None
) -> Score:
    """Whether a figure stayed within its limits; an open limit is None."""
    if actual is None:
        return NO_SCORE
    below = low - actual if low is not None else ZERO
    above = actual - high if high is not None else ZERO
    distance = max(ZERO, below, above)
    if not distance:
        return _score(ONE)
    return _score(ONE - distance / tolerance if tolerance else ZERO)


def yes_or_no(actual: Decimal | None) -> Score:
    """Done or not done; nothing in between."""
    return NO_SCORE if actual is None else _score(ONE if actual >= ONE else ZERO)


def weighted(rows: Iterable[tuple[int, Score]]) -> Score:
    """The mean of scores by whole weights, over those that have one, and how much weight it is."""
    known = list(rows)
    whole = sum(weight for weight, _score in known)
    scored = [(weight, s.capped) for weight, s in known if s.capped is not None]
    counted = sum(weight for weight, _capped in scored)
    if not whole or not counted:
        return NO_SCORE
    mean = sum((weight * capped for weight, capped in scored), ZERO) / counted
    return Score(stepped(mean), stepped(mean), stepped(Decimal(counted) / whole))


def milestones(rows: Iterable[tuple[int, Decimal | None]]) -> Score:
    """The weight of what is reached, out of all: a milestone not yet reached counts 0."""
    known = list(rows)
    whole = sum(weight for weight, _actual in known)
    if not whole or all(actual is None for _weight, actual in known):
        return NO_SCORE
    reached = sum(weight for weight, actual in known if actual is not None and actual >= ONE)
    return _score(Decimal(reached) / whole)


def payout(actual: Decimal, *, threshold: Decimal, target: Decimal, stretch: Decimal) -> Decimal:
    """What a reward plan would count: 0.5 at the threshold, 1 at the target, 1.5 from the stretch.

    Straight lines between, 0 below the threshold. Also where lower is better.
    """
    sign = ONE if target >= threshold else -ONE
    at, low, mid, high = (sign * value for value in (actual, threshold, target, stretch))
    if not low < mid < high:
        message = "Threshold, target and stretch must follow each other in one direction."
        raise ValueError(message)
    half = Decimal("0.5")
    if at < low:
        return ZERO
    if at < mid:
        return half + half * (at - low) / (mid - low)
    return ONE + half * min(ONE, (at - mid) / (high - mid))


def stepped(value: Decimal) -> Decimal:
    return value.quantize(SCORE_STEP, ROUND_HALF_UP)


def _score(raw: Decimal) -> Score:
    kept = max(-MOST_RAW, min(MOST_RAW, raw))
    return Score(stepped(kept), stepped(min(ONE, max(ZERO, raw))))
