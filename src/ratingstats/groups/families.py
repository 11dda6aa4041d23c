"""Many tests at once: what is left of a small p when m of them were made."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Family:
    """Adjusted p-values in the order of the raw ones, and how many tests they answer for.

    `holm` keeps the chance of a single false alarm below the level (act on it), `bh` the expected
    share of false alarms among the alarms (look at it).
    """

    m: int
    raw: Numbers
    holm: Numbers
    bh: Numbers


def holm(p: ArrayLike) -> Numbers:
    """Holm's step-down p-values, shape (m,): running maximum of (m - i + 1) p(i), at most 1.

    Holm (1979), Scandinavian Journal of Statistics 6, 65-70.
    """
    raw = _tests(p)
    order = np.argsort(raw, kind="stable")
    m = len(raw)
    stepped = np.maximum.accumulate(raw[order] * np.arange(m, 0, -1))
    return _unsorted(np.minimum(stepped, 1.0), order)


def benjamini_hochberg(p: ArrayLike) -> Numbers:
    """False discovery rate p-values, shape (m,): running minimum of p(i) m / i from the largest.

    Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300.
    """
    raw = _tests(p)
    order = np.argsort(raw, kind="stable")
    m = len(raw)
    stepped = np.minimum.accumulate((raw[order] * m / np.arange(1, m + 1))[::-1])[::-1]
    return _unsorted(np.minimum(stepped, 1.0), order)


def family(p: ArrayLike) -> Family:
    """Both adjustments of all the tests that were made, none left out."""
    raw = _tests(p)
    return Family(len(raw), raw, holm(raw), benjamini_hochberg(raw))


def _tests(p: ArrayLike) -> Numbers:
    raw = np.asarray(p, dtype=np.float64)
    if raw.ndim != 1:
        msg = "Give the p-values of a family as one row of numbers."
        raise ValueError(msg)
    if np.any(~((raw >= 0) & (raw <= 1))):
        msg = "A p-value lies between 0 and 1; leave out tests that were not made."
        raise ValueError(msg)
    return raw


def _unsorted(values: Numbers, order: NDArray[np.intp]) -> Numbers:
    placed = np.empty_like(values)
    placed[order] = values
    return placed
