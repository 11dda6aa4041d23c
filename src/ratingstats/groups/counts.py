"""How many of how many: rates compared in integers, and the group others are compared with."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scipy.special import ndtri

Interval = tuple[float, float]
UNKNOWN: Interval = (math.nan, math.nan)

SMALLEST_BENCHMARK = 5
SMALLEST_SHARE = Fraction(1, 50)
LARGE_ENOUGH_ALONE = 30
PAIR = 2


@dataclass(frozen=True, slots=True)
class Counted:
    """`x` of `n` people for whom something happened."""

    x: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.x <= self.n:
            msg = "Count between none and all of the people: 0 <= x <= n."
            raise ValueError(msg)

    @property
    def rate(self) -> float:
        return self.x / self.n if self.n else math.nan

    @property
    def complement(self) -> "Counted":
        """The same people, counted by whether it did not happen."""
        return Counted(self.n - self.x, self.n)


def below_four_fifths(focal: Counted, reference: Counted) -> bool:
    """Say in integers whether a rate is less than 4/5 of the reference's: 5 x_f n_r < 4 x_r n_f.

    Floats call 2/3 against 5/6 less than 0.8, which it is not. 29 CFR 1607.4 D.
    """
    return 5 * focal.x * reference.n < 4 * reference.x * focal.n


def above_five_fourths(focal: Counted, reference: Counted) -> bool:
    """Say whether the focal rate is more than 5/4 of the reference's: the mirror of four-fifths."""
    return 4 * focal.x * reference.n > 5 * reference.x * focal.n


def may_stand_alone(group: Counted, pool: int) -> bool:
    """Say whether a group is large enough to be tested by itself.

    At least 5 people, and at least 2 % of the pool or 30 people. The 2 % are those of 29 CFR
    1607.15 A(2); in a large pool 2 % are many, hence the 30.
    """
    if group.n < SMALLEST_BENCHMARK:
        return False
    return group.n >= LARGE_ENOUGH_ALONE or _has_share(group.n, pool)


def may_be_reference(group: Counted, pool: int) -> bool:
    """At least 5 people and 2 % of the pool, lest one lucky person become the benchmark."""
    return group.n >= SMALLEST_BENCHMARK and _has_share(group.n, pool)


def reference_of(groups: Sequence[Counted], pool: int | None = None) -> int | None:
    """The place of the group with the highest rate among those who may be the reference.

    `pool` counts all people, those in no group among them; None where the groups are all.

    Of equal rates the larger group, then the first. None where fewer than two groups have people,
    or none may be the reference. Rates are compared as fractions.
    """
    whole = sum(group.n for group in groups) if pool is None else pool
    able = [place for place, group in enumerate(groups) if may_be_reference(group, whole)]
    if not able or sum(group.n > 0 for group in groups) < PAIR:
        return None
    return max(able, key=lambda i: (Fraction(groups[i].x, groups[i].n), groups[i].n, -i))


def wilson(group: Counted, level: float = 0.95) -> Interval:
    """Wilson's score interval of a rate, (low, high). Wilson (1927), JASA 22, 209-212."""
    if not group.n:
        return UNKNOWN
    z = normal_quantile(level)
    n, p = group.n, group.rate
    middle = p + z * z / (2 * n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    low = 0.0 if group.x == 0 else (middle - half) / whole
    high = 1.0 if group.x == group.n else (middle + half) / whole
    return (low, high)


def normal_quantile(level: float) -> float:
    """The normal deviate that leaves (1 - level) / 2 on either side: 1.96 for 0.95."""
    if not 0 < level < 1:
        msg = "Give the level of an interval between 0 and 1, such as 0.95."
        raise ValueError(msg)
    return float(ndtri(0.5 + level / 2))


def _has_share(n: int, pool: int) -> bool:
    return n * SMALLEST_SHARE.denominator >= pool * SMALLEST_SHARE.numerator
