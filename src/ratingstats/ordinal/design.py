"""What stays the same while an ordinal model is fitted: ratings, columns and who belongs where."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ratingstats.crossed import Factor

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Design:
    """Ratings y (N,) in K levels, standardized columns X (N, p), and the factors.

    The factor with most levels is A, to be eliminated: its block of any Z'WZ is diagonal. All other
    factors together are B, whose columns stand side by side in Z_B (N, q_B); `owner` (q_B,) says
    which of `rest` a column belongs to. `means` and `scales` (p,) bring X back to its own units.
    """

    y: Codes
    K: int
    X: Numbers
    means: Numbers
    scales: Numbers
    factors: tuple[Factor, ...]
    first: int
    rest: tuple[int, ...]
    Z_A: sparse.csr_matrix
    Z_B: sparse.csr_matrix
    owner: Codes

    @property
    def n(self) -> int:
        return len(self.y)

    @property
    def p(self) -> int:
        return int(self.X.shape[1])

    @property
    def F(self) -> int:
        return len(self.factors)

    @property
    def n_parameters(self) -> int:
        """Thresholds, coefficients and one standard deviation per factor."""
        return self.K - 1 + self.p + self.F

    def columns_of(self, factor: int) -> Codes:
        """The columns of Z_B that belong to a factor of `rest`."""
        return np.flatnonzero(self.owner == factor)


def _indicator(factors: tuple[Factor, ...], n: int) -> sparse.csr_matrix:
    """Zeros and ones (N, sum of levels), in each row a one per factor."""
    offsets = np.cumsum([0, *(factor.levels for factor in factors)])
    columns = [factor.codes + offset for factor, offset in zip(factors, offsets, strict=False)]
    flat = np.column_stack(columns).ravel() if factors else np.zeros(0, np.int64)
    starts = np.arange(n + 1) * len(factors)
    return sparse.csr_matrix((np.ones(flat.size), flat, starts), shape=(n, int(offsets[-1])))


def design_of(y: Codes, K: int, factors: tuple[Factor, ...], X: Numbers) -> Design:
    """Standardize the columns and choose the factor to be eliminated."""
    n = len(y)
    means = X.mean(axis=0) if X.shape[1] else np.zeros(0)
    scales = X.std(axis=0) if X.shape[1] else np.zeros(0)
    first = max(range(len(factors)), key=lambda f: factors[f].levels, default=-1)
    rest = tuple(f for f in range(len(factors)) if f != first)
    owner = np.repeat(np.array(rest, np.int64), [factors[f].levels for f in rest])
    return Design(
        y=y,
        K=K,
        X=(X - means) / scales,
        means=means,
        scales=scales,
        factors=factors,
        first=first,
        rest=rest,
        Z_A=_indicator(factors[first : first + 1] if factors else (), n),
        Z_B=_indicator(tuple(factors[f] for f in rest), n),
        owner=owner,
    )
