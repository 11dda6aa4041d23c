"""What a single before and after can say, and what it cannot."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from ratingstats.status import Status

FEWEST_PEOPLE = 5
CANNOT_ISOLATE = (
    "With no comparison, the programme cannot be told from whatever else happened meanwhile."
)


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """A change with its interval, and bounds on the effect that need no comparison group.

    The change is no effect. `effect_low` and `effect_high` are what the effect might have been.
    """

    change: float
    low: float
    high: float
    effect_low: float
    effect_high: float
    n: int
    level: float
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class ExpectedReturn:
    """How far chosen units would have moved back towards all units with no programme at all.

    `chosen_mean` and `all_mean` are of the first measurement; `expected_change` is in its units.
    """

    chosen_mean: float
    all_mean: float
    expected_change: float
    n: int
    status: Status
    reason: str


def before_and_after(
    before: ArrayLike,
    after: ArrayLike,
    *,
    scale: tuple[float, float],
    drift: tuple[float, float] | None = None,
    level: float = 0.95,
) -> BeforeAfter:
    """Tell the mean change of n people measured twice, and bounds on what the programme did.

    `drift` is how far the mean might have moved without it, at least and at most; the bounds are
    low - drift_high to high - drift_low. Without `drift` they are the worst case (Manski 1990):
    the mean might have gone to either end of the `scale`. Always CAUTION.
    Raises ValueError if the lists differ in length.
    """
    pre, post = np.asarray(before, np.float64), np.asarray(after, np.float64)
    if pre.ndim != 1 or pre.shape != post.shape:
        msg = "Give one value before and one after per person, in the same order."
        raise ValueError(msg)
    both = np.isfinite(pre) & np.isfinite(post)
    pre, gain, n, nan = pre[both], (post - pre)[both], int(both.sum()), float("nan")
    if n < FEWEST_PEOPLE:
        few = f"Fewer than {FEWEST_PEOPLE} people were measured twice."
        return BeforeAfter(nan, nan, nan, nan, nan, n, level, Status.REFUSED, few)
    change = float(gain.mean())
    reach = float(stdtrit(n - 1, 0.5 + level / 2) * gain.std(ddof=1) / np.sqrt(n))
    start = float(pre.mean())
    least, most = drift or (scale[0] - start, scale[1] - start)
    low, high = change - reach, change + reach
    return BeforeAfter(
        change, low, high, low - most, high - least, n, level, Status.CAUTION, CANNOT_ISOLATE
    )


def regression_to_the_mean(first: ArrayLike, chosen: ArrayLike, *, retest: float) -> ExpectedReturn:
    """Expect (1 - r) (mean of all - mean of chosen) from N units of which some were chosen.

    `retest` is r, the correlation of the measure with itself a period later, from other years.
    When the worst units start first, take this off their change before anything else.
    Raises ValueError if lengths differ or r lies outside 0 and 1.
    """
    values, mine = np.asarray(first, np.float64), np.asarray(chosen, np.bool_)
    if values.ndim != 1 or values.shape != mine.shape or not 0 <= retest <= 1:
        msg = "Give one value and one yes or no per unit, and a correlation between 0 and 1."
        raise ValueError(msg)
    n = int(mine.sum())
    if n in {0, mine.size}:
        nan, reason = float("nan"), "Some units, and not all, must have been chosen."
        return ExpectedReturn(nan, nan, nan, n, Status.REFUSED, reason)
    chosen_mean, all_mean = float(values[mine].mean()), float(values.mean())
    expected = (1 - retest) * (all_mean - chosen_mean)
    far = abs(all_mean - chosen_mean) > 0.5 * float(values.std(ddof=1))
    return ExpectedReturn(
        chosen_mean=chosen_mean,
        all_mean=all_mean,
        expected_change=expected,
        n=n,
        status=Status.CAUTION if far else Status.MEASURED,
        reason="Chosen units began far from the rest; part of their change is their way back."
        if far
        else "",
    )
