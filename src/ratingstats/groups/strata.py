"""Two groups compared within units, then pooled: what is left of a gap at equal units."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from ratingstats.groups.counts import UNKNOWN, Interval, normal_quantile
from ratingstats.status import Status

Numbers = NDArray[np.float64]
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Pooled:
    """Mantel-Haenszel answers over strata.

    Odds ratio and rate ratio (focal over reference) and difference of rates (focal minus
    reference), each with its interval; Cochran-Mantel-Haenszel chi2 (1 degree of freedom) with and
    without continuity correction; Breslow-Day chi2 of whether the odds ratio is the same in all
    strata. `strata` counts those that can compare, `people` the people in them.
    """

    odds_ratio: float
    odds_interval: Interval
    rate_ratio: float
    rate_interval: Interval
    difference: float
    difference_interval: Interval
    chi2: float
    p: float
    chi2_corrected: float
    p_corrected: float
    breslow_day: float
    p_breslow_day: float
    strata: int
    people: int
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class Tables:
    """One two-by-two table a stratum, all arrays of shape (S,), as floats.

    a focal with, b focal without, c reference with, d reference without the event.
    """

    a: Numbers
    b: Numbers
    c: Numbers
    d: Numbers

    @property
    def focal(self) -> Numbers:
        return self.a + self.b

    @property
    def reference(self) -> Numbers:
        return self.c + self.d

    @property
    def happened(self) -> Numbers:
        return self.a + self.c

    @property
    def whole(self) -> Numbers:
        return self.focal + self.reference

    def only(self, kept: NDArray[np.bool_]) -> "Tables":
        return Tables(self.a[kept], self.b[kept], self.c[kept], self.d[kept])


def tables(stratum: ArrayLike, is_focal: ArrayLike, has_event: ArrayLike) -> Tables:
    """Count tables from people: stratum numbers from 0, and two truths, each of shape (N,)."""
    codes = np.asarray(stratum, dtype=np.int64)
    focal, event = np.asarray(is_focal, dtype=bool), np.asarray(has_event, dtype=bool)
    if not codes.shape == focal.shape == event.shape:
        msg = "Give stratum, group and event of the same people, in the same order."
        raise ValueError(msg)
    if codes.size and codes.min() < 0:
        msg = "Leave out people whose stratum is not known before counting."
        raise ValueError(msg)
    size = int(codes.max()) + 1 if codes.size else 0

    def count(chosen: NDArray[np.bool_]) -> Numbers:
        return np.bincount(codes[chosen], minlength=size).astype(np.float64)

    return Tables(
        count(focal & event), count(focal & ~event), count(~focal & event), count(~focal & ~event)
    )


def mantel_haenszel(counted: Tables, level: float = 0.95) -> Pooled:
    """Pool two-by-two tables over strata.

    OR = sum(ad/N) / sum(bc/N) (Mantel & Haenszel 1959), interval by Robins, Breslow & Greenland
    (1986); rate ratio and difference by Greenland & Robins (1985); chi2 by Cochran (1954) and
    Mantel & Haenszel, who take off half a person; homogeneity by Breslow & Day (1980). Strata with
    only one group say nothing and are left out; status CAUTION where the odds ratios differ,
    REFUSED where no stratum has both groups.
    """
    kept = counted.only((counted.focal > 0) & (counted.reference > 0))
    if not kept.a.size:
        return _nothing()
    statistic, corrected = _chi_squares(kept)
    odds, odds_interval = _odds(kept, level)
    rates, rate_interval = _rates(kept, level)
    difference, difference_interval = _difference(kept, level)
    homogeneity, strata = _breslow_day(kept, odds)
    p_homogeneity = _tail(homogeneity, strata - 1)
    differs = p_homogeneity < 1 - level
    return Pooled(
        odds_ratio=odds,
        odds_interval=odds_interval,
        rate_ratio=rates,
        rate_interval=rate_interval,
        difference=difference,
        difference_interval=difference_interval,
        chi2=statistic,
        p=_tail(statistic, 1),
        chi2_corrected=corrected,
        p_corrected=_tail(corrected, 1),
        breslow_day=homogeneity,
        p_breslow_day=p_homogeneity,
        strata=int(kept.a.size),
        people=int(kept.whole.sum()),
        status=Status.CAUTION if differs else Status.MEASURED,
        reason="The gap differs between units." if differs else "",
    )


def _nothing() -> Pooled:
    nan = math.nan
    return Pooled(
        odds_ratio=nan,
        odds_interval=UNKNOWN,
        rate_ratio=nan,
        rate_interval=UNKNOWN,
        difference=nan,
        difference_interval=UNKNOWN,
        chi2=nan,
        p=nan,
        chi2_corrected=nan,
        p_corrected=nan,
        breslow_day=nan,
        p_breslow_day=nan,
        strata=0,
        people=0,
        status=Status.REFUSED,
        reason="No unit has people of both groups.",
    )


def _chi_squares(t: Tables) -> tuple[float, float]:
    """CMH chi2 without and with the half person taken off."""
    kept = t.only(t.whole > 1)
    expected = kept.focal * kept.happened / kept.whole
    variance = float(
        np.sum(
            kept.focal
            * kept.reference
            * kept.happened
            * (kept.whole - kept.happened)
            / (kept.whole**2 * (kept.whole - 1))
        )
    )
    if not variance:
        return math.nan, math.nan
    apart = abs(float(np.sum(kept.a - expected)))
    return apart**2 / variance, max(0.0, apart - 0.5) ** 2 / variance


def _odds(t: Tables, level: float) -> tuple[float, Interval]:
    N = t.whole
    R, S = t.a * t.d / N, t.b * t.c / N
    r, s = float(R.sum()), float(S.sum())
    if not r or not s:
        return (math.inf if r else 0.0 if s else math.nan), UNKNOWN
    P, Q = (t.a + t.d) / N, (t.b + t.c) / N
    variance = (
        float(np.sum(P * R)) / (2 * r * r)
        + float(np.sum(P * S + Q * R)) / (2 * r * s)
        + float(np.sum(Q * S)) / (2 * s * s)
    )
    return r / s, _around_logarithm(r / s, variance, level)


def _rates(t: Tables, level: float) -> tuple[float, Interval]:
    N = t.whole
    r, s = float(np.sum(t.a * t.reference / N)), float(np.sum(t.c * t.focal / N))
    if not r or not s:
        return (math.inf if r else 0.0 if s else math.nan), UNKNOWN
    spread = (t.focal * t.reference * t.happened - t.a * t.c * N) / N**2
    return r / s, _around_logarithm(r / s, float(spread.sum()) / (r * s), level)


def _difference(t: Tables, level: float) -> tuple[float, Interval]:
    """The weighted mean of the differences, weights n_f n_r / N, with its interval."""
    n1, n2, N = t.focal, t.reference, t.whole
    weight = n1 * n2 / N
    total = float(weight.sum())
    difference = float(np.sum((t.a * n2 - t.c * n1) / N)) / total
    spread = (t.a * t.b * n2**3 + t.c * t.d * n1**3) / (n1 * n2 * N**2)
    half = normal_quantile(level) * math.sqrt(float(spread.sum())) / total
    return difference, (difference - half, difference + half)


def _breslow_day(t: Tables, odds: float) -> tuple[float, int]:
    """Sum of (a - E)^2 / V under a common odds ratio, and over how many strata."""
    varied = t.only((t.happened > 0) & (t.happened < t.whole))
    if not varied.a.size or not math.isfinite(odds) or not odds:
        return math.nan, 0
    expected = _expected(varied, odds)
    variance = 1 / (
        1 / expected
        + 1 / (varied.focal - expected)
        + 1 / (varied.happened - expected)
        + 1 / (varied.reference - varied.happened + expected)
    )
    return float(np.sum((varied.a - expected) ** 2 / variance)), int(varied.a.size)


def _expected(t: Tables, odds: float) -> Numbers:
    """The cell a with the margins given and this odds ratio: a root of a quadratic."""
    if abs(odds - 1) < ROUNDING:
        return np.asarray(t.focal * t.happened / t.whole)
    A = 1 - odds
    B = t.reference - t.happened + odds * (t.focal + t.happened)
    C = -odds * t.focal * t.happened
    root = np.sqrt(B * B - 4 * A * C)
    return np.asarray(-2 * C / (B + root))


def _around_logarithm(value: float, variance: float, level: float) -> Interval:
    half = normal_quantile(level) * math.sqrt(max(0.0, variance))
    return (value * math.exp(-half), value * math.exp(half))


def _tail(chi2: float, freedom: int) -> float:
    if math.isnan(chi2) or freedom < 1:
        return math.nan
    return float(chdtrc(freedom, chi2))
