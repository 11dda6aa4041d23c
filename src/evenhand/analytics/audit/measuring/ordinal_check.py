"""Whether what is said about raters depends on treating levels as numbers."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from evenhand.analytics.audit.measuring.design import measure_design
from evenhand.analytics.audit.measuring.modelling import Modelled, model_of
from evenhand.analytics.audit.ratings import Choices, Codes, Numbers, Ratings, Refused
from ratingstats.crossed import Fit
from ratingstats.ordinal import Code, OrdinalFit, fit_ordinal
from ratingstats.status import Status

ORDINAL = "ordinal"
MOSTLY = (3, 5)
MOST_RATINGS = 20_000
FEWEST_RATERS = 3


class WhyNot(StrEnum):
    """Why levels were not looked at as levels; TOO_FEW of them beside the crowded one."""

    NOT_NEEDED = "not_needed"
    NO_RATERS = "no_raters"
    NOT_LEVELS = "not_levels"
    NO_MODEL = "no_model"
    TOO_LARGE = "too_large"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class OrdinalCheck:
    """The raters' share of the ratings, told twice: levels as numbers, and levels as levels.

    Levels as levels: a cumulative logit model with the same parts, whose residual is pi^2 / 3.
    `crowded` names the level that holds the `crowded_share` of the `ratings`. `between` is the
    interval of the latent share, None where the share is zero. `agreement` is the correlation of
    the effects of raters in both models; None with fewer than three raters, or where one of the
    models finds no difference between them. `is_settled` is False where the fit stands with care.
    """

    ratings: int
    raters: int
    crowded: str
    crowded_share: float
    linear: float
    latent: float
    between: tuple[float, float] | None
    agreement: float | None
    is_settled: bool


def check_ordinal(
    ratings: Ratings, choices: Choices, modelled: Modelled | None = None
) -> OrdinalCheck | Refused:
    """Ask the question of the raters' share again, where most ratings stand in one level.

    `modelled` is the linear model of the same ratings, fitted here where it is not given.
    """
    why = _why_not(ratings)
    if why is not None:
        return Refused(ORDINAL, why)
    linear = modelled or model_of(ratings, measure_design(ratings))
    if linear.fit is None or linear.design is None or not linear.has("rater"):
        return Refused(ORDINAL, WhyNot.NO_MODEL)
    levels = _levels(linear.design.y, ratings)
    columns, names = linear.design.fixed[:, 1:], linear.fit.fixed.names[1:]
    factors = linear.design.factors
    latent = fit_ordinal(levels, len(ratings.scale.values), factors, columns, names)
    if latent.status is Status.REFUSED:
        too_large = latent.code is Code.TOO_LARGE
        return Refused(ORDINAL, WhyNot.TOO_LARGE if too_large else WhyNot.TOO_FEW)
    return _checked(ratings, choices, linear.fit, latent)


def _why_not(ratings: Ratings) -> WhyNot | None:
    if ratings.rater is None:
        return WhyNot.NO_RATERS
    if not np.isin(ratings.value, ratings.scale.values).all():
        return WhyNot.NOT_LEVELS
    over, under = MOSTLY
    if not ratings.n or int(_uses(ratings).max()) * under < over * ratings.n:
        return WhyNot.NOT_NEEDED
    return WhyNot.TOO_LARGE if ratings.n > MOST_RATINGS else None


def _levels(values: Numbers, ratings: Ratings) -> Codes:
    """The place of each rating on its scale, counted from 0."""
    return np.searchsorted(ratings.scale.values, values).astype(np.int64)


def _uses(ratings: Ratings) -> Codes:
    """How many ratings stand in each level of the scale."""
    return np.bincount(_levels(ratings.value, ratings), minlength=len(ratings.scale.values))


def _checked(ratings: Ratings, choices: Choices, linear: Fit, latent: OrdinalFit) -> OrdinalCheck:
    uses = _uses(ratings)
    crowded = int(uses.argmax())
    names = ratings.scale.names
    effects = {effect.name: effect.modes for effect in latent.effects}
    return OrdinalCheck(
        ratings=latent.n,
        raters=len(effects["rater"]),
        crowded=names[crowded] if names else f"{ratings.scale.values[crowded]:g}",
        crowded_share=float(uses[crowded] / ratings.n),
        linear=linear.shares()["rater"],
        latent=latent.share("rater"),
        between=latent.share_between("rater", choices.level),
        agreement=_correlation(linear.effects["rater"].estimate, effects["rater"]),
        is_settled=latent.status is Status.MEASURED,
    )


def _correlation(one: Numbers, other: Numbers) -> float | None:
    if len(one) < FEWEST_RATERS or not (np.ptp(one) > 0 and np.ptp(other) > 0):
        return None
    return float(np.corrcoef(one, other)[0, 1])
