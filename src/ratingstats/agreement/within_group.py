"""Agreement of several raters about one person or team: rwg and rwg(j)."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ratingstats.agreement.tables import PAIR, as_table, complete_rows
from ratingstats.reasons import Reason
from ratingstats.status import Status

FEWEST_RATERS = 4


@dataclass(frozen=True, slots=True)
class WithinGroup:
    """rwg as computed (`raw`, it can be below zero) and as told (`shown`, from 0 to 1)."""

    raw: float
    n: int
    status: Status
    reason: Reason = Reason.NONE

    @property
    def shown(self) -> float:
        return self.raw if 0 <= self.raw <= 1 else 0.0


def chance_variance(levels: int) -> float:
    """Variance of ratings given by chance: each of A levels as likely as the others, (A^2-1)/12."""
    if levels < PAIR:
        msg = "Give the number of levels of the scale, at least 2."
        raise ValueError(msg)
    return (levels**2 - 1) / 12


def rwg(ratings: ArrayLike, levels: int) -> WithinGroup:
    """1 - s^2/((A^2-1)/12) of one target's ratings, NaN left out (James, Demaree & Wolf 1984)."""
    values = np.asarray(ratings, dtype=np.float64).ravel()
    values = values[~np.isnan(values)]
    n = len(values)
    if n < PAIR:
        return WithinGroup(math.nan, n, Status.REFUSED, Reason.TOO_FEW)
    return _told(1 - float(values.var(ddof=1)) / chance_variance(levels), n)


def rwg_j(items: ArrayLike, levels: int) -> WithinGroup:
    """Like rwg over J items, J(1-q)/(J(1-q)+q) with q the mean item variance over that of chance.

    `items` is raters by items (James, Demaree & Wolf 1984). Where raters differ more
    than by chance (q > 1), the raw value falls below zero or jumps above one; both count as zero.
    """
    table = complete_rows(as_table(items))
    n, j = table.shape
    if n < PAIR or j < 1:
        return WithinGroup(math.nan, n, Status.REFUSED, Reason.TOO_FEW)
    q = float(table.var(axis=0, ddof=1).mean()) / chance_variance(levels)
    below = j * (1 - q) + q
    return _told(j * (1 - q) / below if below else -math.inf, n)


def rwg_j_linear(items: ArrayLike, levels: int) -> WithinGroup:
    """1 - mean item variance over that of chance, which does not grow with the number of items.

    Lindell, Brandt & Whitney (1999).
    """
    table = complete_rows(as_table(items))
    n, j = table.shape
    if n < PAIR or j < 1:
        return WithinGroup(math.nan, n, Status.REFUSED, Reason.TOO_FEW)
    return _told(1 - float(table.var(axis=0, ddof=1).mean()) / chance_variance(levels), n)


def _told(raw: float, n: int) -> WithinGroup:
    if n < FEWEST_RATERS:
        return WithinGroup(raw, n, Status.CAUTION, Reason.TOO_FEW)
    if not 0 <= raw <= 1:
        return WithinGroup(raw, n, Status.CAUTION, Reason.BELOW_ZERO)
    return WithinGroup(raw, n, Status.MEASURED)
