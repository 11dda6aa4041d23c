"""Regression whose errors hang together within clusters (Liang and Zeger 1986)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

Numbers = NDArray[np.float64]
Matrix = NDArray[np.float64]
Codes = NDArray[np.int64]
NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Clustered:
    """One coefficient of a least squares regression of y (N) on X (N x P, full rank).

    `cluster` has N codes from 0 to G - 1, each in use; `column` is the place of the coefficient.
    """

    X: Matrix
    y: Numbers
    cluster: Codes
    column: int

    @property
    def clusters(self) -> int:
        return int(self.cluster.max()) + 1

    @property
    def df(self) -> int:
        return self.clusters - 1

    @property
    def weights(self) -> Numbers:
        """The row (N) of (X'X)^-1 X' that makes the coefficient of y."""
        return np.asarray(np.linalg.pinv(self.X)[self.column], np.float64)

    @property
    def estimate(self) -> float:
        return float(self.weights @ self.y)

    @property
    def scores(self) -> Numbers:
        """What each cluster's residuals contribute to the error of the coefficient (G)."""
        weighted = self.weights * without(self.X, self.y)
        return np.asarray(np.bincount(self.cluster, weights=weighted), np.float64)

    @property
    def std_error(self) -> float:
        """CR1: sqrt(G / (G - 1) x (N - 1) / (N - P) x sum of squared scores)."""
        n, p = self.X.shape
        factor = self.clusters / max(self.df, 1) * (n - 1) / max(n - p, 1)
        return float(np.sqrt(factor * self.scores @ self.scores))

    def t_interval(self, level: float) -> tuple[float, float, float]:
        """Low, high and p by Student's t with G - 1 degrees of freedom."""
        estimate, std_error = self.estimate, self.std_error
        if std_error <= NOTHING:
            return estimate, estimate, float("nan")
        reach = float(stdtrit(self.df, 0.5 + level / 2)) * std_error
        p = 2 * float(stdtr(self.df, -abs(estimate) / std_error))
        return estimate - reach, estimate + reach, p


def without(X: Matrix, y: Numbers) -> Numbers:
    """What of y (N) is left after regression on X (N x P)."""
    return np.asarray(y - X @ np.linalg.lstsq(X, y, rcond=None)[0], np.float64)
