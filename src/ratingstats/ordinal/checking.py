"""Whether a cumulative logit model can be fitted to these ratings."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ratingstats.crossed import Factor
from ratingstats.ordinal.results import Code
from ratingstats.ordinal.separation import separated_columns

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
LEAST_RATINGS = 10


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes beyond which a fit would take minutes.

    Ratings, columns of X, levels of all factors but the largest, these times the levels of the
    largest (numbers held in memory), and multiplications, which a fit repeats for every column.
    """

    ratings: int = 50_000
    columns: int = 60
    dense: int = 1_500
    cells: int = 10_000_000
    work: int = 20_000_000_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: ratings y (N,), how many levels the scale has, factors, X (N, p), names."""

    y: Codes
    levels: int
    factors: tuple[Factor, ...]
    X: Numbers
    names: tuple[str, ...]


def check_shapes(question: Question) -> None:
    """Raise ValueError where the arrays do not belong together."""
    n = len(question.y)
    if (question.y.ndim, question.X.ndim) != (1, 2) or len(question.X) != n:
        msg = "y_codes must be (N,) and X (N, p)."
        raise ValueError(msg)
    if len(question.names) != question.X.shape[1]:
        msg = f"Give one name per column of X: {question.X.shape[1]} columns."
        raise ValueError(msg)
    if any(len(factor.codes) != n for factor in question.factors):
        msg = "Every factor must have one code per rating."
        raise ValueError(msg)
    if n and (question.y.min() < 0 or question.y.max() >= question.levels):
        msg = f"y_codes must lie in 0..{question.levels - 1}; drop the rows without a rating first."
        raise ValueError(msg)
    if not np.all(np.isfinite(question.X)):
        msg = "X must be finite; drop the rows with gaps first."
        raise ValueError(msg)


def refusal(question: Question) -> tuple[Code, str] | None:
    """Why there can be no fit, or nothing."""
    return _too_little(question) or _too_large(question) or _undetermined(question)


def _too_little(question: Question) -> tuple[Code, str] | None:
    n, K = len(question.y), len(np.unique(question.y))
    if n and K == 1:
        return Code.ONE_LEVEL, "All ratings stand in one level."
    for factor in question.factors:
        if n and len(np.unique(factor.codes)) == 1:
            return Code.TOO_FEW, f"All ratings belong to one level of {factor.name}."
    parameters = K - 1 + question.X.shape[1] + len(question.factors)
    least = max(LEAST_RATINGS, parameters + 1)
    if n < least:
        return Code.TOO_FEW, f"{n} ratings; this model needs at least {least}."
    return None


def _too_large(question: Question) -> tuple[Code, str] | None:
    sizes = sorted(factor.levels for factor in question.factors)
    dense, largest = sum(sizes[:-1]), sizes[-1] if sizes else 0
    n, p = question.X.shape
    work = (p + 10) * (dense * (n + largest) + dense**3)
    asked = (
        (n, LIMITS.ratings, "ratings"),
        (p, LIMITS.columns, "fixed effects"),
        (dense, LIMITS.dense, "levels of the smaller factors"),
        (dense * largest, LIMITS.cells, "pairs of levels"),
        (work, LIMITS.work, "multiplications"),
    )
    for size, limit, what in asked:
        if size > limit:
            return Code.TOO_LARGE, f"{size} {what}; this model is fitted up to {limit}."
    return None


def _undetermined(question: Question) -> tuple[Code, str] | None:
    X = question.X
    with_one = np.column_stack((np.ones(len(X)), X))
    if np.linalg.matrix_rank(with_one) <= X.shape[1]:
        return Code.DEPENDENT_COLUMNS, "A column of X repeats what the others say, or is constant."
    _, y = np.unique(question.y, return_inverse=True)
    running = separated_columns(y.astype(np.int64), int(y.max()) + 1, X)
    if running:
        which = ", ".join(question.names[j] for j in running)
        return Code.SEPARATED, f"The ratings are told apart completely by {which}."
    return None
