"""What is like the Schur complement S, and easy to solve.

With one factor beside the eliminated one it is the diagonal of S. With more, persons are taken out
as if each rating told w of what it tells where they are known, w the same for all: I + w L Z2'Z2 L.
There the larger of the others has a diagonal D, the smaller ones (units, say) a whole block E, and
B holds who is rated where:

    M = [D B; B' E],   solved by way of F = E - B' D^-1 B.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.sparse import diags_array

from ratingstats.crossed.design import Numbers
from ratingstats.crossed.equations import Equations, Sparse

# Levels of the smaller factors up to which their block is kept whole.
WHOLE = 2000
# Rows made dense at a time.
ROWS = 4096


class Likeness(Protocol):
    """M, which is symmetric and positive definite."""

    def solve(self, r: Numbers) -> Numbers:
        """M^-1 r for r (m, columns)."""

    @property
    def inverse_diagonal(self) -> Numbers:
        """The diagonal of M^-1 (m,)."""


@dataclass(frozen=True, slots=True)
class Diagonal:
    diagonal: Numbers

    def solve(self, r: Numbers) -> Numbers:
        return np.asarray(r / self.diagonal[:, None])

    @property
    def inverse_diagonal(self) -> Numbers:
        return np.asarray(1 / self.diagonal)


@dataclass(frozen=True, slots=True)
class Arrow:
    """`inverse`: F^-1, dense."""

    D: Numbers
    B: Sparse
    inverse: Numbers

    def solve(self, r: Numbers) -> Numbers:
        large = len(self.D)
        first = r[:large] / self.D[:, None]
        small = self.inverse @ (r[large:] - self.B.T @ first)
        first -= (self.B @ small) / self.D[:, None]
        return np.concatenate([first, small])

    @property
    def inverse_diagonal(self) -> Numbers:
        through = [
            np.asarray(part.multiply(part @ self.inverse).sum(axis=1)).reshape(-1)
            for part in (self.B[a : a + ROWS] for a in range(0, len(self.D), ROWS))
        ]
        first = 1 / self.D + np.concatenate(through) / self.D**2
        return np.concatenate([first, np.diag(self.inverse)])


def likeness(equations: Equations, diagonal: Numbers, roots: Numbers) -> Likeness:
    """M for the diagonal of S (m,) and the roots of the ratios (m,)."""
    q1, large = equations.q1, int(equations.starts[min(2, equations.K)] - equations.q1)
    small = len(diagonal) - large
    if not 0 < small <= WHOLE:
        return Diagonal(diagonal)
    alone = roots**2 * equations.counts[q1:]
    tells = float((diagonal[:large] - 1).sum() / (alone[:large].sum() or 1.0))
    around = diags_array(np.sqrt(tells) * roots)
    others = (around @ equations.others @ around).tocsr()
    D, B = 1 + tells * alone[:large], others[:large, large:]
    F = others[large:, large:].toarray() - (B.T @ diags_array(1 / D) @ B).toarray()
    F[np.diag_indices(small)] += 1 + tells * alone[large:]
    return Arrow(D, B, np.linalg.inv(F))
