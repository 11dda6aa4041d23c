"""What people say of their workplace and of the process: eNPS and the facets of justice."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from ratingstats.groups.counts import normal_quantile
from ratingstats.status import Status

FEW_ANSWERS = 30
FEWEST_FOR_A_MEAN = 5
PROMOTER, DETRACTOR = 9, 6
HIGHEST = 10


@dataclass(frozen=True, slots=True)
class PromoterScore:
    """Employee net promoter score in points from -100 to 100; error and interval in points too."""

    score: float
    std_error: float
    low: float
    high: float
    n: int
    response_rate: float
    level: float
    status: Status
    reason: str

    def differs_from(self, other: "PromoterScore") -> bool:
        """Whether an arrow may be drawn: only if the two intervals do not overlap."""
        return self.low > other.high or self.high < other.low


@dataclass(frozen=True, slots=True)
class Facet:
    """The mean answer to the items of one facet over n people; NaN where too few answered."""

    name: str
    n: int
    mean: float
    low: float
    high: float
    status: Status
    reason: str


def promoter_score(
    answers: ArrayLike, *, invited: int | None = None, level: float = 0.95
) -> PromoterScore:
    """Take answers of 0 to 10 (NaN: none): 100 (share of 9-10 less share of 0-6).

    Those who say 7 or 8 stay in the denominator. SE = 100 sqrt((p + d - (p - d)^2) / n).
    Raises ValueError for an answer outside 0 to 10 or more answers than people `invited`.
    """
    given = np.asarray(answers, np.float64).ravel()
    valid = given[np.isfinite(given)]
    n = valid.size
    if np.any((valid < 0) | (valid > HIGHEST)) or (invited is not None and invited < n):
        msg = "Answers lie within 0 and 10, and no more people answer than were invited."
        raise ValueError(msg)
    rate = n / invited if invited else float("nan")
    if n == 0:
        nan = float("nan")
        reason = "Nobody answered."
        return PromoterScore(nan, nan, nan, nan, 0, rate, level, Status.REFUSED, reason)
    promoters = float((valid >= PROMOTER).mean())
    detractors = float((valid <= DETRACTOR).mean())
    score = promoters - detractors
    std_error = float(np.sqrt(max(0.0, promoters + detractors - score**2) / n))
    reach = normal_quantile(level) * std_error
    low, high = max(-1.0, score - reach), min(1.0, score + reach)
    few = n < FEW_ANSWERS
    return PromoterScore(
        score=100 * score,
        std_error=100 * std_error,
        low=100 * low,
        high=100 * high,
        n=n,
        response_rate=rate,
        level=level,
        status=Status.CAUTION if few else Status.MEASURED,
        reason=f"Fewer than {FEW_ANSWERS} answers; one person moves it much." if few else "",
    )


def justice_facets(answers: Mapping[str, ArrayLike], *, level: float = 0.95) -> tuple[Facet, ...]:
    """Average each facet's items per person, then over people, with a t interval.

    Four facets are usual: distributive, procedural, interpersonal, informational (Colquitt 2001).
    Each value is N x I, a row per person; NaN where an item was left out.
    """
    return tuple(
        _facet(name, np.asarray(rows, np.float64), level) for name, rows in answers.items()
    )


def _facet(name: str, rows: ArrayLike, level: float) -> Facet:
    given = np.atleast_2d(np.asarray(rows, np.float64))
    answered = np.isfinite(given).sum(axis=1)
    person = np.nansum(given, axis=1)[answered > 0] / answered[answered > 0]
    n = person.size
    if n < FEWEST_FOR_A_MEAN:
        nan, reason = float("nan"), f"Fewer than {FEWEST_FOR_A_MEAN} people answered."
        return Facet(name, n, nan, nan, nan, Status.REFUSED, reason)
    mean = float(person.mean())
    reach = float(stdtrit(n - 1, 0.5 + level / 2) * person.std(ddof=1) / np.sqrt(n))
    return Facet(name, n, mean, mean - reach, mean + reach, Status.MEASURED, "")
