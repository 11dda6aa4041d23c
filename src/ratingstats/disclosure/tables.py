"""Tables of counts or rates by two facts or more, with or without their totals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ratingstats.disclosure.rules import Rules, Why

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """A table as it may be shown. Every array has the shape of the table and its totals, R+1 by C+1.

    The last row holds the column totals, the last column the row totals, the corner the total.
    `shown` is NaN where hidden; `hidden` says where; `why` holds `Why` values.
    """

    shown: NDArray[np.float64]
    hidden: Mask
    why: NDArray[np.object_]

    @property
    def cells(self) -> NDArray[np.float64]:
        """The table without its totals, R by C."""
        return self.shown[tuple(slice(0, -1) for _ in self.shown.shape)]


@dataclass(frozen=True, slots=True)
class ReleasedRates:
    """A table of rates as it may be shown; a cell is shown whole (`happened`, `of`) or not at all."""

    happened: NDArray[np.float64]
    of: NDArray[np.float64]
    hidden: Mask
    why: NDArray[np.object_]

    @property
    def rate(self) -> NDArray[np.float64]:
        """R+1 by C+1 with the totals; NaN where hidden or where nobody is."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return self.happened / self.of


@dataclass(frozen=True, slots=True)
class HiddenCell:
    """What a reader can work out about one hidden cell from all that is shown."""

    place: tuple[int, ...]
    value: int
    low: float
    high: float
    needed: float

    @property
    def width(self) -> float:
        return self.high - self.low

    @property
    def is_safe(self) -> bool:
        return self.width >= self.needed - 1e-6


def release_table(
    counts: Counts,
    rules: Rules,
    *,
    totals_are_shown: bool = True,
    labels: Sequence[Sequence[str]] | None = None,
) -> ReleasedTable:
    """Hide cells of fewer than k and, with the least loss, what would give them away.

    `counts` is R by C (or has more axes). `labels` (the names along each axis) break ties, so that
    the order of rows and columns never changes what is hidden.
    """
    raise NotImplementedError


def release_table_of_rates(
    happened: Counts, of: Counts, rules: Rules, *, labels: Sequence[Sequence[str]] | None = None
) -> ReleasedRates:
    """Hide cells of fewer than k, of 0 % or 100 % below 2 k, and what would give them away."""
    raise NotImplementedError


def audit_table(
    counts: Counts, hidden: Mask, rules: Rules, *, totals_are_shown: bool = True
) -> tuple[HiddenCell, ...]:
    """For each hidden cell the interval a reader can narrow it down to, by linear programming.

    `counts` R by C; `hidden` R by C (cells only) or R+1 by C+1 (cells and totals).
    """
    raise NotImplementedError
