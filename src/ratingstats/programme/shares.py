"""Shares of people with Wilson's interval: favourable answers, kept promises, timely forms."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ratingstats.groups.counts import Counted, normal_quantile, wilson
from ratingstats.status import Status

FAVOURABLE = 4.0


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `n`, between 0 and 1, with an interval of coverage `level`; NaN where n is 0."""

    count: int
    n: int
    share: float
    low: float
    high: float
    level: float
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class FavourableIndex:
    """The mean of the favourable shares of I items over N people, and each item's own share."""

    items: tuple[Share, ...]
    index: float
    std_error: float
    low: float
    high: float
    n: int
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class Completion:
    """Of forms that were due: how many came, and how many came on time."""

    submitted: Share
    on_time: Share


def share_of(count: int, n: int, *, level: float = 0.95) -> Share:
    """Give count / n with Wilson's score interval. Raises ValueError unless 0 <= count <= n."""
    counted = Counted(count, n)
    low, high = wilson(counted, level)
    if n == 0:
        nan = float("nan")
        return Share(0, 0, nan, nan, nan, level, Status.REFUSED, "Nobody is counted here.")
    return Share(count, n, counted.rate, low, high, level, Status.MEASURED, "")


def favourable_share(
    answers: ArrayLike, *, at_least: float = FAVOURABLE, level: float = 0.95
) -> Share:
    """Count answers of `at_least` among the valid ones; NaN is not applicable and not counted."""
    given = np.asarray(answers, np.float64).ravel()
    valid = given[np.isfinite(given)]
    return share_of(int((valid >= at_least).sum()), valid.size, level=level)


def favourable_index(
    answers: ArrayLike, *, at_least: float = FAVOURABLE, level: float = 0.95
) -> FavourableIndex:
    """Average the favourable shares of the items: `answers` is N x I, a row per person.

    People answer several items, so the error is taken over people: each contributes
    u = mean over items of (favourable - p_item) / n_item, and SE^2 = N / (N - 1) sum u^2.
    """
    given = np.atleast_2d(np.asarray(answers, np.float64))
    valid = np.isfinite(given)
    items = tuple(favourable_share(column, at_least=at_least, level=level) for column in given.T)
    n = int(valid.any(axis=1).sum())
    nan = float("nan")
    if n < 2 or not valid.any(axis=0).all():  # noqa: PLR2004  # a spread needs two
        reason = "Each item needs an answer, and two people or more are needed."
        return FavourableIndex(items, nan, nan, nan, nan, n, Status.REFUSED, reason)
    shares = np.array([item.share for item in items])
    counted = np.array([item.n for item in items])
    gap = np.where(valid, (given >= at_least) - shares, 0.0)
    spread = (gap / counted).mean(axis=1)
    std_error = float(np.sqrt(np.sum(spread**2) * n / (n - 1)))
    index, reach = float(shares.mean()), normal_quantile(level) * std_error
    low, high = max(0.0, index - reach), min(1.0, index + reach)
    return FavourableIndex(items, index, std_error, low, high, n, Status.MEASURED, "")


def completion(*, due: int, submitted: int, on_time: int, level: float = 0.95) -> Completion:
    """Submitted / due and on time / due; ask it for managers and for self-reviews apart."""
    return Completion(share_of(submitted, due, level=level), share_of(on_time, due, level=level))
