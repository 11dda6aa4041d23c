"""Whether those promoted grew into the level, and whether rewards follow ratings."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr

from ratingstats.agreement.concordance import ranks
from ratingstats.groups.counts import normal_quantile
from ratingstats.programme.shares import Share, share_of
from ratingstats.status import Status

FEWEST_FOR_RANKS = 10


@dataclass(frozen=True, slots=True)
class PromotionAccuracy:
    """Promoted people who met the level after twelve months, beside comparable ones not promoted.

    `difference` and its interval (Newcombe 1998) are NaN without such a baseline.
    """

    promoted: Share
    baseline: Share
    difference: float
    low: float
    high: float
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class RankAgreement:
    """Spearman's rho of n pairs, with its interval; NaN where refused."""

    rho: float
    low: float
    high: float
    p: float
    n: int
    status: Status
    reason: str


def promotion_accuracy(
    promoted: tuple[int, int], baseline: tuple[int, int] = (0, 0), *, level: float = 0.95
) -> PromotionAccuracy:
    """Compare (met the level, n) of the promoted with that of people who could have been.

    Interval of the difference from two Wilson intervals:
    d - sqrt((p1 - l1)^2 + (u2 - p2)^2), d + sqrt((u1 - p1)^2 + (p2 - l2)^2).
    Without a baseline nothing may be said of accuracy: most people might have met the level.
    """
    first, second = share_of(*promoted, level=level), share_of(*baseline, level=level)
    nan = float("nan")
    if first.n == 0 or second.n == 0:
        status = Status.CAUTION if first.n else Status.REFUSED
        reason = "Without people who were not promoted, this share says nothing of accuracy."
        return PromotionAccuracy(first, second, nan, nan, nan, status, reason)
    gap = first.share - second.share
    down = np.hypot(first.share - first.low, second.high - second.share)
    up = np.hypot(first.high - first.share, second.share - second.low)
    return PromotionAccuracy(
        first, second, gap, gap - float(down), gap + float(up), Status.MEASURED, ""
    )


def rating_and_reward(
    ratings: ArrayLike, increases: ArrayLike, *, level: float = 0.95
) -> RankAgreement:
    """Spearman's rho between n ratings and n increases of pay; pairs with a NaN are left out.

    Interval on Fisher's z with SE sqrt((1 + rho^2 / 2) / (n - 3)) (Bonett and Wright 2000); p by t
    with n - 2 degrees of freedom. Raises ValueError if lengths differ.
    """
    x, y = np.asarray(ratings, np.float64), np.asarray(increases, np.float64)
    if x.ndim != 1 or x.shape != y.shape:
        msg = "Give one rating and one increase per person."
        raise ValueError(msg)
    both = np.isfinite(x) & np.isfinite(y)
    x, y, n, nan = x[both], y[both], int(both.sum()), float("nan")
    if n < FEWEST_FOR_RANKS or x.min() == x.max() or y.min() == y.max():
        reason = f"{FEWEST_FOR_RANKS} pairs are needed, and both must differ between people."
        return RankAgreement(nan, nan, nan, nan, n, Status.REFUSED, reason)
    rho = float(np.corrcoef(ranks(x)[0], ranks(y)[0])[0, 1])
    inside = min(max(rho, -1 + 1e-12), 1 - 1e-12)
    reach = normal_quantile(level) * np.sqrt((1 + rho**2 / 2) / (n - 3))
    low, high = np.tanh(np.arctanh(inside) - reach), np.tanh(np.arctanh(inside) + reach)
    t = abs(inside) * np.sqrt((n - 2) / (1 - inside**2))
    p = 2 * float(stdtr(n - 2, -t))
    return RankAgreement(rho, float(low), float(high), p, n, Status.MEASURED, "")
