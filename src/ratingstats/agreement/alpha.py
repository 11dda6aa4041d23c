"""Krippendorff's alpha: any number of raters, gaps allowed, nominal to ratio scales."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ratingstats.agreement.tables import PAIR, Interval, Numbers, as_table
from ratingstats.reasons import Reason
from ratingstats.status import Status

FEWEST_PEOPLE = 10
BOOTSTRAP = "percentile bootstrap over people"


class Metric(StrEnum):
    """What a difference between two ratings counts."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Alpha:
    """alpha over `n` people with at least two ratings each; `ratings` counts their ratings."""

    raw: float
    metric: Metric
    n: int
    ratings: int
    interval: Interval | None
    status: Status
    reason: Reason = Reason.NONE

    @property
    def shown(self) -> float:
        return max(0.0, self.raw)


@dataclass(frozen=True, slots=True)
class Resampling:
    """A bootstrap: its draws (0: none), the share inside its interval, the seed of its chance."""

    draws: int = 0
    level: float = 0.95
    seed: int = 0


NO_RESAMPLING = Resampling()


def krippendorff_alpha(
    ratings: ArrayLike, metric: Metric = Metric.ORDINAL, bootstrap: Resampling = NO_RESAMPLING
) -> Alpha:
    """Alpha is 1 - Do/De of a table people x raters, NaN where not rated (Krippendorff 2011).

    `bootstrap` draws people with replacement for an interval.
    """
    table = as_table(ratings)
    person = np.repeat(np.arange(len(table)), table.shape[1])
    return alpha_of_list(person, table.ravel(), metric, bootstrap)


def alpha_of_list(
    person: ArrayLike,
    value: ArrayLike,
    metric: Metric = Metric.ORDINAL,
    bootstrap: Resampling = NO_RESAMPLING,
) -> Alpha:
    """The same from a row per rating: `person` codes and `value`, both of length N.

    Raises ValueError where they differ in length, or a ratio scale has values below zero.
    """
    values, counts = _counts(np.asarray(person), np.asarray(value, dtype=np.float64))
    if metric is Metric.RATIO and len(values) and values[0] < 0:
        msg = "A ratio scale starts at zero; use the interval metric for these values."
        raise ValueError(msg)
    n, total = len(counts), int(counts.sum())
    if n < PAIR:
        return Alpha(math.nan, metric, n, total, None, Status.REFUSED, Reason.TOO_FEW)
    # People with the same set of ratings are alike: a bootstrap need only count each such set.
    sets, often = np.unique(counts, axis=0, return_counts=True)
    raw = _alpha(sets, often.astype(np.float64), values, metric)
    if math.isnan(raw):
        return Alpha(raw, metric, n, total, None, Status.REFUSED, Reason.NO_SPREAD)
    drawn = _drawn(sets, often, values, (metric, bootstrap))
    return Alpha(raw, metric, n, total, drawn, *_standing(raw, n))


def _standing(raw: float, n: int) -> tuple[Status, Reason]:
    if n < FEWEST_PEOPLE:
        return Status.CAUTION, Reason.TOO_FEW
    if raw < 0:
        return Status.CAUTION, Reason.BELOW_ZERO
    return Status.MEASURED, Reason.NONE


def _counts(person: NDArray[np.int64], value: Numbers) -> tuple[Numbers, Numbers]:
    """The values in use, and how often each person with two ratings or more got each of them."""
    if person.shape != value.shape or value.ndim != 1:
        msg = "Give as many people as values, one pair for each rating."
        raise ValueError(msg)
    given = ~np.isnan(value)
    _, who = np.unique(person[given], return_inverse=True)
    rated = value[given]
    paired = np.bincount(who, minlength=1)[who] >= PAIR if len(who) else given[given]
    values, which = np.unique(rated[paired], return_inverse=True)
    _, who = np.unique(who[paired], return_inverse=True)
    people = int(who.max()) + 1 if len(who) else 0
    cells = np.bincount(who * len(values) + which, minlength=people * len(values))
    return values, cells.reshape(people, len(values)).astype(np.float64)


def _alpha(sets: Numbers, often: Numbers, values: Numbers, metric: Metric) -> float:
    sizes = sets.sum(axis=1)
    margins = often @ sets
    delta = DIFFERENCES[metric](values, margins)
    observed = float(((sets @ delta) * sets).sum(axis=1) / (sizes - 1) @ often)
    expected = float(margins @ delta @ margins) / (margins.sum() - 1)
    return float(1 - observed / expected) if expected > 0 else math.nan


def _drawn(
    sets: Numbers, often: NDArray[np.int64], values: Numbers, how: tuple[Metric, Resampling]
) -> Interval | None:
    metric, bootstrap = how
    if bootstrap.draws < 1:
        return None
    rng = np.random.default_rng(bootstrap.seed)
    n = int(often.sum())
    weights = rng.multinomial(n, often / n, size=bootstrap.draws).astype(np.float64)
    found = np.array([_alpha(sets, weight, values, metric) for weight in weights])
    if np.isnan(found).all():
        return None
    outside = (1 - bootstrap.level) / 2
    low, high = np.nanquantile(found, [outside, 1 - outside])
    return Interval(float(low), float(high), BOOTSTRAP)


def _nominal(values: Numbers, margins: Numbers) -> Numbers:
    return 1 - np.eye(len(values))


def _ordinal(values: Numbers, margins: Numbers) -> Numbers:
    """Squared number of ratings from the middle of one level to the middle of the other."""
    middle = np.cumsum(margins) - margins / 2
    return np.asarray((middle[:, None] - middle[None, :]) ** 2)


def _interval(values: Numbers, margins: Numbers) -> Numbers:
    return np.asarray((values[:, None] - values[None, :]) ** 2)


def _ratio(values: Numbers, margins: Numbers) -> Numbers:
    total = values[:, None] + values[None, :]
    apart = values[:, None] - values[None, :]
    return np.asarray((apart / np.where(total == 0, 1, total)) ** 2)


DIFFERENCES: dict[Metric, Callable[[Numbers, Numbers], Numbers]] = {
    Metric.NOMINAL: _nominal,
    Metric.ORDINAL: _ordinal,
    Metric.INTERVAL: _interval,
    Metric.RATIO: _ratio,
}
