"""How far goals were reached, and whether feedback holds what feedback needs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ratingstats.programme.shares import Share, share_of
from ratingstats.status import Status

REACHED = 0.7


@dataclass(frozen=True, slots=True)
class Attainment:
    """Goals of one type: mean score by weight, share at 0.7 or above, share of weight scored."""

    type: str
    mean: float
    reached: Share
    coverage: float
    status: Status
    reason: str


def goal_attainment(
    scores: ArrayLike, weights: ArrayLike, types: ArrayLike, *, reached: float = REACHED
) -> tuple[Attainment, ...]:
    """Sum up N goals by type: scores of 0 to 1 (NaN: no score), weights, and names of types.

    Missing is not zero: a goal without a score lowers the coverage, not the mean.
    Raises ValueError if lengths differ, or a score or weight is out of bounds.
    """
    score, weight = np.asarray(scores, np.float64), np.asarray(weights, np.float64)
    kind = np.asarray(types).astype(str)
    if score.ndim != 1 or not score.shape == weight.shape == kind.shape:
        msg = "Give one score, one weight and one type per goal."
        raise ValueError(msg)
    if np.any((score < 0) | (score > 1)) or not np.all(weight >= 0):
        msg = "Scores lie within 0 and 1 and weights are zero or more."
        raise ValueError(msg)
    return tuple(
        _of_type(str(name), score[kind == name], weight[kind == name], reached)
        for name in np.unique(kind)
    )


def _of_type(name: str, score: ArrayLike, weight: ArrayLike, reached: float) -> Attainment:
    given, all_weight = np.asarray(score, np.float64), np.asarray(weight, np.float64)
    scored = np.isfinite(given)
    counted, whole = float(all_weight[scored].sum()), float(all_weight.sum())
    share = share_of(int((given[scored] >= reached).sum()), int(scored.sum()))
    if counted == 0:
        nothing = "No goal with a weight has a score."
        return Attainment(name, float("nan"), share, 0.0, Status.REFUSED, nothing)
    mean = float(all_weight[scored] @ given[scored]) / counted
    return Attainment(name, mean, share, counted / whole, Status.MEASURED, "")


def feedback_quality(*parts: ArrayLike) -> Share:
    """Share of n texts with every part: example, impact, next step, and no red flag.

    Each part is a list of n booleans. Raises ValueError if lengths differ or none is given.
    """
    held = [np.asarray(part, np.bool_) for part in parts]
    if not held or len({part.shape for part in held}) > 1:
        msg = "Give at least one part, and one yes or no per text in each."
        raise ValueError(msg)
    whole = np.logical_and.reduce(held)
    return share_of(int(whole.sum()), whole.size)
