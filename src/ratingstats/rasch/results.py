"""What a many-facet Rasch fit answers."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from ratingstats.status import Status

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]


class Code(StrEnum):
    """Why a fit is to be read with caution, or why there is none."""

    FITTED = "fitted"
    EXTREME_RATERS = "extreme_raters"
    NO_ABILITY_VARIANCE = "no_ability_variance"
    NOT_CONVERGED = "not_converged"
    TOO_FEW_RATEES = "too_few_ratees"
    TOO_FEW_RATERS = "too_few_raters"
    FEW_USES = "few_uses"
    DISCONNECTED = "disconnected"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class RaterFacet:
    """The raters, one entry per level of the rater factor (R,); NaN for those left out.

    `severity` in logits, + is severe, sum zero over those estimated; `standard_error` from the
    observed information; `infit` and `outfit` mean squares, expected 1, productive between 0.5 and
    1.5, above 2 distorting (Linacre 2002); `fair_average` the rating this rater gives to a person
    of average ability, averaged over items; `n` ratings that counted; `extreme` raters gave only
    the top or only the bottom level and are left out.
    """

    severity: Numbers
    standard_error: Numbers
    infit: Numbers
    outfit: Numbers
    fair_average: Numbers
    n: Counts
    extreme: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RateeFacet:
    """The persons rated, one entry per level (P,); NaN for those without a rating that counted.

    `ability` is the mean of the posterior distribution (EAP) in logits, `deviation` its standard
    deviation, `fair_average` the rating expected from a rater of severity zero at that ability,
    averaged over items, in units of the score; `n` ratings that counted.
    """

    ability: Numbers
    deviation: Numbers
    fair_average: Numbers
    n: Counts


@dataclass(frozen=True, slots=True)
class ItemSteps:
    """The step parameters of one item (m,) in logits, without the severity of any rater.

    `item` is its code, `lowest` the score from which the first step leads up; `difficulty` is the
    mean of the steps; `steps - difficulty` are the thresholds tau, which sum to zero.
    """

    item: int
    lowest: int
    steps: Numbers
    standard_errors: Numbers

    @property
    def difficulty(self) -> float:
        return float(np.mean(self.steps))


@dataclass(frozen=True, slots=True)
class Spread:
    """How well raters are told apart: separation = true SD / RMSE, reliability = 1 - RMSE^2 / SD^2.

    `observed` is the standard deviation of the estimated severities (n - 1 below the line), `rmse`
    the root mean square of their standard errors. High values mean that raters differ, not that
    they agree.
    """

    observed: float
    rmse: float
    separation: float
    reliability: float


@dataclass(frozen=True, slots=True)
class FacetsFit:
    """A many-facet Rasch model (partial credit items, raters) by marginal maximum likelihood.

    `status` says whether the numbers may be relied on, `codes` and `reason` why not. `ability` is
    normal with mean zero and `ability_variance`; `deviance` is -2 log likelihood;
    `ability_reliability` is var(EAP) / (var(EAP) + mean posterior variance). A refused fit has NaN
    for every number.
    """

    status: Status
    codes: tuple[Code, ...]
    reason: str
    n: int
    raters: RaterFacet
    ratees: RateeFacet
    items: tuple[ItemSteps, ...]
    spread: Spread
    ability_variance: float
    ability_reliability: float
    deviance: float
    evaluations: int

    @property
    def code(self) -> Code:
        """The gravest of the codes."""
        return self.codes[0]
