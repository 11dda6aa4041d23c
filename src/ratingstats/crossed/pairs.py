"""C' diag(w) C and its counterpart, for weights that change while C does not."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from scipy.sparse import csc_array

from ratingstats.crossed.blocks import Layout
from ratingstats.crossed.design import Numbers
from ratingstats.crossed.equations import Equations

# Rows made dense at a time.
ROWS = 2048
# Nanoseconds: a pair taken one by one, and a multiplication of dense matrices.
PAIR, DENSE = 6.0, 0.05


class Pairs(Protocol):
    """What the pairs of columns that meet in a row are good for."""

    def outer(self, weights: Numbers) -> Numbers:
        """C' diag(weights) C in the flat layout."""

    def quadratic(self, inverse: Numbers, diagonal: Numbers) -> Numbers:
        """c_i' H c_i for every row c_i of C; H in the flat layout, and its diagonal (m,)."""


def pair_count(equations: Equations) -> float:
    """Pairs of columns that meet in a row, each with itself too."""
    lengths = np.diff(equations.C.indptr).astype(np.float64)
    return float((lengths * (lengths + 1) / 2).sum())


def dense_is_better(equations: Equations, layout: Layout) -> bool:
    """Whether rows are so full that dense products beat a list of pairs."""
    m = float(layout.m)
    return bool(DENSE * 2 * equations.q1 * m**2 < PAIR * pair_count(equations))


def pairs_of(equations: Equations, layout: Layout) -> Pairs:
    """The quicker of the two ways."""
    if len(layout.batches) == 1 and layout.batches[0].count == 1:
        size = layout.batches[0].size
        if size == layout.m and dense_is_better(equations, layout):
            return DensePairs(equations.C)
    return ListedPairs.of(equations, layout)


@dataclass(frozen=True, slots=True)
class ListedPairs:
    """Every pair with its place: a sparse matrix (total, q1) that maps weights to entries."""

    matrix: Any
    squared: Any

    @classmethod
    def of(cls, equations: Equations, layout: Layout) -> "ListedPairs":
        C = equations.C
        lengths = np.diff(C.indptr)
        before = np.arange(C.nnz) - np.repeat(C.indptr[:-1], lengths)
        times = before + 1
        low = np.repeat(np.arange(C.nnz), times)
        ends = np.cumsum(times)
        high = np.arange(len(low)) - np.repeat(ends - times - (np.arange(C.nnz) - before), times)
        places = (layout.base + layout.place * layout.stride)[C.indices][low]
        places += layout.place[C.indices][high]
        small = max(layout.total, len(places)) < np.iinfo(np.int32).max
        kind = np.int32 if small else np.int64
        starts = np.concatenate([[0], ends])[C.indptr].astype(kind)
        entries = (C.data[low] * C.data[high], places.astype(kind), starts)
        matrix = csc_array(entries, shape=(layout.total, equations.q1))
        squared = C.copy()
        squared.data = squared.data**2
        return cls(matrix, squared)

    def outer(self, weights: Numbers) -> Numbers:
        return np.asarray(self.matrix @ weights)

    def quadratic(self, inverse: Numbers, diagonal: Numbers) -> Numbers:
        return np.asarray(2 * (self.matrix.T @ inverse) - self.squared @ diagonal)


@dataclass(frozen=True, slots=True)
class DensePairs:
    """Dense products, some rows at a time, for a design of which most is filled."""

    C: Any

    def outer(self, weights: Numbers) -> Numbers:
        m = self.C.shape[1]
        total = np.zeros((m, m))
        for start in range(0, self.C.shape[0], ROWS):
            rows = self.C[start : start + ROWS].toarray()
            total += rows.T @ (rows * weights[start : start + ROWS, None])
        return total.reshape(-1)

    def quadratic(self, inverse: Numbers, diagonal: Numbers) -> Numbers:
        m = self.C.shape[1]
        H = np.tril(inverse.reshape(m, m))
        H = H + H.T
        H[np.arange(m), np.arange(m)] = diagonal
        parts = []
        for start in range(0, self.C.shape[0], ROWS):
            rows = self.C[start : start + ROWS].toarray()
            parts.append(np.einsum("ij,ij->i", rows @ H, rows))
        return np.concatenate(parts) if parts else np.empty(0)
