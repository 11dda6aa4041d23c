"""Tables of counts or rates by two facts or more, with or without their totals."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ratingstats.disclosure.margins import totals_of, with_totals
from ratingstats.disclosure.rules import Rules, Why
from ratingstats.disclosure.suppression import intervals_of, protect

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
Widths = NDArray[np.float64]
Reasons = NDArray[np.object_]
Labels = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """A table as it may be shown.

    Every array has the shape of the table with its totals, R+1 by C+1. The last row holds the
    column totals, the last column the row totals, the corner the total.
    `shown` is NaN where hidden; `hidden` says where; `why` holds `Why` values.
    """

    shown: NDArray[np.float64]
    hidden: Mask
    why: Reasons

    @property
    def cells(self) -> NDArray[np.float64]:
        """The table without its totals, R by C."""
        return self.shown[tuple(slice(0, -1) for _ in self.shown.shape)]


@dataclass(frozen=True, slots=True)
class ReleasedRates:
    """A table of rates as it may be shown: a cell whole (`happened`, `of`) or not at all.

    Every array has the shape of the table with its totals, R+1 by C+1; NaN where hidden.
    """

    happened: NDArray[np.float64]
    of: NDArray[np.float64]
    hidden: Mask
    why: Reasons

    @property
    def rate(self) -> NDArray[np.float64]:
        """R+1 by C+1 with the totals; NaN where hidden or where nobody is."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return self.happened / self.of


@dataclass(frozen=True, slots=True)
class HiddenCell:
    """What a reader can work out about one hidden cell from all that is shown."""

    place: tuple[int, ...]
    value: int
    low: float
    high: float
    needed: float

    @property
    def width(self) -> float:
        return self.high - self.low

    @property
    def is_safe(self) -> bool:
        return self.width >= self.needed - 1e-6


def release_table(
    counts: Counts,
    rules: Rules,
    *,
    totals_are_shown: bool = True,
    labels: Labels | None = None,
) -> ReleasedTable:
    """Hide cells of fewer than k and, with little loss, what would give them away.

    `counts` is R by C, or has more axes. `labels` (the names along each axis) break ties, so that
    the order of rows and columns changes nothing. Totals below k are hidden like cells. Nothing
    shown at k is hidden at a smaller k: what is hidden for 2, 3, ... k is built on each other.
    """
    counts = _checked(counts)
    order = _order(counts, labels)
    table = with_totals(counts[np.ix_(*order)])
    hidden = _protected(table, rules) if totals_are_shown else table < rules.k
    why = _either(table < rules.k, Why.TOO_FEW, Why.BY_SUBTRACTION)
    if not totals_are_shown:
        unpublished = totals_of(table.shape)
        hidden, why[unpublished] = hidden | unpublished, Why.NOT_PUBLISHED
    back = _back(order)
    why[~hidden] = Why.SHOWN
    hidden, why = hidden[back], why[back]
    return ReleasedTable(np.where(hidden, np.nan, table[back].astype(np.float64)), hidden, why)


def release_table_of_rates(
    happened: Counts, of: Counts, rules: Rules, *, labels: Labels | None = None
) -> ReleasedRates:
    """Hide cells of fewer than k, of 0 % or 100 % below 2 k, and what would give them away.

    `happened` of `of` people, both R by C. A rate with its n tells a count, so both the people to
    whom it happened and the others are protected, not only all of them: neither can be worked out
    for a hidden cell. Only where a shown total of 2 k or more is itself 0 % or 100 % is the same
    known of its cells, hidden or not.
    """
    happened, of = _checked(happened), _checked(of)
    if happened.shape != of.shape or (happened > of).any():
        msg = "Give two tables of one shape; nothing happens to more people than a cell has."
        raise ValueError(msg)
    order = _order(of, labels)
    layers = _Layers(with_totals(happened[np.ix_(*order)]), with_totals(of[np.ix_(*order)]))
    hidden = np.zeros(layers.of.shape, dtype=np.bool_)
    for k in range(1, rules.k + 1):
        hidden = _protected_layers(layers, hidden, replace(rules, k=k))
    back = _back(order)
    hidden = hidden[back]
    why = _either(hidden, Why.TELLS_TOO_MUCH, Why.SHOWN)
    return ReleasedRates(
        np.where(hidden, np.nan, layers.happened[back].astype(np.float64)),
        np.where(hidden, np.nan, layers.of[back].astype(np.float64)),
        hidden,
        why,
    )


