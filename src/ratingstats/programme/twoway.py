"""Regression with unit and period effects, and how much of it is comparison the wrong way round."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ratingstats.programme.panel import Numbers, Panel

SWEEPS = 2_000
SETTLED = 1e-12


@dataclass(frozen=True, slots=True)
class TwoWay:
    """The coefficient of treatment beside unit and period effects; NaN if it cannot be told.

    It is a weighted sum of the effects in the `cells` treated cells (unit x period). `negative` of
    them have weights below zero, which sum to `negative_weight` (all weights sum to 1; de
    Chaisemartin and D'Haultfoeuille 2020). Where effects grow, it can have the wrong sign.
    """

    effect: float
    cells: int
    negative: int
    negative_weight: float


def two_way(panel: Panel) -> TwoWay:
    """Regress unit means on unit, period and treatment, each observed cell counting once."""
    means, periods = panel.means(), panel.periods
    seen = np.isfinite(means)
    treated = (panel.start[:, None] <= periods[None, :]) & seen
    left = _without_effects(treated.astype(np.float64), seen)
    square = float((left**2).sum())
    if square <= SETTLED * max(1, int(treated.sum())):
        return TwoWay(float("nan"), int(treated.sum()), 0, 0.0)
    weights = left[treated] / square
    below = weights < -SETTLED
    effect = float((left * np.where(seen, means, 0.0)).sum() / square)
    return TwoWay(effect, int(treated.sum()), int(below.sum()), float(weights[below].sum()))


def _without_effects(table: Numbers, seen: NDArray[np.bool_]) -> Numbers:
    """Take unit and period means out of the seen cells of U x T in turn until they are gone."""
    left = np.where(seen, table, 0.0)
    rows = np.maximum(seen.sum(axis=1, keepdims=True), 1)
    columns = np.maximum(seen.sum(axis=0, keepdims=True), 1)
    for _ in range(SWEEPS):
        before = left
        left = np.where(seen, left - left.sum(axis=1, keepdims=True) / rows, 0.0)
        left = np.where(seen, left - left.sum(axis=0, keepdims=True) / columns, 0.0)
        if np.abs(left - before).max(initial=0.0) < SETTLED:
            break
    return np.asarray(left, np.float64)
