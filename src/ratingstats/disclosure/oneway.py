"""Counts, rates and means of groups side by side, with their total.

What stays hidden must not be found by taking what is shown from the total. So the hidden groups
together (the remainder) obey the same rules as a group that is shown: at least k people, and not all
the same; otherwise the next smallest group is hidden with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ratingstats.disclosure.rules import Rules, Why


@dataclass(frozen=True, slots=True)
class Count:
    """How many people a group has; None where that is hidden."""

    label: str
    n: int | None
    why: Why = Why.SHOWN


@dataclass(frozen=True, slots=True)
class Counts:
    groups: tuple[Count, ...]
    total: Count


@dataclass(frozen=True, slots=True)
class Rate:
    """To how many of a group something happened.

    `n` may be shown where the rate is hidden (all of a small group are the same), never the other
    way round.
    """

    label: str
    happened: int | None
    n: int | None
    why: Why = Why.SHOWN

    @property
    def rate(self) -> float | None:
        if self.happened is None or not self.n:
            return None
        return self.happened / self.n


@dataclass(frozen=True, slots=True)
class Rates:
    groups: tuple[Rate, ...]
    total: Rate


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a group, never without the number of people behind it."""

    label: str
    mean: float | None
    n: int | None
    why: Why = Why.SHOWN


@dataclass(frozen=True, slots=True)
class Means:
    groups: tuple[Mean, ...]
    total: Mean


def release_counts(
    labels: Sequence[str], counts: Sequence[int], rules: Rules, *, total_is_shown: bool = True
) -> Counts:
    """Hide groups of fewer than k, and the next smallest until the hidden ones together reach k."""
    raise NotImplementedError


def release_rates(
    labels: Sequence[str], happened: Sequence[int], of: Sequence[int], rules: Rules
) -> Rates:
    """Hide rates of fewer than k, of 0 % or 100 % among fewer than 2 k, and what would give them away."""
    raise NotImplementedError


def release_means(
    labels: Sequence[str],
    means: Sequence[float],
    n: Sequence[int],
    rules: Rules,
    scale: tuple[float, float],
) -> Means:
    """Hide means of fewer than k, at an end of the scale among fewer than 2 k, and what gives them away."""
    raise NotImplementedError
