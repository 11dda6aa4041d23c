"""What a fitted model says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class Status(StrEnum):
    """How far a fit can be trusted.

    converged: the gradient is zero. boundary: so it is, with at least one variance of exactly 0.
    not_converged: numbers are the last ones tried. not_estimable: these data do not
    determine the model; `reason` says what to drop; every number is NaN.
    """

    CONVERGED = "converged"
    BOUNDARY = "boundary"
    NOT_CONVERGED = "not_converged"
    NOT_ESTIMABLE = "not_estimable"


@dataclass(frozen=True, slots=True)
class Fixed:
    """Fixed effects: names, estimates (p,), standard errors (p,), in the order of the columns."""

    names: tuple[str, ...]
    estimates: Numbers
    errors: Numbers


@dataclass(frozen=True, slots=True)
class Effects:
    """Predicted effects of the levels of a factor, in the units of y, in the order of the codes.

    estimate: best linear unbiased predictions E(u | y) at the estimated variances.
    sd: conditional standard deviations of u given y, the fixed effects taken as known
    (what most programs print). error: root of the prediction error variance of Henderson (1975),
    which adds what is not known of the fixed effects: use this one for intervals.
    """

    estimate: Numbers
    sd: Numbers
    error: Numbers


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model. Variances are in squared units of y; `variances` has a key per factor.

    criterion: REML criterion (reml) or -2 log likelihood; None where the solver cannot have it.
    evaluations: how often the equations were solved. suspects: where status is not_estimable,
    the factors (or fixed effects) of which one must go. covariance: (K+1, K+1) large-sample
    covariance of the variances, factors first, residual last (average information).
    """

    status: Status
    reason: str
    n: int
    fixed: Fixed
    variances: Mapping[str, float]
    residual: float
    criterion: float | None
    evaluations: int
    effects: Mapping[str, Effects]
    reml: bool
    solver: str
    suspects: tuple[str, ...] = ()
    covariance: Numbers = field(default_factory=lambda: np.empty((0, 0)))

    @property
    def usable(self) -> bool:
        """Whether the numbers may be read: converged, or at a boundary."""
        return self.status in {Status.CONVERGED, Status.BOUNDARY}

    def shares(self) -> dict[str, float]:
        """Each variance, and that of "residual", as a share of their sum."""
        parts = {**self.variances, "residual": self.residual}
        total = sum(parts.values())
        return {name: part / total if total > 0 else float("nan") for name, part in parts.items()}
