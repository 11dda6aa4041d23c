"""The marginal likelihood of a many-facet Rasch model, with its gradient.

With steps delta_ih of item i, severity rho_j of rater j (sum zero) and ability theta = sigma z,
z ~ N(0, 1) on a grid (Bock & Aitkin 1981; Masters 1982; Linacre 1989):

    ln P(x | theta) = x (theta - rho_j) - sum_(h <= x) delta_ih - ln Z_ij(theta)
    L = sum over ratees of ln sum_q w_q exp(sum of ln P(x | sigma z_q))

By Fisher's identity the gradient is that of the complete data, averaged over the posterior:

    dL/d delta_ih = sum of P(X >= h) - [x >= h],  dL/d rho_j = sum of E - x,
    dL/d sigma    = sum of z (x - E)
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from ratingstats.rasch.layout import Layout

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Parameters:
    """delta (sum of steps,), item after item; rho (R,); sigma."""

    delta: Numbers
    rho: Numbers
    sigma: float

    @classmethod
    def of(cls, layout: Layout, psi: Numbers) -> "Parameters":
        """Take psi apart; the last rater's severity makes the sum zero."""
        free = psi[layout.n_steps : -1]
        return cls(psi[: layout.n_steps], np.append(free, -free.sum()), float(psi[-1]))


@dataclass(frozen=True, slots=True)
class Curves:
    """Per cell and node: probabilities P (C, Q, K), expectation E and ln Z (C, Q)."""

    P: Numbers
    E: Numbers
    log_total: Numbers

    def variances(self) -> Numbers:
        """V (C, Q)."""
        k = np.arange(self.P.shape[2])
        V: Numbers = self.P @ (k**2.0) - self.E**2
        return V


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is known of abilities: `by_ratee` (P, Q) sums to one per ratee, `by_cell` (C, Q)."""

    curves: Curves
    log_likelihood: float
    by_ratee: Numbers
    by_cell: Numbers


def cumulated(layout: Layout, delta: Numbers) -> Numbers:
    """Sums of delta up to each score (I, K); infinite beyond the highest score of an item."""
    K = len(layout.at_score)
    table = np.full((layout.I, K), np.inf)
    table[:, 0] = 0.0
    table[:, 1:][has_step(layout)] = delta
    return np.cumsum(table, axis=1)


def has_step(layout: Layout) -> NDArray[np.bool_]:
    """Whether an item has a step up to score h = 1 .. K - 1 (I, K - 1)."""
    return np.arange(1, len(layout.at_score)) <= layout.steps[:, None]


def curves(layout: Layout, parameters: Parameters, theta: Numbers) -> Curves:
    """What is expected in every cell at abilities theta (Q,)."""
    k = np.arange(len(layout.at_score))
    away = theta[None, :] - parameters.rho[layout.cell_rater][:, None]
    sums = cumulated(layout, parameters.delta)[layout.cell_item]
    logits = away[:, :, None] * k - sums[:, None, :]
    log_total = logsumexp(logits, axis=2)
    P = np.exp(logits - log_total[:, :, None])
    return Curves(P, P @ k.astype(np.float64), log_total)


def posterior(layout: Layout, parameters: Parameters) -> Posterior:
    """Weigh every node by how well it explains the ratings of each ratee."""
    theta = parameters.sigma * layout.nodes
    found = curves(layout, parameters, theta)
    fixed = layout.score * parameters.rho[layout.rater]
    fixed = fixed + cumulated(layout, parameters.delta)[layout.item, layout.score]
    totals = np.bincount(layout.ratee, layout.score, layout.P)
    joint = np.outer(totals, theta) - layout.met @ found.log_total + np.log(layout.weights)
    joint -= np.bincount(layout.ratee, fixed, layout.P)[:, None]
    marginal = logsumexp(joint, axis=1)
    by_ratee = np.exp(joint - marginal[:, None])
    return Posterior(found, float(marginal.sum()), by_ratee, layout.met.T @ by_ratee)


def gradient(layout: Layout, known: Posterior) -> Numbers:
    """dL/dpsi (n_parameters,)."""
    expected = np.einsum("cq,cqk->ck", known.by_cell, known.curves.P)
    observed = np.column_stack([np.asarray(at.sum(axis=0)).ravel() for at in layout.at_score])
    surplus = np.zeros((layout.I, expected.shape[1]))
    np.add.at(surplus, layout.cell_item, expected - observed)
    above = np.cumsum(surplus[:, ::-1], axis=1)[:, ::-1][:, 1:]
    k = np.arange(expected.shape[1])
    by_rater = np.bincount(layout.cell_rater, (expected - observed) @ k, layout.R)
    totals = np.bincount(layout.ratee, layout.score, layout.P)
    given = (totals @ known.by_ratee) @ layout.nodes
    awaited = (known.by_cell * known.curves.E).sum(axis=0) @ layout.nodes
    by_rho = by_rater[:-1] - by_rater[-1]
    return np.concatenate((above[has_step(layout)], by_rho, [given - awaited]))
