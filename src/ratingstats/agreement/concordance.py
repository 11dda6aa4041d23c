"""Whether raters put people in the same order: Kendall's W."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ratingstats.agreement.tables import PAIR, Numbers, as_table, complete_rows
from ratingstats.reasons import Reason
from ratingstats.status import Status

FEWEST_PEOPLE = 8


@dataclass(frozen=True, slots=True)
class Concordance:
    """W from 0 (no common order) to 1 (the same order), corrected for ties and as it is without."""

    w: float
    uncorrected: float
    chi2: float
    df: int
    p: float
    n: int
    raters: int
    status: Status
    reason: Reason = Reason.NONE


def kendall_w(ratings: ArrayLike) -> Concordance:
    """W = 12 S/(m^2 (n^3-n) - m sum(t^3-t)) of n people (rows) by m raters (Kendall & Smith 1939).

    S is the sum of squares of rank totals around their mean, t the sizes of ties;
    chi2 = m (n-1) W with n-1 degrees of freedom. People with a gap are left out.
    """
    table = complete_rows(as_table(ratings))
    n, m = table.shape
    if min(n, m) < PAIR:
        return _refused(n, m, Reason.TOO_FEW)
    ranked = [ranks(column) for column in table.T]
    totals = sum(ranking for ranking, _tied in ranked)
    ties = sum(tied for _ranking, tied in ranked)
    s = float(((totals - m * (n + 1) / 2) ** 2).sum())
    most = m**2 * (n**3 - n)
    if most == m * ties:
        return _refused(n, m, Reason.NO_SPREAD)
    w = 12 * s / (most - m * ties)
    chi2 = m * (n - 1) * w
    p = float(special.chdtrc(n - 1, chi2))
    few = n < FEWEST_PEOPLE
    status = Status.CAUTION if few else Status.MEASURED
    reason = Reason.TOO_FEW if few else Reason.NONE
    return Concordance(w, 12 * s / most, chi2, n - 1, p, n, m, status, reason)


def ranks(column: Numbers) -> tuple[Numbers, float]:
    """Ranks from 1, ties sharing their mean, and the sum of t^3-t over ties."""
    _, which, sizes = np.unique(column, return_inverse=True, return_counts=True)
    last = np.cumsum(sizes)
    shared = last - (sizes - 1) / 2
    return shared[which], float((sizes.astype(np.float64) ** 3 - sizes).sum())


def _refused(n: int, m: int, reason: Reason) -> Concordance:
    nan = math.nan
    return Concordance(nan, nan, nan, max(0, n - 1), nan, n, m, Status.REFUSED, reason)
