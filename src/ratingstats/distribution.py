"""Shares of levels beside a guidance: how far apart, and what chance does to small teams.

A guidance is a question, not a target: nothing here may hold back or change a rating.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from ratingstats.reasons import Reason
from ratingstats.status import Status

Numbers = NDArray[np.float64]
FEWEST_PEOPLE = 50
EXPECTED = 5.0
DRAWS = 9_999
CHUNK = 1_000_000
SUM_TOLERANCE = 1e-6
ROUNDING = 1e-9
PAIR = 2


class Method(StrEnum):
    """Where the p-value comes from; NONE where it would say nothing."""

    CHI_SQUARE = "chi-square"
    MONTE_CARLO = "Monte Carlo"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Distance:
    """How far ratings lie from a guidance: `total_variation` is the share that would have to move.

    `levels` is the number of levels compared by chi-square after pooling neighbours.
    """

    total_variation: float
    chi2: float
    df: int
    p: float
    method: Method
    levels: int
    n: int
    status: Status
    reason: Reason = Reason.NONE


@dataclass(frozen=True, slots=True)
class TeamChances:
    """What a random team holds of a share of everybody: nobody, at least one, exactly the quota."""

    nobody: float
    at_least_one: float
    exactly: float
    quota: int


def total_variation(one: ArrayLike, other: ArrayLike) -> float:
    """Half the sum of |p - q|, of two rows of counts or shares over the same levels."""
    p, q = np.asarray(one, np.float64), np.asarray(other, np.float64)
    if p.shape != q.shape or p.ndim != 1 or not (p.sum() > 0 and q.sum() > 0):
        msg = "Give two rows of counts or shares over the same levels, neither of them empty."
        raise ValueError(msg)
    return float(np.abs(p / p.sum() - q / q.sum()).sum()) / 2


def guidance_distance(
    counts: ArrayLike, guidance: ArrayLike, *, draws: int = DRAWS, seed: int = 0
) -> Distance:
    """Counts (K,) from low to high beside guidance shares (K,) that sum to one.

    Chi-square sum (o-e)^2/e where all expected counts reach 5, neighbours pooled first; where
    pooling leaves a single level, p by multinomial Monte Carlo of the unpooled statistic,
    (1 + as far)/(1 + draws). Caution below 50 people. Raises ValueError for shares that are none.
    """
    seen, shares = np.asarray(counts, np.float64), _shares(guidance)
    if seen.shape != shares.shape or (seen < 0).any():
        msg = "Give as many counts as guidance shares, none below zero."
        raise ValueError(msg)
    n = int(seen.sum())
    if n == 0:
        nan = math.nan
        return Distance(nan, nan, 0, nan, Method.NONE, 0, 0, Status.REFUSED, Reason.TOO_FEW)
    few = n < FEWEST_PEOPLE
    standing = (Status.CAUTION, Reason.TOO_FEW) if few else (Status.MEASURED, Reason.NONE)
    apart = total_variation(seen, shares)
    pooled_seen, expected = _pooled(seen, shares * n)
    if len(expected) < PAIR:
        chi2 = _chi2(seen, shares * n)
        p = _by_chance(chi2, n, shares, (draws, seed))
        return Distance(apart, chi2, 0, p, Method.MONTE_CARLO, len(seen), n, *standing)
    chi2, df = _chi2(pooled_seen, expected), len(expected) - 1
    p = float(special.chdtrc(df, chi2))
    return Distance(apart, chi2, df, p, Method.CHI_SQUARE, len(expected), n, *standing)


def team_chances(size: int, share: float) -> TeamChances:
    """Binomial chances that a team drawn at random holds nobody, somebody, exactly the quota.

    The quota is size * share, rounded half up, and at least 1. Raises ValueError for an empty team
    or a share outside 0 to 1.
    """
    if size < 1 or not 0 <= share <= 1:
        msg = "Give a team of at least one and a share between 0 and 1."
        raise ValueError(msg)
    quota = max(1, math.floor(size * share + 0.5))
    nobody = (1 - share) ** size
    exactly = math.comb(size, quota) * share**quota * (1 - share) ** (size - quota)
    return TeamChances(nobody, 1 - nobody, exactly, quota)


def _shares(guidance: ArrayLike) -> Numbers:
    shares = np.asarray(guidance, dtype=np.float64)
    if shares.ndim != 1 or (shares < 0).any() or abs(shares.sum() - 1) > SUM_TOLERANCE:
        msg = "Give guidance as shares from 0 to 1 that sum to 1."
        raise ValueError(msg)
    return np.asarray(shares / shares.sum())


def _chi2(seen: Numbers, expected: Numbers) -> float:
    """Levels the guidance leaves empty make the distance infinite once somebody is on them."""
    none = expected <= 0
    if (seen[none] > 0).any():
        return math.inf
    return float(((seen[~none] - expected[~none]) ** 2 / expected[~none]).sum())


def _pooled(seen: Numbers, expected: Numbers) -> tuple[Numbers, Numbers]:
    """Neighbouring levels put together, from the lowest, until each is expected five times."""
    groups: list[list[float]] = []
    for o, e in zip(seen.tolist(), expected.tolist(), strict=True):
        if groups and groups[-1][1] < EXPECTED:
            groups[-1][0] += o
            groups[-1][1] += e
        else:
            groups.append([o, e])
    if len(groups) > 1 and groups[-1][1] < EXPECTED:
        o, e = groups.pop()
        groups[-1][0] += o
        groups[-1][1] += e
    table = np.array(groups)
    return table[:, 0], table[:, 1]


def _by_chance(chi2: float, n: int, shares: Numbers, chance: tuple[int, int]) -> float:
    draws, seed = chance
    rng = np.random.default_rng(seed)
    at_once = max(1, CHUNK // len(shares))
    as_far, left = 0, draws
    while left > 0:
        drawn = rng.multinomial(n, shares, size=min(left, at_once))
        expected = np.where(shares > 0, shares * n, 1.0)
        found = ((drawn - shares * n) ** 2 / expected).sum(axis=1)
        as_far += int((found >= chi2 - ROUNDING).sum())
        left -= at_once
    return (1 + as_far) / (1 + draws)
