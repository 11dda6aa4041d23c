"""Dense symmetric blocks, one per connected part of a design, kept in one flat array.

Only the lower triangle of a block (rows below, C order) means anything. Parts of up to 64 levels
are padded to a few sizes and factorised many at a time; larger ones go to LAPACK one by one.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ratingstats.crossed.design import Codes, Numbers
from ratingstats.crossed.equations import Equations

SIZES = np.array([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64])


@dataclass(frozen=True, slots=True)
class Batch:
    """`count` blocks of `size` from `offset` on; `columns` (count, size) has m where padded."""

    offset: int
    count: int
    size: int
    columns: Codes

    def of(self, flat: Numbers) -> Numbers:
        end = self.offset + self.count * self.size**2
        return flat[self.offset : end].reshape(self.count, self.size, self.size)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the entry of two columns stands: base + place of the lower one * stride + place."""

    m: int
    total: int
    base: Codes
    place: Codes
    stride: Codes
    batches: tuple[Batch, ...]

    @classmethod
    def of(cls, equations: Equations) -> "Layout":
        """Blocks by the connected parts of the graph of the first factor and the others."""
        return cls.by_parts(parts_of(equations))

    @classmethod
    def whole(cls, m: int) -> "Layout":
        """A single block."""
        return cls.by_parts(np.zeros(m, np.int64))

    @classmethod
    def by_parts(cls, part: Codes) -> "Layout":
        """Blocks by the part (m,) each column belongs to."""
        m = len(part)
        _names, part, sizes = np.unique(part, return_inverse=True, return_counts=True)
        padded = _padded(sizes)
        place = _place(part, sizes)
        base, stride = np.empty(m, np.int64), padded[part] if m else np.empty(0, np.int64)
        batches, offset = [], 0
        for size in np.unique(padded):
            here = np.flatnonzero(padded == size)
            rank = np.full(len(sizes), -1)
            rank[here] = np.arange(len(here))
            columns = np.flatnonzero(stride == size)
            base[columns] = offset + rank[part[columns]] * size**2
            grid = np.full((len(here), int(size)), m)
            grid[rank[part[columns]], place[columns]] = columns
            batches.append(Batch(offset, len(here), int(size), grid))
            offset += len(here) * int(size) ** 2
        return cls(m, offset, base, place, stride, tuple(batches))

    @property
    def work(self) -> float:
        """Multiplications of a factorisation and an inverse, roughly."""
        return float(sum(batch.count * float(batch.size) ** 3 for batch in self.batches))

    def address(self, low: Codes, high: Codes) -> Codes:
        """Places in the flat array of entries (low, high), low >= high within a block."""
        found: Codes = self.base[low] + self.place[low] * self.stride[low] + self.place[high]
        return found

    def add_others(self, flat: Numbers, equations: Equations) -> None:
        """Add Z2'Z2."""
        if not self.m:
            return
        every = np.arange(self.m)
        flat[self.address(every, every)] += equations.counts[equations.q1 :]
        others = equations.others.tocoo()
        below = others.row > others.col
        low, high = others.row[below], others.col[below]
        flat[self.address(low, high)] += others.data[below]

    def factorise(self, flat: Numbers, roots: Numbers) -> "Factorised":
        """Cholesky factors of I + R (flat) R with R = diag(roots); overwrites `flat`."""
        padded = np.append(roots, 0.0)
        factors = []
        for batch in self.batches:
            blocks = batch.of(flat)
            around = padded[batch.columns]
            blocks *= around[:, :, None]
            blocks *= around[:, None, :]
            diagonal = np.einsum("bii->bi", blocks)
            diagonal += 1.0
            factors.append(_factors(blocks))
        return Factorised(self, tuple(factors), flat.dtype)


