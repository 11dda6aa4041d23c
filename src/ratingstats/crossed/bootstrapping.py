"""Refits of ratings drawn from a fitted model."""

from dataclasses import replace

import numpy as np

from ratingstats.crossed.design import Design, Numbers
from ratingstats.crossed.fitting import fit as fit_again
from ratingstats.crossed.results import Fit


def drawn(fit: Fit, design: Design, random: np.random.Generator) -> Design:
    """The design with new ratings: new effects, new residuals, the fixed effects as estimated."""
    y = design.fixed @ fit.fixed.estimates
    y = y + random.normal(0.0, np.sqrt(fit.residual), design.n)
    for factor in design.factors:
        effects = random.normal(0.0, np.sqrt(fit.variances[factor.name]), factor.levels)
        y += effects[factor.codes]
    return replace(design, y=y)


def redrawn(fit: Fit, design: Design, draws: int, seed: int) -> Numbers:
    """Variances, residual last, of parametric refits: (draws, K+1); NaN where one failed."""
    random = np.random.default_rng(seed)
    found = np.full((draws, len(design.factors) + 1), np.nan)
    for row in found:
        again = fit_again(drawn(fit, design, random), reml=fit.reml, solver="auto", seed=seed)
        if again.usable:
            row[:] = [*again.variances.values(), again.residual]
    return found
