"""What to train first, what was learned, and which anchors experts agree on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr, stdtrit

from ratingstats.status import Status

FEWEST_PER_ARM = 20
AGREED = 0.75
WIDEST_SPREAD = 0.75
PAIR = 2


@dataclass(frozen=True, slots=True)
class Retranslation:
    """Whether an incident may anchor a scale: the share of experts who put it back, and its SD."""

    share: float
    spread: float
    keep: bool


@dataclass(frozen=True, slots=True)
class TrainingEffect:
    """What training added to the later score, given the earlier one (ANCOVA).

    `change` is the difference in mean change, in SDs of all earlier scores; `effect` is the
    adjusted difference in scale units with its interval.
    """

    change: float
    effect: float
    std_error: float
    low: float
    high: float
    p: float
    n: tuple[int, int]
    status: Status
    reason: str


def normalized_gain(before: float, after: float, highest: float) -> float:
    """Of what was left to learn, the share that was learned: (post - pre) / (max - pre).

    NaN where nothing was left (Hake 1998).
    """
    return (after - before) / (highest - before) if highest > before else float("nan")


def need_priority(importance: float, mean_gap: float, people: int) -> float:
    """Importance (1 to 5) x mean gap (scale units) x people affected / 100, to put needs in order.

    First ask whether training would help at all: skill, will, tools, or an unclear standard.
    """
    return importance * mean_gap * people / 100


def retranslate(placed_back: int, experts: int, scaled: ArrayLike) -> Retranslation:
    """Judge one incident (Smith and Kendall 1963): keep at 75 % agreement and SD (n - 1) <= 0.75.

    Raises ValueError without experts or with fewer than two scale values.
    """
    values = np.asarray(scaled, np.float64)
    if experts < 1 or not 0 <= placed_back <= experts or values.size < PAIR:
        msg = "Give how many of the experts placed it back, and scale values of two or more."
        raise ValueError(msg)
    share, spread = placed_back / experts, float(values.std(ddof=1))
    return Retranslation(share, spread, share >= AGREED and spread <= WIDEST_SPREAD)


def training_effect(
    before: ArrayLike, after: ArrayLike, trained: ArrayLike, *, level: float = 0.95
) -> TrainingEffect:
    """Compare trained with not yet trained raters: after = a + b before + effect trained.

    N raters each; halves drawn by lot, cases of equal difficulty before and after. Refused below
    20 raters in either arm. Raises ValueError if lengths differ.
    """
    pre, post = np.asarray(before, np.float64), np.asarray(after, np.float64)
    arm = np.asarray(trained, np.bool_)
    if pre.ndim != 1 or not pre.shape == post.shape == arm.shape:
        msg = "Give one earlier and one later score per rater, and whether they were trained."
        raise ValueError(msg)
    n = (int(arm.sum()), int((~arm).sum()))
    nan = float("nan")
    if min(n) < FEWEST_PER_ARM:
        reason = f"Fewer than {FEWEST_PER_ARM} raters in an arm."
        return TrainingEffect(nan, nan, nan, nan, nan, nan, n, Status.REFUSED, reason)
    if np.ptp(pre) == 0 or np.ptp(post) == 0:
        reason = "All raters have the same score; there is nothing to compare."
        return TrainingEffect(nan, nan, nan, nan, nan, nan, n, Status.REFUSED, reason)
    gain = post - pre
    change = float((gain[arm].mean() - gain[~arm].mean()) / pre.std(ddof=1))
    effect, std_error = _adjusted(pre, post, arm)
    df = pre.size - 3
    reach = float(stdtrit(df, 0.5 + level / 2)) * std_error
    p = 2 * float(stdtr(df, -abs(effect) / std_error)) if std_error > 0 else 0.0
    return TrainingEffect(
        change, effect, std_error, effect - reach, effect + reach, p, n, Status.MEASURED, ""
    )


def _adjusted(
    pre: NDArray[np.float64], post: NDArray[np.float64], arm: NDArray[np.bool_]
) -> tuple[float, float]:
    X = np.column_stack([np.ones(pre.size), pre, arm])
    beta, *_ = np.linalg.lstsq(X, post, rcond=None)
    variance = np.sum((post - X @ beta) ** 2) / (pre.size - 3) * np.linalg.inv(X.T @ X)
    return float(beta[2]), float(np.sqrt(variance[2, 2]))
