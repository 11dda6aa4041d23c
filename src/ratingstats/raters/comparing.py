"""One rater beside all the others: what every question about a rater starts from."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ratingstats.groups.families import benjamini_hochberg

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
SHOW_FROM = 5
FLAG_FROM = 8
PAIR = 2
ALARM = 0.05


@dataclass(frozen=True, slots=True)
class Pool:
    """The ratings of all other raters: how many, their mean and standard deviation in points."""

    n: int
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Compared:
    """One rater's ratings, in the order they were given to us, beside the others'."""

    rater: int
    values: Numbers
    others: Pool

    @property
    def n(self) -> int:
        return len(self.values)


def rows_by_rater(rater: ArrayLike, raters: int) -> tuple[Codes, ...]:
    """Row numbers of each rater 0 .. raters-1, in their order; a code of -1 belongs to nobody."""
    codes = np.asarray(rater, dtype=np.int64)
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(raters + 1))
    return tuple(order[one:end] for one, end in pairwise(starts.tolist()))


def compared(values: ArrayLike, rater: ArrayLike, raters: int) -> tuple[Compared, ...]:
    """Each rater beside the rest. `values` (N,) in points, `rater` (N,) codes; NaN is left out.

    Raises ValueError where the lengths differ.
    """
    y, codes = np.asarray(values, dtype=np.float64), np.asarray(rater, dtype=np.int64)
    if y.shape != codes.shape:
        msg = "Give one rater for each rating."
        raise ValueError(msg)
    known = ~np.isnan(y) & (codes >= 0)
    y, codes = y[known], codes[known]
    centre = float(y.mean()) if len(y) else 0.0
    # Sums around the centre lose no digits where the spread is small beside the level.
    deviation = y - centre
    n = np.bincount(codes, minlength=raters)
    sums = np.bincount(codes, deviation, raters)
    squares = np.bincount(codes, deviation**2, raters)
    rest = zip(
        (len(y) - n).tolist(),
        sums.sum() - sums,
        np.maximum(squares.sum() - squares, 0),
        strict=True,
    )
    rows = rows_by_rater(codes, raters)
    return tuple(
        Compared(number, y[own], _pool(*others, centre))
        for number, (own, others) in enumerate(zip(rows, rest, strict=True))
    )


def _pool(n: int, total: float, squares: float, centre: float) -> Pool:
    if n < PAIR:
        return Pool(n, math.nan, math.nan)
    spread = max(0.0, float(squares) - float(total) ** 2 / n)
    return Pool(n, centre + float(total) / n, math.sqrt(spread / (n - 1)))


def false_discovery(p: Sequence[float]) -> tuple[float, ...]:
    """Benjamini-Hochberg q for each p; NaN (not tested) stays NaN and does not count as a test."""
    raw = np.asarray(p, dtype=np.float64)
    tested = ~np.isnan(raw)
    q = np.full(len(raw), math.nan)
    q[tested] = benjamini_hochberg(raw[tested])
    return tuple(q.tolist())
