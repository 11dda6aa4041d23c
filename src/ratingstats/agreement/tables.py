"""What coefficients of agreement share: tables of people by raters, and intervals with a name."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
PAIR = 2


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits and the formula they come from; programs differ in it, so it always has its name."""

    low: float
    high: float
    formula: str


def as_table(ratings: ArrayLike) -> Numbers:
    """People by raters as floats; raises ValueError for anything that is not a table."""
    table = np.asarray(ratings, dtype=np.float64)
    if table.ndim != PAIR:
        msg = "Give a table with a row for each person and a column for each rater."
        raise ValueError(msg)
    return table


def complete_rows(table: Numbers) -> Numbers:
    """The people whom every rater has rated."""
    return table[~np.isnan(table).any(axis=1)]
