"""The restricted or full likelihood at given variance ratios, its gradient and curvature.

With V = I + sum_k g_k Z_k Z_k' (g_k = v_k / s2) and P = V^-1 - V^-1 Q (Q'V^-1 Q)^-1 Q'V^-1:

    -2 log likelihood = log|V| (+ log|X'V^-1 X|) + nu (1 + log(2 pi y'Py / nu))

profiled over the residual variance s2 = y'Py / nu, with nu = N - p (REML) or N (ML). Curvature is
the average information of Gilmour, Thompson and Cullis (1995), which needs solves and no traces.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ratingstats.crossed.design import Numbers
from ratingstats.crossed.equations import Equations

# The residual's share of the scatter of y below which nothing is left for chance.
NOTHING_LEFT = 1e-10
# Less than this share of the information left beside the residual's is rounding.
ROUNDING = 1e-9


class Solved(Protocol):
    """The mixed model equations at one set of ratios."""

    @property
    def rounding(self) -> float:
        """What rounding may make of the criterion, as a share of it."""

    @property
    def logdet(self) -> float:
        """log|V|; NaN where it is not known."""

    def project(self, ZW: Numbers) -> Numbers:
        """Z'V^-1 W (q, r), given Z'W (q, r)."""

    def conditional(self) -> Numbers:
        """Var(u | y) over its variance, per level (q,); 1 where the variance is 0."""

    def traces(self) -> Numbers:
        """tr(Z_k' V^-1 Z_k) (K,)."""


class System(Protocol):
    """A way to solve the mixed model equations."""

    def at(self, gamma: Numbers) -> Solved:
        """The equations at the ratios gamma (K,), each >= 0."""


@dataclass(frozen=True)
class Evaluation:
    """What is known at `gamma` (K,); the data are scaled so that r'r = N.

    A: Q'V^-1 Q. beta: coefficients on Q. r2: r'Pr. of_Q (q, p): Z'V^-1 Q. of_r (q,): Z'Pr.
    logdet: log|V| (+ log|A|). traces (K,): tr(P K_k), for ML tr(V^-1 K_k).
    squares (K,): r'P K_k Pr. bends (K, K): r'P K_k P K_l Pr.
    """

    gamma: Numbers
    nu: int
    A: Numbers
    beta: Numbers
    r2: float
    of_Q: Numbers  # noqa: N815  # Q is a matrix
    of_r: Numbers
    logdet: float
    traces: Numbers
    squares: Numbers
    bends: Numbers
    solved: Solved

    @property
    def at(self) -> Numbers:
        return self.gamma

    @property
    def value(self) -> float:
        """The criterion without its constants."""
        return self.logdet + self.nu * float(np.log(self.r2)) if self.r2 > 0 else float("inf")

    @property
    def noise(self) -> float:
        return self.solved.rounding * (abs(self.value) + self.nu)

    @property
    def exhausted(self) -> bool:
        most = float(self.gamma.max(initial=0.0))
        return self.r2 < NOTHING_LEFT * self.nu or most > 1 / NOTHING_LEFT

    @property
    def gradient(self) -> Numbers:
        return self.traces - self.nu * self.squares / self.r2

    @property
    def information(self) -> Numbers:
        """In place of the second derivatives of `value`: (K, K), no eigenvalue below 0."""
        return (self.nu / self.r2) * (self.bends - np.outer(self.squares, self.squares) / self.r2)

    @property
    def curved(self) -> NDArray[np.bool_]:
        whole = np.diag(self.bends) * self.nu / self.r2
        return np.asarray(np.diag(self.information) > ROUNDING * whole)


def evaluate(equations: Equations, solved: Solved, gamma: Numbers, *, reml: bool) -> Evaluation:
    """Everything at `gamma`."""
    p, g = equations.p, equations.spread(gamma)
    S = solved.project(equations.ZU)
    M = equations.UU - equations.ZU.T @ (g * S)
    A, b = (M[:p, :p] + M[:p, :p].T) / 2, M[:p, p]
    beta = np.asarray(np.linalg.solve(A, b), np.float64)
    of_Q, of_r = S[:, :p], S[:, p] - S[:, :p] @ beta
    traces, logdet = solved.traces(), solved.logdet
    if reml:
        spans = equations.sums(of_Q[:, :, None] * of_Q[:, None, :])
        traces = traces - np.einsum("ij,kji->k", np.linalg.inv(A), spans)
        logdet = logdet + float(np.linalg.slogdet(A)[1])
    return Evaluation(
        gamma=gamma,
        nu=equations.n - p if reml else equations.n,
        A=A,
        beta=beta,
        r2=float(M[p, p] - b @ beta),
        of_Q=of_Q,
        of_r=of_r,
        logdet=logdet,
        traces=traces,
        squares=equations.sums(of_r**2),
        bends=_bends(equations, solved, g, (A, of_Q, of_r)),
        solved=solved,
    )


def _bends(
    equations: Equations, solved: Solved, g: Numbers, found: tuple[Numbers, Numbers, Numbers]
) -> Numbers:
    """w_k'P w_l with w_k = Z_k Z_k'Pr, without ever forming w."""
    A, of_Q, of_r = found
    apart = equations.blocks(of_r)
    Zw = equations.cross(apart)
    inner = apart.T @ Zw - Zw.T @ (g * solved.project(Zw))
    shared = of_Q.T @ apart
    inner = inner - shared.T @ np.linalg.solve(A, shared)
    return (inner + inner.T) / 2
