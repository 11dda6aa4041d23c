"""Ratings as ordered levels: cumulative logit models with crossed random factors."""

from ratingstats.ordinal.fitting import fit_ordinal
from ratingstats.ordinal.results import Code, Coefficient, LatentEffects, OrdinalFit

__all__ = ["Code", "Coefficient", "LatentEffects", "OrdinalFit", "fit_ordinal"]
