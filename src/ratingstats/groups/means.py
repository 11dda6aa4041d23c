"""Ratings as numbers: how far two groups' means lie apart, in points and in standard deviations."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ratingstats.groups.counts import UNKNOWN, Interval, normal_quantile
from ratingstats.status import Status

NOTICE = 0.2
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Sample:
    """People's ratings summed up: how many, their mean, their standard deviation (n - 1)."""

    n: int
    mean: float
    sd: float

    @classmethod
    def of(cls, values: ArrayLike) -> "Sample":
        """Sum up ratings, shape (n,)."""
        ratings = np.asarray(values, dtype=np.float64)
        if not ratings.size:
            return cls(0, math.nan, math.nan)
        sd = float(ratings.std(ddof=1)) if ratings.size > 1 else math.nan
        return cls(int(ratings.size), float(ratings.mean()), sd)


@dataclass(frozen=True, slots=True)
class StandardizedDifference:
    """Focal minus reference: in points, as Cohen's d and as Hedges' g with error and interval.

    `is_notable` where |g| is at least 0.2 and its interval leaves out nought.
    """

    difference: float
    pooled_sd: float
    d: float
    g: float
    se: float
    interval: Interval
    is_notable: bool
    status: Status
    reason: str


def standardized_difference(
    focal: Sample, reference: Sample, level: float = 0.95
) -> StandardizedDifference:
    """Cohen's d and Hedges' g = d (1 - 3 / (4 (n1 + n2 - 2) - 1)).

    SE^2 = (n1 + n2) / (n1 n2) + g^2 / (2 (n1 + n2)). Hedges (1981), Journal of Educational
    Statistics 6, 107-128. REFUSED below two people a group or where all ratings are alike.
    """
    if min(focal.n, reference.n) < FEWEST:
        return _refused(focal, reference, "Fewer than two people in a group.")
    n1, n2 = focal.n, reference.n
    pooled = math.sqrt(((n1 - 1) * focal.sd**2 + (n2 - 1) * reference.sd**2) / (n1 + n2 - 2))
    if not pooled:
        return _refused(focal, reference, "All ratings within the groups are alike.")
    d = (focal.mean - reference.mean) / pooled
    g = d * (1 - 3 / (4 * (n1 + n2 - 2) - 1))
    se = math.sqrt((n1 + n2) / (n1 * n2) + g * g / (2 * (n1 + n2)))
    half = normal_quantile(level) * se
    return StandardizedDifference(
        difference=focal.mean - reference.mean,
        pooled_sd=pooled,
        d=d,
        g=g,
        se=se,
        interval=(g - half, g + half),
        is_notable=abs(g) >= NOTICE and abs(g) > half,
        status=Status.MEASURED,
        reason="",
    )


def relative_gap(focal_mean: float, reference_mean: float) -> float:
    """The gap as a share of the reference's mean, (reference - focal) / reference: of pay, mostly.

    Directive (EU) 2023/970 asks for a joint assessment from 0.05 on. NaN where the reference's mean
    is not above 0.
    """
    if not reference_mean > 0:
        return math.nan
    return (reference_mean - focal_mean) / reference_mean


def _refused(focal: Sample, reference: Sample, reason: str) -> StandardizedDifference:
    nan = math.nan
    return StandardizedDifference(
        difference=focal.mean - reference.mean,
        pooled_sd=nan,
        d=nan,
        g=nan,
        se=nan,
        interval=UNKNOWN,
        is_notable=False,
        status=Status.REFUSED,
        reason=reason,
    )
