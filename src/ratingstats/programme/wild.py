"""The wild cluster bootstrap, for regressions with few clusters."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ratingstats.programme.clusters import Clustered, without
from ratingstats.programme.inversion import not_rejected

Numbers = NDArray[np.float64]
Matrix = NDArray[np.float64]
SIGNS = np.array([-1.0, 1.0])
SIX_POINTS = np.array([-np.sqrt(1.5), -1.0, -np.sqrt(0.5), np.sqrt(0.5), 1.0, np.sqrt(1.5)])
FEW_FOR_SIGNS = 10
DRAWS = 4_999
TIE = 1e-9


def wild_interval(fit: Clustered, *, level: float, seed: int) -> tuple[float, float, float]:
    """Low, high and p by bootstrapping t with the null imposed (Cameron, Gelbach, Miller 2008).

    Clusters keep or turn their residuals by sign, or by six points up to ten clusters, where signs
    have too few patterns (Webb 2023). The interval holds the effects that are not rejected.
    """
    wild = _Wild.of(fit, np.random.default_rng(seed))
    low, high = not_rejected(wild.p, fit.estimate, step=fit.std_error, alpha=1 - level)
    return low, high, wild.p(0.0)


@dataclass(frozen=True, slots=True)
class _Wild:
    """All that a draw needs, per cluster, for y and for x_j: restricted residuals are linear.

    With restricted residuals u(b) = u_y - b u_x, a draw v moves the coefficient by sum v_g a_g and
    leaves cluster scores v_g a_g - C_g' (sum v_h D_h).
    """

    draws: Matrix
    a: Matrix
    D: NDArray[np.float64]
    C: Matrix
    estimate: float
    spread: float

    @classmethod
    def of(cls, fit: Clustered, rng: np.random.Generator) -> "_Wild":
        G, points = fit.clusters, SIX_POINTS if fit.clusters <= FEW_FOR_SIGNS else SIGNS
        others, weights = np.delete(fit.X, fit.column, axis=1), fit.weights
        left = np.stack([without(others, v) for v in (fit.y, fit.X[:, fit.column])])
        inverse = np.linalg.inv(fit.X.T @ fit.X)
        moved = np.stack([_summed(fit.X * u[:, None], fit) @ inverse for u in left])
        return cls(
            draws=rng.choice(points, (DRAWS, G)),
            a=np.stack([_summed((weights * u)[:, None], fit)[:, 0] for u in left]),
            D=moved,
            C=_summed(fit.X * weights[:, None], fit),
            estimate=fit.estimate,
            spread=max(float(np.sqrt(fit.scores @ fit.scores)), TIE),
        )

    def p(self, effect: float) -> float:
        """Two-sided p of the supposition that the coefficient is `effect`."""
        moved = self.draws * (self.a[0] - effect * self.a[1])
        score = moved - (self.draws @ (self.D[0] - effect * self.D[1])) @ self.C.T
        spread = np.sqrt(np.maximum((score**2).sum(axis=1), TIE**2))
        t = np.abs(moved.sum(axis=1)) / spread
        seen = abs(self.estimate - effect) / self.spread
        return float((1 + np.sum(t >= seen * (1 - TIE))) / (1 + len(t)))


def _summed(rows: Matrix, fit: Clustered) -> Matrix:
    """Sum the rows (N x K) of each cluster: G x K."""
    columns = [np.bincount(fit.cluster, weights=column) for column in rows.T]
    return np.column_stack(columns)
