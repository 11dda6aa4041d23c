"""Least squares with errors that allow for uneven spread (HC3); repeated columns are named."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import LinAlgError, cho_solve, cholesky
from scipy.special import stdtr, stdtrit

from ratingstats.groups.counts import UNKNOWN, Interval
from ratingstats.groups.designs import Design, Numbers

# A column is repeated by the others where they explain all but this share of it.
REPEATED = 1e-8
# A row with this leverage is fitted by itself; its residual is rounding.
ALONE = 1 - 1e-8


@dataclass(frozen=True, slots=True)
class Fit:
    """A regression of y on the columns of a design; `kept` are those that could be estimated.

    `coefficients` has shape (p,) with 0 where not kept; `inverse` is (X'X)^-1 with rows and columns
    of 0 there; `influence` is e_i / (1 - h_i), shape (N,), what HC3 is made of.
    """

    coefficients: Numbers
    inverse: Numbers
    residuals: Numbers
    influence: Numbers
    kept: NDArray[np.bool_]
    names: tuple[str, ...]
    dropped: tuple[str, ...]
    freedom: int


@dataclass(frozen=True, slots=True)
class Coefficient:
    """An estimate with its standard error, interval and two-sided p (Student's t, N - p)."""

    estimate: float
    se: float
    interval: Interval
    p: float


def least_squares(X: Design, y: Numbers) -> Fit:
    """Regress y, shape (N,), on a design.

    Columns that earlier ones repeat are dropped and named.
    """
    if len(y) != X.n:
        msg = f"Give one rating per row of the design: {X.n}, not {len(y)}."
        raise ValueError(msg)
    kept, inverse = _inverse(X.gram())
    middle = float(y.mean())
    coefficients = inverse @ X.transposed_times(y - middle)
    coefficients[0] += middle
    residuals = y - X.times(coefficients)
    leverage = X.quadratic(inverse)
    influence = np.where(leverage < ALONE, residuals / np.maximum(1 - leverage, REPEATED), 0.0)
    return Fit(
        coefficients=coefficients,
        inverse=inverse,
        residuals=residuals,
        influence=influence,
        kept=kept,
        names=X.names,
        dropped=tuple(n for n, k in zip(X.names, kept, strict=True) if n and not k),
        freedom=X.n - int(kept.sum()),
    )


def coefficient(X: Design, fit: Fit, column: int, level: float = 0.95) -> Coefficient:
    """One column's estimate; NaN where it was dropped or nothing is left to judge it by.

    HC3 covariance A (sum x x' e^2/(1-h)^2) A with A = (X'X)^-1: MacKinnon & White (1985), Journal
    of Econometrics 29, 305-325.
    """
    if not fit.kept[column] or fit.freedom < 1:
        return Coefficient(math.nan, math.nan, UNKNOWN, math.nan)
    estimate = float(fit.coefficients[column])
    moved = X.times(fit.inverse[column]) * fit.influence
    se = math.sqrt(float(moved @ moved))
    half = float(stdtrit(fit.freedom, 0.5 + level / 2)) * se
    p = 2 * float(stdtr(fit.freedom, -abs(estimate) / se)) if se else math.nan
    return Coefficient(estimate, se, (estimate - half, estimate + half), p)


def independent(gram: Numbers) -> NDArray[np.bool_]:
    """Which columns earlier ones do not repeat: a Cholesky factor that skips the rest."""
    scaled, kept = _scaled(gram)
    return kept if _factor(scaled, kept) is not None else _eliminated(scaled, kept)


def _inverse(gram: Numbers) -> tuple[NDArray[np.bool_], Numbers]:
    """Which columns could be kept, and (X'X)^-1 of them with rows and columns of 0 elsewhere."""
    scaled, kept = _scaled(gram)
    factor = _factor(scaled, kept)
    if factor is None:
        kept = _eliminated(scaled, kept)
        factor = cholesky(scaled[np.ix_(kept, kept)], lower=True)
    size = np.sqrt(np.diag(gram)[kept])
    solved = cho_solve((factor, True), np.eye(len(size))) / np.outer(size, size)
    inverse = np.zeros_like(gram)
    inverse[np.ix_(kept, kept)] = (solved + solved.T) / 2
    return kept, inverse


def _scaled(gram: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    """With a diagonal of 1, and which columns are not empty."""
    size = np.sqrt(np.diag(gram))
    scale = np.where(size > 0, size, 1.0)
    return gram / np.outer(scale, scale), size > 0


def _factor(scaled: Numbers, kept: NDArray[np.bool_]) -> Numbers | None:
    """The lower Cholesky factor, None where a column is empty or repeated."""
    if not kept.all():
        return None
    try:
        factor = np.asarray(cholesky(scaled, lower=True))
    except LinAlgError:
        return None
    return factor if (np.diag(factor) ** 2 > REPEATED).all() else None


def _eliminated(scaled: Numbers, filled: NDArray[np.bool_]) -> NDArray[np.bool_]:
    left, kept = scaled.copy(), filled.copy()
    for j in range(len(left)):
        kept[j] &= left[j, j] > REPEATED
        if kept[j]:
            step = left[j, j + 1 :] / math.sqrt(left[j, j])
            left[j + 1 :, j + 1 :] -= np.outer(step, step)
    return kept
