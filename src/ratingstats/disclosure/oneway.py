"""Counts, rates and means of groups side by side, with their total.

What stays hidden must not be found by taking what is shown from the total. So the hidden groups
together (the remainder) obey the same rules as a group that is shown: at least k people, and not
all the same; otherwise the next smallest group is hidden with them (the remainder rule).

Nothing shown at k is hidden at a smaller k: the sets for 2, 3, ... k are built on each other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ratingstats.disclosure.few import ENOUGH_FOR_DETAIL, nearest_half
from ratingstats.disclosure.rules import Rules, Why

Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]
NEARLY = 1e-9


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
    """To how many of a group something happened: shown whole or not at all.

    A number of people beside a hidden rate would say that all of them are the same.
    """

    label: str
    happened: int | None
    n: int | None
    why: Why = Why.SHOWN

    @property
    def rate(self) -> float | None:
        """From 0 to 1."""
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


@dataclass(frozen=True, slots=True)
class _Groups:
    """What is known of G groups: people, what happened to them, and the most that could have."""

    labels: tuple[str, ...]
    n: NDArray[np.int64]
    amount: Numbers
    most: Numbers

    @property
    def by_size(self) -> list[int]:
        return sorted(range(len(self.labels)), key=lambda g: (self.n[g], self.labels[g]))

    def is_all_same(self, chosen: Mask) -> bool:
        amount, most = float(self.amount[chosen].sum()), float(self.most[chosen].sum())
        return amount <= NEARLY or amount >= most - NEARLY


def release_counts(
    labels: Sequence[str], counts: Sequence[int], rules: Rules, *, total_is_shown: bool = True
) -> Counts:
    """Hide groups of fewer than k, and the next smallest until the hidden ones together reach k.

    `labels` and `counts` have one entry per group. Without a shown total nothing can be found by
    subtraction, and only groups of fewer than k are hidden.
    """
    groups = _groups(labels, counts, [0] * len(counts), [0] * len(counts))
    hidden = _hide_counts(groups, rules) if total_is_shown else groups.n < rules.k
    rows = tuple(
        _count(label, int(n), rules, is_hidden=dark)
        for label, n, dark in zip(groups.labels, groups.n, hidden.tolist(), strict=True)
    )
    if not total_is_shown:
        return Counts(rows, Count("", None, Why.NOT_PUBLISHED))
    n = int(groups.n.sum())
    return Counts(rows, Count("", n) if n >= rules.k else Count("", None, Why.TOO_FEW))


def release_rates(
    labels: Sequence[str], happened: Sequence[int], of: Sequence[int], rules: Rules
) -> Rates:
    """Hide rates of fewer than k, of 0 % or 100 % below 2 k, and what would give them away.

    `happened` of `of` people, one entry per group. A hidden rate's groups together have at least k
    people and are not all the same; where the whole is all the same and is at least 2 k, the
    total says so, and with it everything about its groups.
    """
    groups = _groups(labels, of, happened, of)
    rows = [
        Rate(row.label, None if row.amount is None else round(row.amount), row.n, row.why)
        for row in _cleared(groups, rules)
    ]
    return Rates(tuple(rows[:-1]), rows[-1])


def release_means(
    labels: Sequence[str],
    means: Sequence[float],
    n: Sequence[int],
    rules: Rules,
    scale: tuple[float, float],
) -> Means:
    """Hide means of fewer than k, at an end of the scale below 2 k, and what gives them away.

    One entry per group; `scale` is its lowest and highest value. A mean of fewer than five is
    rounded to the nearest half; the mean of all is hidden then, as it would undo the rounding.
    """
    low, high = scale
    people = np.asarray(n, dtype=np.float64)
    above = np.where(people > 0, (np.asarray(means, dtype=np.float64) - low) * people, 0.0)
    groups = _groups(labels, n, above, (high - low) * people)
    rows = [
        Mean(row.label, _mean(row.amount, row.n, low), row.n, row.why)
        for row in _cleared(groups, rules)
    ]
    total = rows.pop()
    if any(row.n is not None and 0 < row.n < ENOUGH_FOR_DETAIL for row in rows):
        total = replace(total, mean=None, why=Why.TELLS_TOO_MUCH)
    return Means(tuple(rows), total)


@dataclass(frozen=True, slots=True)
class _Row:
    """A group or the total, with None for what is hidden."""

    n: int | None
    amount: float | None
    why: Why = Why.SHOWN
    label: str = ""


_HIDDEN = _Row(None, None, Why.TELLS_TOO_MUCH)


def _groups(
    labels: Sequence[str],
    n: Sequence[int],
    amount: Sequence[float] | Numbers,
    most: Sequence[float] | Numbers,
) -> _Groups:
    if not len(labels) == len(n) == len(amount) == len(most):
        msg = "Give one label, one number of people and one value for each group."
        raise ValueError(msg)
    people = np.asarray(n, dtype=np.int64)
    amounts, limits = np.asarray(amount, dtype=np.float64), np.asarray(most, dtype=np.float64)
    if (people < 0).any() or (amounts < -NEARLY).any() or (amounts > limits + NEARLY).any():
        msg = "A group has no fewer than 0 people, and no more can happen to it than it has people."
        raise ValueError(msg)
    return _Groups(tuple(labels), people, amounts, limits)


def _count(label: str, n: int, rules: Rules, *, is_hidden: bool) -> Count:
    if not is_hidden:
        return Count(label, n)
    return Count(label, None, Why.TOO_FEW if n < rules.k else Why.BY_SUBTRACTION)


def _cleared(groups: _Groups, rules: Rules) -> list[_Row]:
    """Every group, and the total as the last row."""
    hidden = _hide_amounts(groups, rules)
    rows = [
        _HIDDEN if dark else _Row(int(groups.n[g]), float(groups.amount[g]))
        for g, dark in enumerate(hidden.tolist())
    ]
    named = [replace(row, label=label) for row, label in zip(rows, groups.labels, strict=True)]
    return [*named, _total(groups, rules)]


def _total(groups: _Groups, rules: Rules) -> _Row:
    n, amount = int(groups.n.sum()), float(groups.amount.sum())
    is_same = groups.is_all_same(groups.n >= 0)
    if n < rules.k or rules.tells_of_each(n, is_all_same=is_same):
        return _HIDDEN
    return _Row(n, amount)


def _hide_counts(groups: _Groups, rules: Rules) -> Mask:
    def is_enough(hidden: Mask) -> bool:
        return int(groups.n[hidden].sum()) >= rules.k

    return _with_next_smallest(groups.n < rules.k, groups, is_enough)


def _hide_amounts(groups: _Groups, rules: Rules) -> Mask:
    whole_is_same = groups.is_all_same(groups.n >= 0)
    hidden = np.zeros(len(groups.labels), dtype=np.bool_)
    for k in range(1, rules.k + 1):

        def is_enough(hidden: Mask, k: int = k) -> bool:
            is_mixed = whole_is_same or not groups.is_all_same(hidden)
            return is_mixed and int(groups.n[hidden].sum()) >= k

        small = _primary(groups, replace(rules, k=k))
        hidden = _with_next_smallest(hidden | small, groups, is_enough)
    return hidden


def _with_next_smallest(hidden: Mask, groups: _Groups, is_enough: Callable[[Mask], bool]) -> Mask:
    """Hide the next smallest group until what is hidden is enough together, or all is hidden."""
    together = hidden.copy()
    for group in groups.by_size if hidden.any() else ():
        if is_enough(together):
            break
        together[group] = True
    return together


def _primary(groups: _Groups, rules: Rules) -> Mask:
    return np.array(
        [n < rules.k or _tells_of_each(groups, rules, g) for g, n in enumerate(groups.n.tolist())],
        dtype=np.bool_,
    )


def _tells_of_each(groups: _Groups, rules: Rules, g: int) -> bool:
    only = np.arange(len(groups.labels)) == g
    return rules.tells_of_each(int(groups.n[g]), is_all_same=groups.is_all_same(only))


def _mean(amount: float | None, n: int | None, low: float) -> float | None:
    if amount is None or not n:
        return None
    mean = low + amount / n
    return mean if n >= ENOUGH_FOR_DETAIL else nearest_half(mean)
