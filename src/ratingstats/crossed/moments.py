"""Variances from quadratic forms: where to start, and whether the data can tell them apart.

The equations are those of MINQUE(0) (Rao 1971): with M = I - QQ' and K_k = Z_k Z_k', equate
y'M K_k M y to its expectation. Their matrix, tr(M K_k M K_l), is the Gram matrix of what the
variances do to the covariance of y; where it is singular no method can separate them.
"""

from dataclasses import dataclass

import numpy as np

from ratingstats.crossed.design import Numbers
from ratingstats.crossed.equations import Equations, squares_of_meetings

# Below this eigenvalue of the Gram matrix, scaled to a unit diagonal, things are the same thing.
SAME = 1e-9
# A factor is part of what is the same when it has this share of the null direction.
PART = 0.05


@dataclass(frozen=True, slots=True)
class Moments:
    """Variances relative to the residual's (K,), and groups of factors that are one thing.

    In `tangled` each tuple lists factors (as placed in the equations); K stands for the residual.
    `silent` are factors of which nothing is left beside the fixed effects.
    """

    ratios: Numbers
    silent: tuple[int, ...]
    tangled: tuple[tuple[int, ...], ...]


def moments(equations: Equations) -> Moments:
    """Solve the equations of the quadratic forms; ratios are at least 0.01, to have where to go."""
    gram, forms = _forms(equations)
    size = np.sqrt(np.maximum(np.diag(gram), 0.0))
    whole = np.append(equations.sums(equations.counts), equations.n)
    silent = tuple(int(k) for k in np.flatnonzero(size[:-1] ** 2 <= SAME * whole[:-1]))
    if silent:
        return Moments(np.full(equations.K, 0.1), silent, ())
    values, vectors = np.linalg.eigh(gram / np.outer(size, size))
    null = vectors[:, values < SAME]
    if null.size:
        return Moments(np.full(equations.K, 0.1), (), _groups(null))
    variances = np.linalg.solve(gram, forms)
    residual = variances[-1] if variances[-1] > 0 else 0.1 * forms[-1] / equations.n
    return Moments(np.clip(variances[:-1] / residual, 0.01, 100.0), (), ())


def _groups(null: Numbers) -> tuple[tuple[int, ...], ...]:
    parts = [tuple(int(k) for k in np.flatnonzero(np.abs(v) > PART)) for v in null.T]
    return tuple(dict.fromkeys(parts))


def _forms(equations: Equations) -> tuple[Numbers, Numbers]:
    """The Gram matrix (K+1, K+1), residual last, and the quadratic forms of r (K+1,)."""
    K, p = equations.K, equations.p
    of_Q, of_r = equations.ZU[:, :p], equations.ZU[:, p]
    gram = np.zeros((K + 1, K + 1))
    gram[:K, :K] = squares_of_meetings(equations)
    inner = equations.sums(of_Q[:, :, None] * of_Q[:, None, :])
    for j in range(p):
        apart = equations.blocks(of_Q[:, j])
        gram[:K, :K] -= 2 * apart.T @ equations.cross(apart)
    gram[:K, :K] += np.einsum("kij,lij->kl", inner, inner)
    traces = equations.sums(equations.counts) - np.einsum("kii->k", inner)
    gram[:K, K] = gram[K, :K] = traces
    gram[K, K] = equations.n - p
    return gram, np.append(equations.sums(of_r**2), float(equations.n))
