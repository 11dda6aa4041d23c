"""Fit a linear mixed model."""

from typing import Literal

from ratingstats.crossed.design import Design
from ratingstats.crossed.results import Fit

Solver = Literal["auto", "exact", "iterative"]


def fit(design: Design, *, reml: bool = True, solver: Solver = "auto", seed: int = 0) -> Fit:
    """Variances, fixed effects and predictions by restricted (reml) or full maximum likelihood.

    exact: dense Cholesky factors of what is left once the largest factor is eliminated, block by
    block. iterative: conjugate gradients and stochastic traces drawn with `seed`, cost linear in N.
    auto: exact where its blocks fit into memory and a few seconds. Never raises for poor data:
    see `Status`.
    """
    raise NotImplementedError
