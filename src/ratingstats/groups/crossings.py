"""Two or three attributes at once: a cell beside what its attributes add up to."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ratingstats.groups.counts import UNKNOWN, Interval, normal_quantile
from ratingstats.groups.designs import Factor, Numbers, design, fully_known, restricted
from ratingstats.groups.regression import least_squares
from ratingstats.status import Status

MOST_ATTRIBUTES = 3
PAIR = 2


@dataclass(frozen=True, slots=True)
class CrossedCell:
    """People with the same level of every attribute; `codes` are those levels.

    `expected` is the mean if the attributes only added up, `beyond` what the cell's mean lies above
    it, with its interval; `shrunken` is that partly pooled towards 0, the more the fewer people,
    `probable` the mean it gives.
    """

    codes: tuple[int, ...]
    n: int
    mean: float
    expected: float
    beyond: float
    interval: Interval
    shrunken: float
    probable: float


@dataclass(frozen=True, slots=True)
class Crossing:
    """The cells that have people; `between` is the variance of what lies beyond adding up."""

    cells: tuple[CrossedCell, ...]
    between: float
    within: float
    status: Status
    reason: str


def interaction(means: ArrayLike) -> float:
    """How far a two-by-two table of means is from adding up: c11 - c12 - c21 + c22."""
    c = np.asarray(means, dtype=np.float64)
    if c.shape != (2, 2):
        msg = "Give the four means of two attributes with two levels each, as two rows."
        raise ValueError(msg)
    return float(c[0, 0] - c[0, 1] - c[1, 0] + c[1, 1])


def cross(values: Numbers, attributes: Sequence[Factor], level: float = 0.95) -> Crossing:
    """Compare the mean of every cell with what the attributes predict by adding up.

    `values` are ratings, or 0 and 1 for an event, of N people; who is not known leaves. The
    prediction is least squares on the attributes; what lies beyond it has variance
    s^2 (1/n - h), s^2 the variance within cells, h the leverage of a person there. Shrinkage by
    t^2 / (t^2 + that variance), t^2 by moments (DerSimonian & Laird 1986, Controlled Clinical
    Trials 7, 177-188). REFUSED where no cell has two people.
    """
    if not 1 < len(attributes) <= MOST_ATTRIBUTES:
        msg = f"Cross two attributes, or three; {len(attributes)} were given."
        raise ValueError(msg)
    known = fully_known(attributes, len(values)) & np.isfinite(values)
    y, kept = values[known], [restricted(attribute, known) for attribute in attributes]
    cell, levels = _cells([f for f in kept if isinstance(f, Factor)])
    n = np.bincount(cell, minlength=len(levels)).astype(np.float64)
    mean = np.bincount(cell, y, len(levels)) / np.maximum(n, 1)
    freedom = len(y) - len(levels)
    if freedom < 1:
        reason = "No combination of attributes has two people."
        return Crossing((), math.nan, math.nan, Status.REFUSED, reason)
    within = float(((y - mean[cell]) ** 2).sum()) / freedom
    X = design(kept, len(y))
    fit = least_squares(X, y)
    first = np.unique(cell, return_index=True)[1]
    leverage = X.quadratic(fit.inverse)[first]
    beyond = mean - (y - fit.residuals)[first]
    variance = within * np.maximum(0.0, 1 / n - leverage)
    return _crossing((levels, n, mean), (beyond, variance), within, normal_quantile(level))


def _cells(attributes: Sequence[Factor]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The cell of every person, and the levels of every cell that has people."""
    if not len(attributes[0].codes):
        return np.empty(0, np.int64), np.empty((0, len(attributes)), np.int64)
    shape = tuple(len(attribute.labels) for attribute in attributes)
    places = np.ravel_multi_index(tuple(attribute.codes for attribute in attributes), shape)
    present, cell = np.unique(places, return_inverse=True)
    return cell.astype(np.int64), np.column_stack(np.unravel_index(present, shape))


def _crossing(
    cells: tuple[NDArray[np.int64], Numbers, Numbers],
    apart: tuple[Numbers, Numbers],
    within: float,
    z: float,
) -> Crossing:
    levels, n, mean = cells
    beyond, variance = apart
    between = _between(beyond, variance)
    spread = between + variance
    share = np.divide(between, spread, out=np.zeros_like(spread), where=spread > 0)
    told = []
    for i, codes in enumerate(levels):
        half = z * math.sqrt(variance[i])
        shrunken = float(share[i] * beyond[i])
        middle = float(beyond[i])
        told.append(
            CrossedCell(
                codes=tuple(int(code) for code in codes),
                n=int(n[i]),
                mean=float(mean[i]),
                expected=float(mean[i]) - middle,
                beyond=middle,
                interval=(middle - half, middle + half) if variance[i] > 0 else UNKNOWN,
                shrunken=shrunken,
                probable=float(mean[i]) - middle + shrunken,
            )
        )
    return Crossing(tuple(told), between, within, Status.MEASURED, "")


def _between(beyond: Numbers, variance: Numbers) -> float:
    """The variance of the cells' departures over and above chance, by moments, at least 0."""
    able = variance > 0
    if able.sum() < PAIR:
        return 0.0
    weight = 1 / variance[able]
    apart = beyond[able] - np.average(beyond[able], weights=weight)
    heterogeneity = float(weight @ apart**2) - (int(able.sum()) - 1)
    scale = float(weight.sum() - (weight @ weight) / weight.sum())
    return max(0.0, heterogeneity / scale) if scale > 0 else 0.0
