"""Many-facet Rasch models: severity of raters, steps of items, abilities, all in logits."""

from ratingstats.rasch.fitting import fit_facets
from ratingstats.rasch.probabilities import (
    category_probabilities,
    expected_rating,
    fair_average,
    rating_variance,
    squared_residual,
)
from ratingstats.rasch.results import (
    Code,
    FacetsFit,
    ItemSteps,
    RateeFacet,
    RaterFacet,
    Spread,
)

__all__ = [
    "Code",
    "FacetsFit",
    "ItemSteps",
    "RateeFacet",
    "RaterFacet",
    "Spread",
    "category_probabilities",
    "expected_rating",
    "fair_average",
    "fit_facets",
    "rating_variance",
    "squared_residual",
]