def audit_table(
    counts: Counts, hidden: Mask, rules: Rules, *, totals_are_shown: bool = True
) -> tuple[HiddenCell, ...]:
    """For each hidden cell the interval a reader can narrow it down to, by linear programming.

    `counts` R by C; `hidden` R by C (only cells are hidden) or R+1 by C+1 (cells and totals). Only
    cells and totals that are hidden of one's own will are reported, not unpublished totals.
    """
    table = with_totals(_checked(counts))
    all_hidden = np.zeros(table.shape, dtype=np.bool_)
    all_hidden[tuple(slice(0, size) for size in hidden.shape)] = hidden
    reported = all_hidden.copy()
    if not totals_are_shown:
        all_hidden |= totals_of(table.shape)
        reported &= ~totals_of(table.shape)
    places = [tuple(int(i) for i in place) for place in np.argwhere(reported)]
    return tuple(
        HiddenCell(place, int(table[place]), at.low, at.high, rules.width_needed(int(table[place])))
        for place, at in zip(places, intervals_of(table, all_hidden, places), strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Layers:
    """People to whom something happened and all people, tables with totals."""

    happened: Counts
    of: Counts

    @property
    def others(self) -> Counts:
        return self.of - self.happened

    @property
    def is_all_same(self) -> Mask:
        return np.asarray((self.happened == 0) | (self.others == 0))

    def primary(self, rules: Rules) -> Mask:
        return np.asarray((self.of < rules.k) | (self.is_all_same & (self.of < 2 * rules.k)))

    def needed(self, hidden: Mask, rules: Rules) -> tuple[Widths, Widths]:
        """How wide each layer must stay: the larger one carries the width of the whole cell.

        The hidden n of a cell is anything from the two least to the two most of its layers, so it
        is as wide as both together. Where a shown total is 0, its cells are known to be 0.
        """
        whole = np.where(hidden, _needed(self.of, rules), 0.0)
        known_happened, known_others = (
            _below_zero_totals(layer, hidden) for layer in (self.happened, self.others)
        )
        is_rare = 2 * self.happened.flat[-1] < self.of.flat[-1]
        some = np.minimum(whole, 1.0)
        happened = np.where(known_others, whole, some if is_rare else whole)
        others = np.where(known_happened, whole, whole if is_rare else some)
        return np.where(known_happened, 0.0, happened), np.where(known_others, 0.0, others)


def _either(mask: Mask, one: Why, other: Why) -> Reasons:
    reasons = np.full(mask.shape, other, dtype=object)
    reasons[mask] = one
    return reasons


def _below_zero_totals(layer: Counts, hidden: Mask) -> Mask:
    below = np.zeros(hidden.shape, dtype=np.bool_)
    for total in np.argwhere((layer == 0) & ~hidden & totals_of(hidden.shape)).tolist():
        below[tuple(map(_below, total, hidden.shape))] = True
    return below


def _below(index: int, size: int) -> slice:
    """All of an axis for its total, else the one place."""
    return slice(None) if index == size - 1 else slice(index, index + 1)


def _protected(table: Counts, rules: Rules) -> Mask:
    hidden = np.zeros(table.shape, dtype=np.bool_)
    for k in range(1, rules.k + 1):
        hidden |= table < k
        hidden = protect(table, hidden, _needed(table, replace(rules, k=k)))
    return hidden


def _protected_layers(layers: _Layers, hidden: Mask, rules: Rules) -> Mask:
    hidden = protect(layers.of, hidden | layers.primary(rules), _needed(layers.of, rules))
    while True:
        before = hidden
        hidden = protect(layers.happened, hidden, layers.needed(hidden, rules)[0])
        hidden = protect(layers.others, hidden, layers.needed(hidden, rules)[1])
        if (hidden == before).all():
            return hidden


def _needed(table: Counts, rules: Rules) -> Widths:
    return np.asarray(np.maximum(float(rules.k), rules.share * table))


def _checked(counts: Counts) -> Counts:
    table = np.asarray(counts, dtype=np.int64)
    if table.ndim < 2 or (table < 0).any():  # noqa: PLR2004  # fewer axes are for `oneway`
        msg = "Give a table of at least two axes with counts of 0 or more; else see `oneway`."
        raise ValueError(msg)
    return table


def _order(counts: Counts, labels: Labels | None) -> list[NDArray[np.int64]]:
    """The order in which to look at each axis: by name, or without names by what is in it."""
    if labels is not None:
        return [np.array(sorted(range(len(names)), key=names.__getitem__)) for names in labels]
    return [_by_content(np.moveaxis(counts, axis, 0)) for axis in range(counts.ndim)]


def _by_content(slices: Counts) -> NDArray[np.int64]:
    content = [sorted(part.ravel().tolist()) for part in slices]
    return np.array(sorted(range(len(content)), key=content.__getitem__), dtype=np.int64)


def _back(order: list[NDArray[np.int64]]) -> tuple[NDArray[np.int64], ...]:
    """The index that puts a table with totals back into the order it came in; totals stay last."""
    return np.ix_(*(np.r_[np.argsort(axis), len(axis)] for axis in order))
