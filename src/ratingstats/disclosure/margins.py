"""A table together with its totals, as one array with equations between its cells."""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from ratingstats.disclosure.linear import Constraints, Sparse

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]


def with_totals(counts: Whole) -> Whole:
    """The table with a last row of column totals, a last column of row totals and so on."""
    table = np.asarray(counts, dtype=np.int64)
    for axis in range(table.ndim):
        table = np.concatenate([table, table.sum(axis=axis, keepdims=True)], axis=axis)
    return table


def totals_of(shape: tuple[int, ...]) -> Mask:
    """Which cells of a table with totals are totals; `shape` is that of the table with totals."""
    mask = np.ones(shape, dtype=np.bool_)
    mask[tuple(slice(0, -1) for _ in shape)] = False
    return mask


def equations(shape: tuple[int, ...]) -> Sparse:
    """M by V sparse matrix with `M @ table.ravel() == 0`: every line adds up to its total.

    `shape` is that of the table with totals; V is its number of cells. Any number of axes.
    """
    places = np.arange(math.prod(shape)).reshape(shape)
    return vstack([_lines(places, axis) for axis in range(len(shape))], format="csr")


def _lines(places: NDArray[np.int64], axis: int) -> Sparse:
    lines = np.moveaxis(places, axis, -1).reshape(-1, places.shape[axis])
    signs = np.ones(lines.shape)
    signs[:, -1] = -1
    row = np.repeat(np.arange(len(lines)), lines.shape[1])
    return csr_array((signs.ravel(), (row, lines.ravel())), shape=(len(lines), places.size))


def known_of_hidden(table: Whole, hidden: Mask) -> Constraints:
    """What the shown cells of a table with totals say about the hidden ones, in `ravel` order."""
    matrix = equations(table.shape).tocsc()
    dark = hidden.ravel()
    totals = -(matrix[:, ~dark] @ table.ravel()[~dark].astype(np.float64))
    left = matrix[:, dark].tocsr()
    concerned = np.diff(left.indptr) > 0
    return Constraints.on_counts(left[concerned], np.asarray(totals)[concerned])
