"""The observed information of a many-facet Rasch model.

Louis (1982): the information of the complete data, averaged over the posterior, less the covariance
of the complete data's gradient within the posterior of each ratee.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from ratingstats.rasch.layout import Layout
from ratingstats.rasch.likelihood import Posterior, has_step

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
AT_ONCE = 2_000_000


def observed_information(layout: Layout, known: Posterior) -> Numbers:
    """-d2L/dpsi2 (n_parameters, n_parameters)."""
    J = _by_free(layout)
    information: Numbers = J.T @ (_complete(layout, known) - _missing(layout, known)) @ J
    return information


def _by_free(layout: Layout) -> Numbers:
    """All severities by those that are free (steps + R + 1, steps + R): the sum stays zero."""
    J = np.eye(layout.n_parameters + 1)
    J = np.delete(J, layout.n_steps + layout.R - 1, axis=1)
    J[layout.n_steps + layout.R - 1, layout.n_steps : -1] = -1.0
    return J


def _step_columns(layout: Layout) -> Codes:
    """The column of each step of an item (I, K - 1); steps an item has not point to the end."""
    there = has_step(layout)
    columns = np.full(there.shape, layout.n_parameters + 1)
    columns[there] = np.arange(layout.n_steps)
    return columns


def _above(P: Numbers) -> Numbers:
    """P(X >= h) for h = 1 .. K - 1, along the last axis."""
    above: Numbers = np.cumsum(P[..., ::-1], axis=-1)[..., ::-1][..., 1:]
    return above


def _complete(layout: Layout, known: Posterior) -> Numbers:
    """The sum over ratings of Cov(t), t = (-[x >= h], -x, z x), averaged over abilities."""
    size = layout.n_parameters + 1
    steps = _step_columns(layout)[layout.cell_item]
    rater, sigma = layout.n_steps + layout.cell_rater, size - 1
    weight, z = known.by_cell, layout.nodes
    by_step = _step_covariance(known, weight)
    by_z = _step_covariance(known, weight * z).sum(axis=2)
    total = np.zeros((size + 1, size + 1))
    np.add.at(total, (steps[:, :, None], steps[:, None, :]), by_step)
    np.add.at(total, (steps, rater[:, None]), by_step.sum(axis=2))
    np.add.at(total, (rater, rater), by_step.sum(axis=(1, 2)))
    np.add.at(total[:, sigma], steps, -by_z)
    np.add.at(total[:, sigma], rater, -by_z.sum(axis=1))
    total[sigma, sigma] = (weight * z**2 * known.curves.variances()).sum()
    upper = np.triu(total[:size, :size])
    complete: Numbers = upper + np.triu(upper, 1).T
    return complete


def _step_covariance(known: Posterior, weight: Numbers) -> Numbers:
    """Cov([x >= h], [x >= g]) summed over nodes by weight (C, Q): (C, K - 1, K - 1)."""
    G = _above(known.curves.P)
    weighted = weight[:, :, None] * G
    h = np.arange(G.shape[2])
    both = weighted.sum(axis=1)[:, np.maximum.outer(h, h)]
    covariance: Numbers = both - weighted.transpose(0, 2, 1) @ G
    return covariance


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Who was rated by whom: ratee, rater, the place among the raters of the ratee, E (pairs, Q).

    E is what the rater is expected to give to the ratee over all items, at every node.
    """

    ratee: Codes
    rater: Codes
    place: Codes
    E: Numbers

    def of(self, ratees: Codes) -> "_Pairs":
        """The pairs of some ratees, who are counted anew in that order."""
        order = np.full(int(self.ratee.max()) + 1, -1)
        order[ratees] = np.arange(len(ratees))
        mine = order[self.ratee] >= 0
        return _Pairs(order[self.ratee[mine]], self.rater[mine], self.place[mine], self.E[mine])


def _pairs(layout: Layout, known: Posterior) -> _Pairs:
    met = layout.met.tocoo()
    key = met.row.astype(np.int64) * layout.R + layout.cell_rater[met.col]
    pairs, which = np.unique(key, return_inverse=True)
    by_pair = sparse.csr_matrix((met.data, (which, met.col)), shape=(len(pairs), met.shape[1]))
    ratee, rater = pairs // layout.R, pairs % layout.R
    first = np.searchsorted(ratee, ratee)
    return _Pairs(ratee, rater, np.arange(len(pairs)) - first, by_pair @ known.curves.E)


def _missing(layout: Layout, known: Posterior) -> Numbers:
    """The covariance of the gradient within posteriors, summed over ratees.

    A ratee concerns the steps, her own raters and sigma; ratees with as many raters go together.
    """
    pairs = _pairs(layout, known)
    raters = np.bincount(pairs.ratee, minlength=layout.P)
    order = np.argsort(raters, kind="stable")
    size = layout.n_parameters + 1
    total = np.zeros((size + 1, size + 1))
    wide = len(layout.nodes) * (layout.n_steps + int(raters.max()) + 1)
    for chunk in np.array_split(order, 1 + layout.P * wide // AT_ONCE):
        columns, A = _gradients(layout, known, pairs.of(chunk), chunk)
        weighted = known.by_ratee[chunk][:, :, None] * A
        mean = weighted.sum(axis=1)
        covariance = A.transpose(0, 2, 1) @ weighted - mean[:, :, None] * mean[:, None, :]
        np.add.at(total, (columns[:, :, None], columns[:, None, :]), covariance)
    missing: Numbers = total[:size, :size]
    return missing


def _gradients(
    layout: Layout, known: Posterior, pairs: _Pairs, chunk: Codes
) -> tuple[Codes, Numbers]:
    """The part of each ratee's gradient that depends on ability (chunk, Q, columns), and where."""
    Q, D = len(layout.nodes), layout.n_steps
    width = D + int(pairs.place.max()) + 2
    columns = np.full((len(chunk), width), layout.n_parameters + 1)
    columns[:, :D] = np.arange(D)
    columns[pairs.ratee, D + pairs.place] = D + pairs.rater
    columns[:, -1] = layout.n_parameters
    A = np.zeros((len(chunk), Q, width))
    A[pairs.ratee, :, D + pairs.place] = pairs.E
    met, G = layout.met[chunk], _above(known.curves.P)
    starts = np.cumsum(layout.steps) - layout.steps
    for item, m in enumerate(layout.steps):
        mine = np.flatnonzero(layout.cell_item == item)
        above = met[:, mine] @ G[mine, :, :m].reshape(len(mine), Q * m)
        A[:, :, starts[item] : starts[item] + m] = above.reshape(len(chunk), Q, m)
    totals = np.bincount(layout.ratee, layout.score, layout.P)[chunk]
    A[:, :, -1] = layout.nodes * (totals[:, None] - met @ known.curves.E)
    return columns, A
