"""The adjusted gap asked of levels instead of points, to check the regression's answer.

Cumulative logit without random effects: P(level <= k) = F(threshold_k - x'b), F logistic.
McCullagh (1980), Journal of the Royal Statistical Society B 42, 109-142. A gap is a logarithm of
odds: above 0 the focal group is likelier to be rated higher at equal controls.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError, cho_factor, cho_solve
from scipy.special import expit, logit, ndtr

from ratingstats.groups.adjusted import FEWEST_PER_GROUP, Frame, lay_out, too_little
from ratingstats.groups.counts import normal_quantile
from ratingstats.groups.designs import Control, Design, Factor, Numbers
from ratingstats.groups.regression import Coefficient, independent
from ratingstats.status import Status

# A prior of this spread (in logits) holds levels whose people are all rated alike.
WIDE = 10.0
STEPS = 50
CLOSE = 1e-9
MOST_LEVELS = 20
SMALLEST = 1e-300


@dataclass(frozen=True, slots=True)
class OrdinalGaps:
    """Gaps in logits by the code of the group; groups too small to say are left out."""

    gaps: dict[int, Coefficient]
    n: int
    log_likelihood: float
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class _State:
    """Where the search stands: parameters, what it maximizes, its slope and curvature."""

    thresholds: Numbers
    b: Numbers
    value: float
    slope: Numbers
    curvature: Numbers


@dataclass(frozen=True, slots=True)
class _Derivatives:
    """Of log P = log(u - l), u and l the cumulative chances at the thresholds around a level.

    Slopes by the upper and lower threshold (`gu`, `gl`), and minus the second derivatives by both
    upper, both lower, and one each; shape (N,).
    """

    log_likelihood: float
    gu: Numbers
    gl: Numbers
    cuu: Numbers
    cll: Numbers
    cul: Numbers


@dataclass(frozen=True, slots=True)
class CumulativeLogit:
    """A fitted cumulative logit: thresholds, coefficients by column, their covariance."""

    thresholds: Numbers
    b: Numbers
    covariance: Numbers
    log_likelihood: float
    has_converged: bool


def ordinal_gaps(
    rating: Numbers, group: Factor, controls: Sequence[Control], level: float = 0.95
) -> OrdinalGaps:
    """The gaps of `adjusted_gaps`, of the same people, by cumulative logit; normal intervals.

    REFUSED like there, and where the ratings have only one level or more than 20.
    """
    frame = lay_out(rating, group, controls)
    values, levels = np.unique(frame.rating, return_inverse=True)
    reason = too_little(frame)
    if not 1 < len(values) <= MOST_LEVELS:
        reason = (
            f"The ratings have {len(values)} different values; 2 to {MOST_LEVELS} can be asked."
        )
    if reason:
        return OrdinalGaps({}, frame.X.n, math.nan, Status.REFUSED, reason)
    fit = cumulative_logit(frame.X, levels.astype(np.int64))
    return OrdinalGaps(
        gaps=_gaps(frame, fit, level),
        n=frame.X.n,
        log_likelihood=fit.log_likelihood,
        status=Status.MEASURED if fit.has_converged else Status.CAUTION,
        reason="" if fit.has_converged else "The search for the best fit did not settle.",
    )


def cumulative_logit(X: Design, levels: NDArray[np.int64], wide: float = WIDE) -> CumulativeLogit:
    """Fit levels 0..K-1, all of which occur, on the columns of a design save its intercept.

    Newton's method with step halving on the log-likelihood less b'b / (2 wide^2). Columns repeated
    by earlier ones keep a coefficient of 0.
    """
    kept = independent(X.gram())
    kept[0] = False
    shares = np.cumsum(np.bincount(levels))[:-1] / X.n
    at = _state(X, levels, (np.asarray(logit(shares)), np.zeros(X.p)), (kept, wide))
    has_converged = False
    for _ in range(STEPS):
        moved = _step(X, levels, at, (kept, wide))
        has_converged = abs(moved.value - at.value) < CLOSE * (1 + abs(at.value))
        at = moved
        if has_converged:
            break
    covariance = np.zeros((X.p, X.p))
    m = len(at.thresholds)
    covariance[np.ix_(kept, kept)] = _inverse(at.curvature)[m:, m:]
    return CumulativeLogit(
        at.thresholds, at.b, covariance, at.value + _penalty(at.b, wide), has_converged
    )


def _step(
    X: Design, levels: NDArray[np.int64], at: _State, how: tuple[NDArray[np.bool_], float]
) -> _State:
    """One Newton step, halved until it improves."""
    kept, _ = how
    try:
        change = cho_solve(cho_factor(at.curvature), at.slope)
    except LinAlgError:
        change = np.linalg.lstsq(at.curvature, at.slope)[0]
    m = len(at.thresholds)
    for half in range(30):
        part = change * 0.5**half
        thresholds, b = at.thresholds + part[:m], at.b.copy()
        b[kept] += part[m:]
        if np.all(np.diff(thresholds) > 0):
            tried = _state(X, levels, (thresholds, b), how)
            if tried.value >= at.value:
                return tried
    return at


def _state(
    X: Design,
    levels: NDArray[np.int64],
    parameters: tuple[Numbers, Numbers],
    how: tuple[NDArray[np.bool_], float],
) -> _State:
    """The penalized log-likelihood with slope and curvature (minus its second derivatives)."""
    thresholds, b = parameters
    kept, wide = how
    m = len(thresholds)
    at = _derivatives(levels, thresholds, X.times(b))
    slope_t = np.bincount(levels, at.gu, m + 1)[:m] + np.bincount(levels, at.gl, m + 1)[1:]
    slope_b = -X.transposed_times(at.gu + at.gl) - b / wide**2
    tt, crossed = _threshold_curvature(X, levels, at, m)
    bb = X.gram(at.cuu + 2 * at.cul + at.cll)
    bb[np.diag_indices(X.p)] += 1 / wide**2
    curvature = np.block([[tt, crossed[:, kept]], [crossed[:, kept].T, bb[np.ix_(kept, kept)]]])
    value = at.log_likelihood - _penalty(b, wide)
    return _State(thresholds, b, value, np.concatenate((slope_t, slope_b[kept])), curvature)


def _derivatives(levels: NDArray[np.int64], thresholds: Numbers, eta: Numbers) -> _Derivatives:
    edges = np.concatenate(([-np.inf], thresholds, [np.inf]))
    up, low = expit(edges[levels + 1] - eta), expit(edges[levels] - eta)
    P = np.maximum(up - low, SMALLEST)
    du, dl = up * (1 - up), low * (1 - low)
    gu, gl = du / P, -dl / P
    return _Derivatives(
        log_likelihood=float(np.log(P).sum()),
        gu=gu,
        gl=gl,
        cuu=gu * gu - du * (1 - 2 * up) / P,
        cll=gl * gl + dl * (1 - 2 * low) / P,
        cul=gu * gl,
    )


def _threshold_curvature(
    X: Design, levels: NDArray[np.int64], at: _Derivatives, m: int
) -> tuple[Numbers, Numbers]:
    """Curvature among the thresholds, shape (m, m), and across to the columns, shape (m, p)."""
    upper, lower = at.cuu + at.cul, at.cll + at.cul
    tt, crossed = np.zeros((m, m)), np.empty((m, X.p))
    for k in range(m):
        here, above = levels == k, levels == k + 1
        crossed[k] = -X.transposed_times(np.where(here, upper, 0) + np.where(above, lower, 0))
        tt[k, k] = at.cuu[here].sum() + at.cll[above].sum()
        if k:
            tt[k, k - 1] = tt[k - 1, k] = at.cul[here].sum()
    return tt, crossed


def _inverse(curvature: Numbers) -> Numbers:
    try:
        return np.asarray(cho_solve(cho_factor(curvature), np.eye(len(curvature))))
    except LinAlgError:
        return np.asarray(np.linalg.pinv(curvature, hermitian=True))


def _penalty(b: Numbers, wide: float) -> float:
    return float(b @ b) / (2 * wide**2)


def _gaps(frame: Frame, fit: CumulativeLogit, level: float) -> dict[int, Coefficient]:
    reference = int((~np.isin(frame.codes, list(frame.place))).sum())
    found: dict[int, Coefficient] = {}
    for code, column in frame.place.items():
        variance = float(fit.covariance[column, column])
        if min(int((frame.codes == code).sum()), reference) < FEWEST_PER_GROUP or variance <= 0:
            continue
        estimate, se = float(fit.b[column]), math.sqrt(variance)
        half = normal_quantile(level) * se
        p = 2 * float(ndtr(-abs(estimate) / se))
        found[code] = Coefficient(estimate, se, (estimate - half, estimate + half), p)
    return found
