"""What an ordinal fit answers."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from ratingstats.status import Status

Numbers = NDArray[np.float64]
LOGISTIC = float(np.pi**2 / 3)
LARGEST = 100.0


class Code(StrEnum):
    """Why a fit is to be read with caution, or why there is none."""

    FITTED = "fitted"
    LEVELS_MERGED = "levels_merged"
    BOUNDARY = "boundary"
    NOT_CONVERGED = "not_converged"
    FLAT = "flat"
    RUNAWAY = "runaway"
    TOO_FEW = "too_few"
    ONE_LEVEL = "one_level"
    DEPENDENT_COLUMNS = "dependent_columns"
    SEPARATED = "separated"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A fixed effect in logits with its standard error (NaN where the curvature gives none)."""

    name: str
    estimate: float
    standard_error: float


@dataclass(frozen=True, slots=True)
class LatentEffects:
    """A random factor on the latent scale (logits).

    `variance` is the estimate; `modes` (q,) are the conditional modes of its levels, a high one
    belonging to high ratings, `deviations` (q,) their conditional standard deviations at the
    estimated parameters. `error` is the standard error of the square root of the variance, NaN
    where the variance is zero or the curvature gives none.
    """

    name: str
    variance: float
    error: float
    modes: Numbers
    deviations: Numbers


@dataclass(frozen=True, slots=True)
class OrdinalFit:
    """A cumulative logit model with random factors, fitted by the Laplace approximation.

    `status` says whether the numbers may be relied on, `code` and `reason` why not (all codes that
    apply stand in `codes`, the gravest first). `levels` are the levels that were used, from low to
    high; `thresholds` (len(levels) - 1,) lie between them, in logits, with `threshold_errors`.
    A refused fit has empty arrays and a log likelihood of NaN.
    """

    status: Status
    codes: tuple[Code, ...]
    reason: str
    n: int
    levels: tuple[int, ...]
    thresholds: Numbers
    threshold_errors: Numbers
    coefficients: tuple[Coefficient, ...]
    effects: tuple[LatentEffects, ...]
    log_likelihood: float
    evaluations: int

    @property
    def code(self) -> Code:
        """The gravest of the codes."""
        return self.codes[0]

    def share(self, name: str) -> float:
        """The share of a factor in the latent variance: v / (sum of variances + pi^2 / 3).

        pi^2 / 3 is the variance of the standard logistic distribution, which takes the place of the
        residual (Snijders & Bosker 2012, section 17.2). Raises KeyError for an unknown factor.
        """
        variances = {effect.name: effect.variance for effect in self.effects}
        return variances[name] / (sum(variances.values()) + LOGISTIC)

    def share_between(self, name: str, level: float = 0.95) -> tuple[float, float] | None:
        """The interval of a share, the other variances held; None where the variance is zero.

        Normal on the logarithm of the standard deviation. Raises KeyError for an unknown factor.
        """
        effects = {effect.name: effect for effect in self.effects}
        mine = effects[name]
        if not (mine.variance > 0 and np.isfinite(mine.error)):
            return None
        rest = sum(e.variance for e in self.effects) - mine.variance + LOGISTIC
        wide = 2 * float(ndtri((1 + level) / 2)) * mine.error / np.sqrt(mine.variance)
        low, high = mine.variance * np.exp(-wide), mine.variance * np.exp(min(wide, LARGEST))
        return float(low / (low + rest)), float(high / (high + rest))
