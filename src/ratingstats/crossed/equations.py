"""A design boiled down to the sums that every step of a fit needs."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from ratingstats.crossed.design import Codes, Design, Factor, Numbers

Sparse: TypeAlias = Any
"""A scipy.sparse.csr_array, of which no types are known."""

# A column of which less than this share is its own says nothing the others do not.
ALIASED = 1e-9


@dataclass(frozen=True)
class Equations:
    """Z'Z, Z'U and U'U, with U = [Q, r]: Q an orthonormal basis of X, r = (y - QQ'y) / scale.

    Levels of all K factors stand one after another, the factor with most levels first; `order`
    says which factor of the design stands where, `starts` (K+1,) where each begins.
    `C` (q1, m) counts how often a level of the first meets one of the others, `others` (m, m)
    how often these meet each other (without its diagonal, which is in `counts`).
    """

    n: int
    order: tuple[int, ...]
    starts: Codes
    counts: Numbers
    C: Sparse
    others: Sparse
    ZU: Numbers
    R: Numbers
    Qy: Numbers
    scale: float

    @property
    def K(self) -> int:
        return len(self.order)

    @property
    def p(self) -> int:
        return int(self.ZU.shape[1]) - 1

    @property
    def q(self) -> int:
        return int(self.starts[-1])

    @property
    def q1(self) -> int:
        return int(self.starts[1])

    @cached_property
    def UU(self) -> Numbers:
        """U'U: (p+1, p+1), diagonal, for r stands upright on Q and has N for its square."""
        return np.diag(np.append(np.ones(self.p), float(self.n)))

    @cached_property
    def owner(self) -> Codes:
        """Which factor each level belongs to (q,)."""
        return np.repeat(np.arange(self.K), np.diff(self.starts))

    @cached_property
    def Ct(self) -> Sparse:
        return self.C.T

    def spread(self, gamma: Numbers) -> Numbers:
        """A value per factor (K,) as a value per level (q, 1)."""
        return np.repeat(gamma, np.diff(self.starts))[:, None]

    def blocks(self, s: Numbers) -> Numbers:
        """The levels of each factor in a column of their own: (q,) becomes (q, K)."""
        apart = np.zeros((self.q, self.K))
        apart[np.arange(self.q), self.owner] = s
        return apart

    def sums(self, per_level: Numbers) -> Numbers:
        """Totals over the levels of each factor: (q, ...) becomes (K, ...)."""
        return np.stack(
            [per_level[a:b].sum(axis=0) for a, b in zip(self.starts, self.starts[1:], strict=False)]
        )

    def cross(self, s: Numbers) -> Numbers:
        """Z'Z s for s (q, r)."""
        first, rest = s[: self.q1], s[self.q1 :]
        out = self.counts[:, None] * s
        if len(rest):
            out[: self.q1] += self.C @ rest
            out[self.q1 :] += self.Ct @ first
            if self.K > 2:  # noqa: PLR2004  # with two factors there are no others to meet
                out[self.q1 :] += self.others @ rest
        return out


def basis(X: Numbers) -> tuple[Numbers, Numbers, list[int]]:
    """Q (N, p) and R (p, p) of X = QR, and the columns that say nothing the earlier ones do not."""
    if X.shape[1] == 1:
        length = float(np.linalg.norm(X))
        return X / (length or 1.0), np.array([[length]]), [] if length > 0 else [0]
    lengths = np.linalg.norm(X, axis=0)
    Q, R = np.linalg.qr(X)
    aliased = np.abs(np.diag(R)) <= ALIASED * lengths
    return Q, R, [int(j) for j in np.flatnonzero(aliased)]


def equations_of(design: Design, Q: Numbers, R: Numbers) -> Equations:
    """The sums of a design whose fixed effects are QR; where y is all explained, scale is 0."""
    order = tuple(int(k) for k in np.argsort([-f.levels for f in design.factors], kind="stable"))
    factors = [design.factors[k] for k in order]
    Qy = Q.T @ design.y
    rest = design.y - Q @ Qy
    rest -= Q @ (Q.T @ rest)
    size = float(np.sqrt(rest @ rest / design.n))
    loudest = float(np.abs(design.y).max())
    scale = size if size > 1e-13 * loudest else 0.0
    rest /= scale or 1.0
    ZU = np.concatenate([_sums(factor, Q, rest) for factor in factors])
    starts = np.concatenate([[0], np.cumsum([factor.levels for factor in factors])])
    counts = np.concatenate([np.bincount(f.codes, minlength=f.levels) for f in factors])
    C, others = _meetings(factors, starts)
    return Equations(design.n, order, starts, counts * 1.0, C, others, ZU, R, Qy, scale)


def _sums(factor: Factor, Q: Numbers, rest: Numbers) -> Numbers:
    columns = [*Q.T, rest]
    sums = [np.bincount(factor.codes, column, minlength=factor.levels) for column in columns]
    return np.stack(sums, axis=1)


def _meetings(factors: list[Factor], starts: Codes) -> tuple[Sparse, Sparse]:
    """C and the meetings of the others among themselves."""
    q1, m = int(starts[1]), int(starts[-1] - starts[1])
    at = [factor.codes + (start - q1) for factor, start in zip(factors, starts, strict=False)]
    columns = np.concatenate(at[1:]) if m else np.empty(0, np.int64)
    rows = np.tile(factors[0].codes, len(factors) - 1)
    C = counted(rows, columns, (q1, m))
    pairs = [(at[a], at[b]) for a in range(1, len(at)) for b in range(1, a)]
    if not pairs:
        return C, csr_array((m, m))
    low = np.concatenate([pair[0] for pair in pairs])
    high = np.concatenate([pair[1] for pair in pairs])
    below = counted(low, high, (m, m))
    return C, (below + below.T).tocsr()


def counted(rows: Codes, columns: Codes, shape: tuple[int, int]) -> Sparse:
    """How often each row meets each column, as sorted compressed rows."""
    small = np.int32 if max(*shape, len(rows)) < np.iinfo(np.int32).max else np.int64
    entries = np.ones(len(rows)), (rows.astype(small), columns.astype(small))
    matrix = csr_array(coo_array(entries, shape=shape))
    matrix.sum_duplicates()
    return matrix


def squares_of_meetings(equations: Equations) -> NDArray[np.float64]:
    """Squared Frobenius norms of Z_k'Z_l for every two factors: (K, K)."""
    K, owner = equations.K, equations.owner[equations.q1 :]
    norms = np.diag(equations.sums(equations.counts**2))
    if K == 1:
        return norms
    for matrix, first in ((equations.C, None), (equations.others, owner)):
        of_columns = owner[matrix.indices]
        rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        of_rows = np.zeros_like(of_columns) if first is None else first[rows]
        both = np.bincount(of_rows * K + of_columns, matrix.data**2, minlength=K * K)
        norms = norms + both.reshape(K, K) + (both.reshape(K, K).T if first is None else 0)
    return norms
