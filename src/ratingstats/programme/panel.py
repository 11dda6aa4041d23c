"""Outcomes of units over periods, and when each unit began."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
NEVER = np.inf


@dataclass(frozen=True, slots=True)
class Panel:
    """N observations: of which unit (code), in which period, with what outcome.

    `start` has the first treated period of each of U units, infinite where never treated.
    Several observations of one unit in one period (people of a department) are fine.
    """

    outcome: Numbers
    unit: Codes
    period: Numbers
    start: Numbers
    labels: tuple[str, ...]

    @classmethod
    def of(
        cls, outcome: ArrayLike, unit: ArrayLike, period: ArrayLike, start: ArrayLike
    ) -> "Panel":
        """Take N outcomes, names of units, periods (numbers that grow) and starts (per row).

        A start of NaN or infinity is a unit never treated. Rows with a NaN outcome are left out.
        Raises ValueError if lengths differ or a unit has two different starts.
        """
        y, when = np.asarray(outcome, np.float64), np.asarray(period, np.float64)
        began = np.nan_to_num(np.asarray(start, np.float64), nan=NEVER, posinf=NEVER)
        named = np.asarray(unit).astype(str)
        if y.ndim != 1 or not y.shape == when.shape == began.shape == named.shape:
            msg = "Give one outcome, unit, period and start per observation."
            raise ValueError(msg)
        kept = np.isfinite(y)
        y, when, began, named = y[kept], when[kept], began[kept], named[kept]
        labels, first, code = np.unique(named, return_index=True, return_inverse=True)
        if np.any(began != began[first][code]):
            msg = "A unit starts once; give each unit one start in all its rows."
            raise ValueError(msg)
        names = tuple(str(label) for label in labels)
        return cls(y, code.astype(np.int64), when, began[first], names)

    @property
    def units(self) -> int:
        return len(self.labels)

    @property
    def periods(self) -> Numbers:
        return np.unique(self.period)

    @property
    def starts(self) -> Numbers:
        """The distinct periods in which units began."""
        return np.unique(self.start[np.isfinite(self.start)])

    @property
    def ever(self) -> NDArray[np.bool_]:
        """Whether each observation is of a unit that is treated at some time."""
        return np.asarray(np.isfinite(self.start[self.unit]), np.bool_)

    def among(self, chosen: NDArray[np.bool_]) -> "Panel":
        """The observations chosen (N booleans), with all units kept in their places."""
        return Panel(
            self.outcome[chosen], self.unit[chosen], self.period[chosen], self.start, self.labels
        )

    def means(self) -> Numbers:
        """U x T mean outcomes by unit and period; NaN where nothing was observed."""
        periods = self.periods
        cell = self.unit * len(periods) + np.searchsorted(periods, self.period)
        size = self.units * len(periods)
        n = np.bincount(cell, minlength=size)
        total = np.bincount(cell, weights=self.outcome, minlength=size)
        mean = np.divide(total, n, out=np.full(size, np.nan), where=n > 0)
        return np.asarray(mean.reshape(self.units, len(periods)), np.float64)
