"""Which further cells to hide, so that a hidden one cannot be found from the totals.

First, for each small cell the rectangle of three further cells with the smallest sum that leaves
it wide enough (in a rectangle, what is added in one corner can be taken from the next). Then every
hidden cell is checked by linear programming, and where one is still too narrow, the cheapest flow
through the table that widens it is hidden as well (Kelly, Golden and Assad 1992; Fischetti and
Salazar 2000).

All tables here are tables with totals, and totals are cells like others: they too can be hidden,
only at a higher price.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import hstack

from ratingstats.disclosure.linear import Interval, feasible_intervals
from ratingstats.disclosure.margins import Mask, Whole, equations, known_of_hidden, totals_of

Numbers = NDArray[np.float64]
Place = tuple[int, ...]
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class _Rectangles:
    """All rectangles with one corner in a given cell, one per pair of another row and column."""

    width: Numbers
    price: Numbers
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]


def protect(table: Whole, hidden: Mask, needed: Numbers) -> Mask:
    """Hide more cells until every hidden one can be anything within `needed` of width.

    `table`, `hidden` and `needed` have the shape of the table with totals; returns what is hidden
    then, always at least `hidden`.
    """
    price = _prices(table)
    if table.ndim == 2:  # noqa: PLR2004  # a table of rows and columns
        hidden = _by_rectangles(table, hidden, needed, price)
    while True:
        exposed = exposed_cells(table, hidden, needed)
        if not exposed:
            return hidden
        before = hidden
        for place in exposed:
            hidden = hidden | _cheapest_flow(table, hidden, place, float(needed[place]))
        if (hidden == before).all():
            hidden = _with_neighbours(hidden, price, exposed)


def exposed_cells(table: Whole, hidden: Mask, needed: Numbers) -> list[Place]:
    """Hidden cells of which a reader can work out too much."""
    doubtful = [
        place
        for place in _places(hidden)
        if not _has_hidden_rectangle(table, hidden, place, float(needed[place]))
    ]
    intervals = intervals_of(table, hidden, doubtful)
    return [
        place
        for place, interval in zip(doubtful, intervals, strict=True)
        if interval.width < needed[place] - TOLERANCE
    ]


def intervals_of(table: Whole, hidden: Mask, places: list[Place]) -> list[Interval]:
    """What the shown cells say about hidden ones, by linear programming.

    In whole numbers where the table has three axes or more; with two, nothing changes by that.
    """
    if not places:
        return []
    number = np.cumsum(hidden.ravel()) - 1
    cells = [int(number[np.ravel_multi_index(place, table.shape)]) for place in places]
    is_flat = table.ndim <= 2  # noqa: PLR2004  # a table of rows and columns
    known = known_of_hidden(table, hidden)
    return feasible_intervals(known, cells, in_whole_numbers=not is_flat)


def _places(hidden: Mask) -> list[Place]:
    return [tuple(int(i) for i in place) for place in np.argwhere(hidden)]


def _prices(table: Whole) -> Numbers:
    """What is lost by hiding a cell: the people in it; a total costs more than any cell."""
    return np.maximum(table, 1) + np.where(totals_of(table.shape), float(table.flat[-1]), 0.0)


def _by_rectangles(table: Whole, hidden: Mask, needed: Numbers, price: Numbers) -> Mask:
    hidden = hidden.copy()
    for place in sorted(_places(hidden), key=lambda place: (table[place], place)):
        found = _rectangles(table, np.where(hidden, 0.0, price), place)
        cost = np.where(found.width >= needed[place] - TOLERANCE, found.price, np.inf)
        if not np.isfinite(cost).any():
            continue
        row, column = np.unravel_index(int(cost.argmin()), cost.shape)
        corners = product((place[0], found.rows[row]), (place[1], found.columns[column]))
        for corner in corners:
            hidden[corner] = True
    return hidden


def _rectangles(table: Whole, price: Numbers, place: Place) -> _Rectangles:
    i, j = place
    rows, columns = np.arange(table.shape[0]), np.arange(table.shape[1])
    rows, columns = rows[rows != i], columns[columns != j]
    across = -_signs(table.shape[1])[columns] * _signs(table.shape[1])[j]
    along = (-_signs(table.shape[0])[rows] * _signs(table.shape[0])[i])[:, None]
    corners = (
        (table[i, columns][None, :], np.broadcast_to(across, (1, len(columns)))),
        (table[rows, j][:, None], along),
        (table[np.ix_(rows, columns)], along * across),
    )
    up: Numbers = np.full((len(rows), len(columns)), np.inf)
    down: Numbers = np.full((len(rows), len(columns)), float(table[place]))
    for value, sign in corners:
        up = np.minimum(up, np.where(sign < 0, value, np.inf))
        down = np.minimum(down, np.where(sign > 0, value, np.inf))
    cost = price[i, columns][None, :] + price[rows, j][:, None] + price[np.ix_(rows, columns)]
    return _Rectangles(up + down, cost, rows, columns)


def _signs(length: int) -> NDArray[np.int64]:
    """A total stands on the other side of the equation."""
    signs = np.ones(length, dtype=np.int64)
    signs[-1] = -1
    return signs


def _has_hidden_rectangle(table: Whole, hidden: Mask, place: Place, needed: float) -> bool:
    """A rectangle that is all hidden and wide enough proves a cell safe without solving."""
    if table.ndim != 2:  # noqa: PLR2004  # a table of rows and columns
        return False
    found = _rectangles(table, np.where(hidden, 0.0, 1.0), place)
    return bool(((found.price == 0) & (found.width >= needed - TOLERANCE)).any())


def _cheapest_flow(table: Whole, hidden: Mask, place: Place, needed: float) -> Mask:
    """Cells through which a hidden one could be `needed` larger, at the lowest price."""
    matrix, price = equations(table.shape), np.where(hidden, 0.0, _prices(table)).ravel()
    cell = int(np.ravel_multi_index(place, table.shape))
    most_up = np.full(table.size, np.inf)
    least_up = np.zeros(table.size)
    most_down = table.ravel().astype(np.float64)
    least_up[cell] = most_up[cell] = needed
    most_down[cell] = 0.0
    bounds = np.column_stack([np.r_[least_up, np.zeros(table.size)], np.r_[most_up, most_down]])
    answer = linprog(
        np.r_[price, price],
        A_eq=hstack([matrix, -matrix]),
        b_eq=np.zeros(matrix.shape[0]),
        bounds=bounds,
        method="highs",
    )
    change = answer.x[: table.size] - answer.x[table.size :]
    return np.asarray(np.abs(change) > TOLERANCE).reshape(table.shape)


def _with_neighbours(hidden: Mask, price: Numbers, exposed: list[Place]) -> Mask:
    """Where flows in fractions promise more than whole people can hold: the cheapest shown cell."""
    hidden = hidden.copy()
    for place in exposed:
        distance = sum(
            (index != own).astype(np.int64)
            for index, own in zip(np.indices(hidden.shape), place, strict=True)
        )
        cost = np.where(hidden, np.inf, price + np.where(distance == 1, 0.0, price.max() * 2))
        if np.isfinite(cost).any():
            hidden.flat[int(cost.argmin())] = True
    return hidden
