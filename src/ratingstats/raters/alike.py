"""Whether raters rate people like themselves higher: for the organization only, never one rater."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from ratingstats.raters.comparing import Numbers
from ratingstats.reasons import Reason
from ratingstats.status import Status

FEWEST_RATINGS = 10
FEWEST_RATERS = 5
MATTERS = 0.15


@dataclass(frozen=True, slots=True)
class Alike:
    """How much higher ratings are where rater and person are of the same group, in points.

    Interval by sums over raters (cluster-robust, t with raters - 1 degrees of freedom), because
    the ratings of one rater are not independent. `smallest` is the smallest cell.
    """

    difference: float
    low: float
    high: float
    n: int
    raters: int
    smallest: int
    status: Status
    reason: Reason = Reason.NONE

    @property
    def is_flagged(self) -> bool:
        off_zero = self.low > 0 or self.high < 0
        return self.status is Status.MEASURED and off_zero and abs(self.difference) >= MATTERS


def same_group(
    residual: ArrayLike, same: ArrayLike, rater: ArrayLike, *, level: float = 0.95
) -> Alike:
    """mean(e | same group) - mean(e | other group), e after grade, unit and the rater's own mean.

    `residual` (N,) in points, `same` (N,) true or false, `rater` (N,) codes. Refused below ten
    ratings of either kind or five raters.
    """
    is_same = np.asarray(same, dtype=bool)
    cells = np.where(is_same, 0, 1)
    return _weighted(
        np.asarray(residual, np.float64), cells, np.asarray(rater), ((1.0, -1.0), level)
    )


def two_by_two(
    residual: ArrayLike, groups: ArrayLike, rater: ArrayLike, *, level: float = 0.95
) -> Alike:
    """((AA - AB) - (BA - BB))/2 of mean residuals, first letter the rater's group.

    `groups` is (N, 2), true where rater, and where person, is of group A. Free of raters of A
    being lenient to everybody, and of people of A being rated higher by everybody. Refused below
    ten ratings in a cell, or five raters in either group.
    """
    is_a = np.asarray(groups, dtype=bool)
    codes = np.asarray(rater)
    cells = 2 * (~is_a[:, 0]) + ~is_a[:, 1]
    found = _weighted(
        np.asarray(residual, np.float64), cells, codes, ((0.5, -0.5, -0.5, 0.5), level)
    )
    fewest = min(len(np.unique(codes[is_a[:, 0]])), len(np.unique(codes[~is_a[:, 0]])))
    if found.status is Status.MEASURED and fewest < FEWEST_RATERS:
        return _refused(found.n, found.raters, found.smallest)
    return found


def _weighted(
    e: Numbers,
    cells: NDArray[np.int64],
    rater: NDArray[np.int64],
    how: tuple[tuple[float, ...], float],
) -> Alike:
    signs, level = how
    sizes = np.bincount(cells, minlength=len(signs))
    _, codes = np.unique(rater, return_inverse=True)
    raters = int(codes.max(initial=-1)) + 1
    if sizes.min() < FEWEST_RATINGS or raters < FEWEST_RATERS:
        return _refused(len(e), raters, int(sizes.min()))
    means = np.bincount(cells, e, len(signs)) / sizes
    share = np.asarray(signs) / sizes
    by_rater = np.bincount(codes, share[cells] * (e - means[cells]), raters)
    error = math.sqrt(float(by_rater @ by_rater) * raters / (raters - 1))
    difference = float(np.asarray(signs) @ means)
    reach = float(special.stdtrit(raters - 1, (1 + level) / 2)) * error
    limits = difference - reach, difference + reach
    return Alike(difference, *limits, len(e), raters, int(sizes.min()), Status.MEASURED)


def _refused(n: int, raters: int, smallest: int) -> Alike:
    nan = math.nan
    return Alike(nan, nan, nan, n, raters, smallest, Status.REFUSED, Reason.TOO_FEW)