@dataclass(frozen=True, slots=True)
class Factorised:
    """Cholesky factors of the blocks of a layout.

    Large ones: upper triangles in Fortran order; small ones: inverses of the lower triangles.
    """

    layout: Layout
    factors: tuple[list[Numbers] | Numbers, ...]
    precision: "np.dtype[Any]"

    @property
    def logdet(self) -> float:
        total = 0.0
        for factor in self.factors:
            if isinstance(factor, list):
                total += sum(2 * float(np.log(np.diag(one)).sum()) for one in factor)
            else:
                total -= 2 * float(np.log(np.einsum("bii->bi", factor)).sum())
        return total

    def solve(self, rhs: Numbers) -> Numbers:
        """S^-1 rhs for rhs (m, r)."""
        out = np.zeros((self.layout.m + 1, rhs.shape[1]))
        padded = np.concatenate([rhs, np.zeros((1, rhs.shape[1]))]).astype(self.precision)
        potrs = lapack.dpotrs if self.precision == np.float64 else lapack.spotrs
        for batch, factor in zip(self.layout.batches, self.factors, strict=True):
            if isinstance(factor, list):
                for columns, one in zip(batch.columns, factor, strict=True):
                    out[columns] = potrs(one, padded[columns], lower=0)[0]
            else:
                half = factor @ padded[batch.columns]
                out[batch.columns] = factor.transpose(0, 2, 1) @ half
        return out[:-1]

    def inverse(self, roots: Numbers) -> tuple[Numbers, Numbers]:
        """R S^-1 R in the flat layout (lower triangles), and the diagonal of S^-1 (m,)."""
        layout = self.layout
        flat, diagonal = np.empty(layout.total, self.precision), np.empty(layout.m + 1)
        padded = np.append(roots, 0.0)
        for batch, factor in zip(layout.batches, self.factors, strict=True):
            blocks = batch.of(flat)
            _invert(factor, blocks)
            diagonal[batch.columns] = np.einsum("bii->bi", blocks)
            around = padded[batch.columns]
            blocks *= around[:, :, None]
            blocks *= around[:, None, :]
        return flat, diagonal[:-1]


def parts_of(equations: Equations) -> Codes:
    """The connected part each level of the other factors (m,) belongs to."""
    C, q1 = equations.C, equations.q1
    m = C.shape[1]
    if not m:
        return np.empty(0, np.int64)
    rows = np.repeat(np.arange(q1), np.diff(C.indptr))
    size = q1 + m
    graph = coo_array((np.ones(C.nnz, np.int8), (rows, q1 + C.indices)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1][q1:], np.int64)


def _padded(sizes: NDArray[Any]) -> Codes:
    """Small blocks grow to the next of a few sizes, so that many are done at once."""
    at = np.searchsorted(SIZES, sizes)
    small = at < len(SIZES)
    return np.where(small, SIZES[np.minimum(at, len(SIZES) - 1)], sizes)


def _place(part: Codes, sizes: Codes) -> Codes:
    """How many earlier columns of the same part there are."""
    order = np.argsort(part, kind="stable")
    place = np.empty(len(part), np.int64)
    first = np.cumsum(sizes) - sizes
    place[order] = np.arange(len(part)) - np.repeat(first, sizes)
    return place


def _factors(blocks: Numbers) -> list[Numbers] | Numbers:
    size = blocks.shape[1]
    if size == 1:
        return np.asarray(1 / np.sqrt(blocks))
    if size <= SIZES[-1]:
        return np.linalg.inv(np.linalg.cholesky(blocks))
    factors = []
    potrf = lapack.dpotrf if blocks.dtype == np.float64 else lapack.spotrf
    for block in blocks:
        factor, info = potrf(block.T, lower=0, clean=0, overwrite_a=1)
        if info != 0:
            raise np.linalg.LinAlgError
        factors.append(factor)
    return factors


def _invert(factor: list[Numbers] | Numbers, out: Numbers) -> None:
    if isinstance(factor, list):
        potri = lapack.dpotri if out.dtype == np.float64 else lapack.spotri
        for one, block in zip(factor, out, strict=True):
            np.copyto(block.T, one)
            inverse = potri(block.T, lower=0, overwrite_c=1)[0]
            if not np.shares_memory(inverse, block):
                np.copyto(block.T, inverse)
    else:
        np.matmul(factor.transpose(0, 2, 1), factor, out=out)
