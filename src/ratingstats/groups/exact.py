"""Fisher's exact test of two rates, two-sided and one-sided, and its mid-p.

Given how many people there were and to how many it happened, the number in the focal group follows
the hypergeometric distribution if the group makes no difference. Two-sided p sums all outcomes not
more likely than the one seen (Fisher 1935; Irwin 1935); mid-p counts half of those exactly as
likely (Lancaster 1961), less conservative.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ratingstats.groups.counts import Counted

Numbers = NDArray[np.float64]

# Outcomes whose chances differ by less than rounding are called equally likely.
ALIKE = 1e-7


@dataclass(frozen=True, slots=True)
class Exact:
    """`two_sided` and `mid_p` are two-sided; `less` and `greater` are about the focal rate."""

    two_sided: float
    mid_p: float
    less: float
    greater: float


def fisher(focal: Counted, reference: Counted) -> Exact:
    """Test whether two rates differ beyond chance; 1.0 where the table leaves no other outcome."""
    happened, whole = focal.x + reference.x, focal.n + reference.n
    first = max(0, happened - reference.n)
    chances = _chances(first, min(focal.n, happened), focal.n, happened, whole)
    seen = chances[focal.x - first]
    no_likelier = chances <= seen * (1 + ALIKE)
    alike = no_likelier & (chances >= seen * (1 - ALIKE))
    two_sided = min(1.0, float(chances[no_likelier].sum()))
    return Exact(
        two_sided=two_sided,
        mid_p=min(1.0, max(0.0, two_sided - float(chances[alike].sum()) / 2)),
        less=min(1.0, float(chances[: focal.x - first + 1].sum())),
        greater=min(1.0, float(chances[focal.x - first :].sum())),
    )


def hypergeometric_deviation(focal: Counted, reference: Counted) -> float:
    """How many standard deviations the focal count lies from its expectation, margins given.

    (x - E) / SD with E = n_f X / N and SD^2 = n_f n_r X (N - X) / (N^2 (N - 1)); NaN where the
    outcome could not vary.
    """
    happened, whole = focal.x + reference.x, focal.n + reference.n
    spread = focal.n * reference.n * happened * (whole - happened)
    if not spread:
        return math.nan
    return (focal.x - focal.n * happened / whole) / math.sqrt(spread / (whole**2 * (whole - 1)))


def binomial_deviation(counted: Counted, expected_rate: float) -> float:
    """How many standard deviations x lies from n times a rate that is known: a pool's, a census's.

    (x - n p) / sqrt(n p (1 - p)). Castaneda v. Partida (1977), footnote 17.
    """
    if not 0 < expected_rate < 1 or not counted.n:
        return math.nan
    spread = math.sqrt(counted.n * expected_rate * (1 - expected_rate))
    return (counted.x - counted.n * expected_rate) / spread


def _chances(first: int, last: int, drawn: int, happened: int, whole: int) -> Numbers:
    """The hypergeometric chances of `first`..`last`, from the ratios of neighbours."""
    k = np.arange(first, last, dtype=np.float64)
    up = np.log(happened - k) + np.log(drawn - k)
    down = np.log(k + 1) + np.log(whole - happened - drawn + k + 1)
    logs = np.concatenate(([0.0], np.cumsum(up - down)))
    chances = np.exp(logs - logs.max())
    return np.asarray(chances / chances.sum(), dtype=np.float64)
