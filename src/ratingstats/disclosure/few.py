"""The answers of three or four: what may be said without giving away who said what.

The mean of three answers to two decimals, or a standard deviation beside it, often leaves only one
way in which they can have been given. Below five answers a mean is rounded to the nearest half, at
either end of the scale it becomes a range, and there is no spread, no distribution, no extreme.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations_with_replacement
from math import comb, sqrt

from ratingstats.disclosure.rules import OPINION_K, Why

ENOUGH_FOR_DETAIL = 5
HALF = Decimal("0.5")
MOST_SETS = 2_000_000
FIVE_LEVELS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class MeanOfAnswers:
    """The mean of n answers as it may be shown: from `low` to `high`, which are mostly equal."""

    n: int | None
    low: float | None
    high: float | None
    sd: float | None = None
    distribution: tuple[int, ...] | None = None
    why: Why = Why.SHOWN

    @property
    def is_range(self) -> bool:
        return self.low != self.high


def show_answers(
    answers: Sequence[int],
    k: int = OPINION_K,
    levels: Sequence[int] = FIVE_LEVELS,
    *,
    viewer_is_among_them: bool = False,
) -> MeanOfAnswers:
    """The mean of whole-number answers, with spread and distribution only from five answers on.

    Fewer than k answers show nothing, not even how many. A reader who gave one of them does not
    count, neither for k nor for five. `levels` is the scale from low to high.
    """
    n = len(answers)
    others = n - viewer_is_among_them
    if others < k:
        return MeanOfAnswers(None, None, None, why=Why.TOO_FEW)
    mean = Fraction(sum(answers), n)
    if others < ENOUGH_FOR_DETAIL:
        low, high = _blurred(nearest_half(mean), levels)
        return MeanOfAnswers(n, low, high)
    spread = sqrt(sum((answer - mean) ** 2 for answer in answers) / (n - 1))
    counts = tuple(sum(answer == level for answer in answers) for level in levels)
    return MeanOfAnswers(n, float(mean), float(mean), spread, counts)


def nearest_half(mean: float | Fraction) -> float:
    """To the nearest half, half-way up (3.75 gives 4)."""
    exact = (
        Decimal(mean.numerator) / Decimal(mean.denominator)
        if isinstance(mean, Fraction)
        else (Decimal(repr(float(mean))))
    )
    return float((exact / HALF).quantize(Decimal(1), ROUND_HALF_UP) * HALF)


def _blurred(rounded: float, levels: Sequence[int]) -> tuple[float, float]:
    """The half next to either end and the end itself look the same."""
    bottom, top = float(levels[0]), float(levels[-1])
    if rounded >= top - float(HALF):
        return top - float(HALF), top
    if rounded <= bottom + float(HALF):
        return bottom, bottom + float(HALF)
    return rounded, rounded


def compatible_answers(
    n: int, mean: str, sd: str | None = None, levels: Sequence[int] = FIVE_LEVELS
) -> tuple[tuple[int, ...], ...]:
    """All ways, apart from order, in which n people can have given a published mean (and SD).

    `mean` and `sd` as they are printed ("3.67"): their decimals say how far they were rounded. The
    SD is that of a sample (n - 1). One way left means that every answer is known.
    Raises ValueError where there are too many ways to go through.
    """
    return tuple(
        answers
        for answers in _all_sets(n, levels)
        if _prints_as(sum(answers) / n, mean) and (sd is None or _prints_as(_spread(answers), sd))
    )


def answers_behind(
    shown: MeanOfAnswers, levels: Sequence[int] = FIVE_LEVELS
) -> tuple[tuple[int, ...], ...]:
    """All ways in which fewer than five people can have given what `show_answers` shows of them."""
    if shown.n is None:
        return ()
    return tuple(
        answers
        for answers in _all_sets(shown.n, levels)
        if _blurred(nearest_half(Fraction(sum(answers), shown.n)), levels)
        == (shown.low, shown.high)
    )


def _all_sets(n: int, levels: Sequence[int]) -> Iterator[tuple[int, ...]]:
    if comb(n + len(levels) - 1, n) > MOST_SETS:
        msg = f"{n} answers on {len(levels)} levels are too many to list; ask for fewer."
        raise ValueError(msg)
    return combinations_with_replacement(sorted(levels), n)


def _spread(answers: Sequence[int]) -> float:
    mean = sum(answers) / len(answers)
    return sqrt(sum((answer - mean) ** 2 for answer in answers) / max(len(answers) - 1, 1))


def _prints_as(value: float, printed: str) -> bool:
    """Within half a unit of the last printed decimal."""
    exponent = Decimal(printed).as_tuple().exponent
    unit = 10.0**exponent if isinstance(exponent, int) else 1.0
    return abs(value - float(printed)) <= unit / 2 + 1e-9
