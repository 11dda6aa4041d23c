"""The curvature of the random effects, I + Lambda Z'WZ Lambda, with its larger factor eliminated.

H = [ D   C  ]      D diagonal (q_A), C sparse (q_A, q_B), B dense (q_B, q_B)
    [ C'  B  ]      S = B - C' D^-1 C, factored by Cholesky
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

from ratingstats.ordinal.design import Design

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """A vector over the levels of A (q_A,) and over those of B (q_B,)."""

    A: Numbers
    B: Numbers

    def plus(self, other: "Pair", times: float = 1.0) -> "Pair":
        return Pair(self.A + times * other.A, self.B + times * other.B)

    def dot(self, other: "Pair") -> float:
        return float(self.A @ other.A + self.B @ other.B)


@dataclass(frozen=True, slots=True)
class Scales:
    """The standard deviations of the factors: one for A, one per column of B (q_B,)."""

    A: float
    B: Numbers

    @classmethod
    def of(cls, design: Design, sigma: Numbers) -> "Scales":
        return cls(float(sigma[design.first]) if design.F else 0.0, sigma[design.owner])

    def spread(self, design: Design, b: Pair) -> Numbers:
        """Z Lambda b: what the random effects add to every rating (N,)."""
        added: Numbers = self.A * (design.Z_A @ b.A) + design.Z_B @ (self.B * b.B)
        return added

    def collect(self, design: Design, x: Numbers) -> Pair:
        """Lambda Z'x for x (N,)."""
        return Pair(self.A * (design.Z_A.T @ x), self.B * (design.Z_B.T @ x))


@dataclass(frozen=True, slots=True)
class System:
    """H, factored."""

    D: Numbers
    C: sparse.csr_matrix
    S: Numbers

    def log_determinant(self) -> float:
        return float(np.log(self.D).sum() + 2 * np.log(np.diag(self.S)).sum())

    def solve(self, r: Pair) -> Pair:
        """H^-1 r."""
        scaled = r.A / self.D
        B = linalg.cho_solve((self.S, True), r.B - self.C.T @ scaled) if r.B.size else r.B
        return Pair(scaled - (self.C @ B) / self.D, B)


def factor(design: Design, scales: Scales, w: Numbers) -> System:
    """H for the weights w (N,), which are never negative, so that H >= I."""
    D = 1.0 + scales.A**2 * (design.Z_A.T @ w)
    weighted = design.Z_B.multiply(w[:, None]).tocsr()
    C = (design.Z_A.T @ weighted).multiply(scales.A * scales.B).tocsr()
    B = (design.Z_B.T @ weighted).toarray() * np.outer(scales.B, scales.B)
    scaled = sparse.diags(1.0 / np.sqrt(D)) @ C
    S = B + np.eye(len(scales.B)) - (scaled.T @ scaled).toarray()
    return System(D, C, linalg.cholesky(S, lower=True) if S.size else S)


@dataclass(frozen=True, slots=True)
class Inverse:
    """The parts of H^-1 that are needed: diagonal over A (q_A,), A by B, B by B."""

    AA: Numbers
    AB: Numbers
    BB: Numbers


def invert(system: System) -> Inverse:
    """H^-1 where two levels may meet in a rating."""
    q = system.S.shape[0]
    BB = linalg.cho_solve((system.S, True), np.eye(q)) if q else np.zeros((0, 0))
    through = (system.C @ BB) / system.D[:, None]
    back = np.asarray(system.C.multiply(through).sum(axis=1)).ravel()
    return Inverse(1.0 / system.D + back / system.D, -through, BB)


def leverages(design: Design, scales: Scales, inverse: Inverse) -> list[Numbers]:
    """For each factor f and rating i: z_fi' H^-1 Lambda z_i (N,).

    Times the factor's standard deviation and summed over factors they give z_i' Lambda H^-1
    Lambda z_i, the conditional variance of what the random effects add to rating i.
    """
    if not design.F:
        return []
    n = design.n
    a = design.factors[design.first].codes
    columns = design.Z_B.indices.reshape(n, len(design.rest))
    found: list[Numbers] = [np.zeros(n) for _ in range(design.F)]
    found[design.first] = scales.A * inverse.AA[a]
    for place, f in enumerate(design.rest):
        b = columns[:, place]
        found[design.first] = found[design.first] + scales.B[b] * inverse.AB[a, b]
        found[f] = scales.A * inverse.AB[a, b]
        for other in range(len(design.rest)):
            c = columns[:, other]
            found[f] = found[f] + scales.B[c] * inverse.BB[b, c]
    return found
