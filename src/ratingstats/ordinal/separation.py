"""Whether the ratings have a largest likelihood at all, or a coefficient would run to infinity."""

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
TOLERANCE = 1e-7


def separated_columns(y: Codes, K: int, X: Numbers) -> tuple[int, ...]:
    """The columns of X (N, p) along which the likelihood of the ratings y (N,) never falls.

    A direction (t, d) with t_(y-1) <= x'd <= t_y for every rating, not zero everywhere, raises the
    likelihood for ever (Albert & Anderson 1984 for unordered levels; Agresti 2010, section 3.4.5).
    Found by linear programming within -1..1; empty where there is none.
    """
    p = X.shape[1]
    if p == 0:
        return ()
    seen = np.unique(np.column_stack((y, X)), axis=0)
    levels, columns = seen[:, 0].astype(np.int64), seen[:, 1:]
    above, below = levels < K - 1, levels > 0
    A = sparse.vstack(
        [
            sparse.hstack((_picked(levels[above], K), -columns[above])),
            sparse.hstack((-_picked(levels[below] - 1, K), columns[below])),
        ]
    ).tocsr()
    gain = np.asarray(A.sum(axis=0)).ravel()
    found = optimize.linprog(
        -gain, A_ub=-A, b_ub=np.zeros(A.shape[0]), bounds=(-1.0, 1.0), method="highs"
    )
    if not found.success or -found.fun <= TOLERANCE:
        return ()
    return tuple(int(j) for j in np.flatnonzero(np.abs(found.x[K - 1 :]) > TOLERANCE))


def _picked(thresholds: Codes, K: int) -> sparse.csr_matrix:
    n = len(thresholds)
    return sparse.csr_matrix((np.ones(n), (np.arange(n), thresholds)), shape=(n, K - 1))
