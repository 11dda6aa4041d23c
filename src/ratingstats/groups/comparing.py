"""Two groups beside each other: every usual measure of how far apart their rates are."""

import math
from dataclasses import dataclass, replace

from scipy.special import ndtr

from ratingstats.groups.counts import (
    UNKNOWN,
    Counted,
    Interval,
    above_five_fourths,
    below_four_fifths,
    normal_quantile,
    wilson,
)
from ratingstats.groups.exact import Exact, fisher

POWER = 0.80


@dataclass(frozen=True, slots=True)
class Comparison:
    """A focal group against the reference, for an event counted as `focal` and `reference`.

    `ratio` is rate over rate (the impact ratio where the event is favourable), `difference` rate
    minus rate, both with intervals; `z` and `chi2` pool the rate; `odds_ratio` has no correction;
    `h` is Cohen's distance (never negative); `shortfall` is how many people fewer than at the
    overall rate; `flipped_ratio` is the ratio if one focal person more and one reference person
    fewer had it. NaN where a number does not exist.
    """

    focal: Counted
    reference: Counted
    level: float
    ratio: float
    ratio_interval: Interval
    below_four_fifths: bool
    difference: float
    difference_interval: Interval
    z: float
    p_z: float
    chi2: float
    exact: Exact
    odds_ratio: float
    h: float
    shortfall: float
    flipped_ratio: float
    is_stable: bool


@dataclass(frozen=True, slots=True)
class AdverseComparison:
    """An event nobody wants, seen from both sides.

    `spared` compares the rates of those to whom it did not happen (four-fifths as usual), `struck`
    those to whom it did. `is_struck_more` says that the adverse rate exceeds 5/4 of the
    reference's, which the complement hardly shows when the event is rare.
    """

    spared: Comparison
    struck: Comparison
    is_struck_more: bool


def compare(focal: Counted, reference: Counted, level: float = 0.95) -> Comparison:
    """Compare the rate of a focal group with that of the reference.

    Intervals: ratio by the logarithm (Katz et al. 1978, Biometrics 34, 469-474, half a person added
    to each number where one is empty); difference by Newcombe's method 10 (1998, Statistics in
    Medicine 17, 873-890).

    Raises ValueError where a group has no people: leave it out instead.
    """
    if not focal.n or not reference.n:
        msg = "Compare groups that have people; leave out those that have none."
        raise ValueError(msg)
    z = _pooled_z(focal, reference)
    flipped = _flip(focal, reference)
    return Comparison(
        focal=focal,
        reference=reference,
        level=level,
        ratio=_ratio(focal, reference),
        ratio_interval=_ratio_interval(focal, reference, level),
        below_four_fifths=below_four_fifths(focal, reference),
        difference=focal.rate - reference.rate,
        difference_interval=_difference_interval(focal, reference, level),
        z=z,
        p_z=2 * float(ndtr(-abs(z))) if not math.isnan(z) else 1.0,
        chi2=z * z,
        exact=fisher(focal, reference),
        odds_ratio=_odds_ratio(focal, reference),
        h=cohen_h(focal, reference),
        shortfall=_shortfall(focal, reference),
        flipped_ratio=_ratio(*flipped),
        is_stable=below_four_fifths(focal, reference) == below_four_fifths(*flipped),
    )


def compare_adverse(focal: Counted, reference: Counted, level: float = 0.95) -> AdverseComparison:
    """Compare how often something unwelcome happens, as rates and as rates of its complement."""
    return AdverseComparison(
        spared=compare(focal.complement, reference.complement, level),
        struck=compare(focal, reference, level),
        is_struck_more=above_five_fourths(focal, reference),
    )


def cohen_h(focal: Counted, reference: Counted) -> float:
    """The distance |2 asin sqrt(p1) - 2 asin sqrt(p2)|; .2 is small, .5 medium, .8 large.

    Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, chapter 6.
    """
    return abs(2 * math.asin(math.sqrt(focal.rate)) - 2 * math.asin(math.sqrt(reference.rate)))


def smallest_visible_difference(n1: int, n2: int, rate: float, level: float = 0.95) -> float:
    """The smallest difference of two rates that 80 of 100 such comparisons would have shown.

    (z + 0.84) sqrt(p (1 - p) (1/n1 + 1/n2)), as a share (0.245 is 24.5 points); NaN without people.
    """
    if not n1 or not n2:
        return math.nan
    reach = normal_quantile(level) + normal_quantile(2 * POWER - 1)
    return reach * math.sqrt(rate * (1 - rate) * (1 / n1 + 1 / n2))


def _ratio(focal: Counted, reference: Counted) -> float:
    if not reference.x:
        return math.nan
    return (focal.x * reference.n) / (reference.x * focal.n)


def _ratio_interval(focal: Counted, reference: Counted, level: float) -> Interval:
    if not reference.x and not focal.x:
        return UNKNOWN
    add = 0.5 if not focal.x or not reference.x else 0.0
    x1, n1, x2, n2 = focal.x + add, focal.n + add, reference.x + add, reference.n + add
    middle = math.log((x1 / n1) / (x2 / n2))
    half = normal_quantile(level) * math.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2)
    return (math.exp(middle - half), math.exp(middle + half))


def _difference_interval(focal: Counted, reference: Counted, level: float) -> Interval:
    low1, high1 = wilson(focal, level)
    low2, high2 = wilson(reference, level)
    p1, p2 = focal.rate, reference.rate
    difference = p1 - p2
    return (
        difference - math.hypot(p1 - low1, high2 - p2),
        difference + math.hypot(high1 - p1, p2 - low2),
    )


def _pooled_z(focal: Counted, reference: Counted) -> float:
    p = (focal.x + reference.x) / (focal.n + reference.n)
    spread = math.sqrt(p * (1 - p) * (1 / focal.n + 1 / reference.n))
    return (focal.rate - reference.rate) / spread if spread else math.nan


def _odds_ratio(focal: Counted, reference: Counted) -> float:
    with_it = focal.x * (reference.n - reference.x)
    without = reference.x * (focal.n - focal.x)
    if not without:
        return math.inf if with_it else math.nan
    return with_it / without


def _shortfall(focal: Counted, reference: Counted) -> float:
    overall = (focal.x + reference.x) / (focal.n + reference.n)
    return focal.n * overall - focal.x


def _flip(focal: Counted, reference: Counted) -> tuple[Counted, Counted]:
    return (
        replace(focal, x=min(focal.n, focal.x + 1)),
        replace(reference, x=max(0, reference.x - 1)),
    )
