"""How well the variances are known."""

from dataclasses import dataclass
from typing import Literal

from ratingstats.crossed.design import Design
from ratingstats.crossed.results import Fit

Kind = Literal["auto", "profile", "bootstrap", "wald"]


@dataclass(frozen=True, slots=True)
class Interval:
    """low <= high, NaN where it cannot be said; `kind` names the way it was found."""

    low: float
    high: float
    kind: str


def intervals(  # noqa: PLR0913  # each is a choice of the caller's
    fit: Fit,
    design: Design,
    *,
    level: float = 0.95,
    kind: Kind = "auto",
    draws: int = 199,
    seed: int = 0,
) -> dict[str, Interval]:
    """An interval for the variance of each factor and of "residual", in squared units of y.

    profile: where the profiled (restricted) likelihood falls by half the chi-square quantile.
    bootstrap: percentiles over `draws` parametric refits. wald: from average information on the
    log scale. auto: profile where a fit is exact and quick, else wald.
    """
    raise NotImplementedError
