"""Items that measure the same: Cronbach's alpha, and what lengthening a measure brings."""

import math
from dataclasses import dataclass

from numpy.typing import ArrayLike
from scipy import special

from ratingstats.agreement.tables import PAIR, Interval, as_table, complete_rows
from ratingstats.reasons import Reason
from ratingstats.status import Status

FEWEST_PEOPLE = 10
FELDT = "F distribution (Feldt 1965)"


@dataclass(frozen=True, slots=True)
class Consistency:
    """Cronbach's alpha of `items` questions answered by `n` people without a gap."""

    raw: float
    interval: Interval | None
    n: int
    items: int
    status: Status
    reason: Reason = Reason.NONE

    @property
    def shown(self) -> float:
        return max(0.0, self.raw)


def cronbach_alpha(answers: ArrayLike, *, level: float = 0.95) -> Consistency:
    """Alpha is k/(k-1) * (1 - sum of item variances / variance of the sum) (Cronbach 1951).

    `answers` is people by items; people with a gap are left out. Interval: 1 - (1-alpha) F with
    n-1 and (n-1)(k-1) degrees of freedom (Feldt 1965).
    """
    table = complete_rows(as_table(answers))
    n, k = table.shape
    if min(n, k) < PAIR:
        return Consistency(math.nan, None, n, k, Status.REFUSED, Reason.TOO_FEW)
    total = float(table.sum(axis=1).var(ddof=1))
    if total == 0:
        return Consistency(math.nan, None, n, k, Status.REFUSED, Reason.NO_SPREAD)
    alpha = k / (k - 1) * (1 - float(table.var(axis=0, ddof=1).sum()) / total)
    df = (n - 1, (n - 1) * (k - 1))
    upper, lower = special.fdtri(*df, [(1 + level) / 2, (1 - level) / 2])
    interval = Interval(1 - (1 - alpha) * float(upper), 1 - (1 - alpha) * float(lower), FELDT)
    if n < FEWEST_PEOPLE:
        return Consistency(alpha, interval, n, k, Status.CAUTION, Reason.TOO_FEW)
    if alpha < 0:
        return Consistency(alpha, interval, n, k, Status.CAUTION, Reason.BELOW_ZERO)
    return Consistency(alpha, interval, n, k, Status.MEASURED)


def spearman_brown(reliability: float, k: float) -> float:
    """Reliability of the mean of k raters like this one: k r/(1 + (k-1) r) (Spearman, Brown 1910).

    Raises ValueError for a reliability above 1 or a number of raters that is not positive.
    """
    if reliability > 1 or k <= 0:
        msg = "Give a reliability of at most 1 and a positive number of raters."
        raise ValueError(msg)
    return k * reliability / (1 + (k - 1) * reliability)


def lengthening(reliability: float, target: float) -> float:
    """How many times as many raters reach the target: T(1-r)/(r(1-T)); infinite where r is not > 0.

    Raises ValueError for a target that is not between 0 and 1.
    """
    if not 0 < target < 1:
        msg = "Give a target between 0 and 1."
        raise ValueError(msg)
    if reliability <= 0:
        return math.inf
    return target * (1 - reliability) / (reliability * (1 - target))
