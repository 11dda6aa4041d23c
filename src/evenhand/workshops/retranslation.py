"""Whether an incident may anchor a scale, told exactly (Smith and Kendall 1963).

A second group puts each incident to a competency again. It is kept when 75 % or more put it where
those who collected it did, and when the standard deviation (n - 1) of the levels the experts give
it is 0.75 or less on a five-point scale. No rounding stands between the votes and the decision.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from evenhand.workshops.kinds import FEWEST_VOTES, SCALE, Outcome

AGREED = Fraction(3, 4)
WIDEST_SPREAD = Fraction(3, 4)
TENTH, THOUSANDTH = Decimal("0.1"), Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Retranslation:
    """What the votes say of one incident; what cannot be said is None."""

    placed_back: int
    votes: int
    values: tuple[int, ...]
    outcome: Outcome

    @property
    def stays(self) -> bool:
        """Whether, by the sorting alone, it goes on to be scaled."""
        return self.votes >= FEWEST_VOTES and _agreed(self.placed_back, self.votes)

    @property
    def is_kept(self) -> bool:
        return self.outcome == Outcome.KEPT

    @property
    def share(self) -> Decimal | None:
        """Who put it back, in percents with one decimal."""
        if not self.votes:
            return None
        return rounded(Fraction(100 * self.placed_back, self.votes), TENTH)

    @property
    def mean(self) -> Decimal | None:
        return rounded(_mean(self.values), THOUSANDTH) if self.values else None

    @property
    def spread(self) -> Decimal | None:
        """The standard deviation (n - 1) of the levels given."""
        if len(self.values) <= 1:
            return None
        return _root(_variance(self.values)).quantize(THOUSANDTH, ROUND_HALF_UP)

    def nearest(self, levels: Collection[int]) -> int | None:
        """The level nearest to the mean; between two, the higher."""
        if not self.values or not levels:
            return None
        mean = _mean(self.values)
        return min(levels, key=lambda level: (abs(level - mean), -level))


def retranslate(placed_back: int, votes: int, values: Sequence[int] = ()) -> Retranslation:
    """Judge one incident: how many of the votes put it back, and the levels it was given.

    Raises ValueError for counts or levels that cannot be.
    """
    if not 0 <= placed_back <= votes or any(value not in SCALE for value in values):
        msg = "Give how many of the votes put it back, and levels from 1 to 5."
        raise ValueError(msg)
    return Retranslation(placed_back, votes, tuple(values), _outcome(placed_back, votes, values))


def _outcome(placed_back: int, votes: int, values: Sequence[int]) -> Outcome:
    if votes < FEWEST_VOTES:
        return Outcome.TOO_FEW
    if not _agreed(placed_back, votes):
        return Outcome.PLACED_ELSEWHERE
    if not values:
        return Outcome.NOT_SCALED
    if len(values) < FEWEST_VOTES:
        return Outcome.TOO_FEW
    is_narrow = _variance(values) <= WIDEST_SPREAD**2
    return Outcome.KEPT if is_narrow else Outcome.SPREAD_WIDE


def _agreed(placed_back: int, votes: int) -> bool:
    return Fraction(placed_back, votes) >= AGREED


def _mean(values: Sequence[int]) -> Fraction:
    return Fraction(sum(values), len(values))


def _variance(values: Sequence[int]) -> Fraction:
    """Of two values or more, with n - 1."""
    n = len(values)
    return Fraction(n * sum(value**2 for value in values) - sum(values) ** 2, n * (n - 1))


def _root(square: Fraction) -> Decimal:
    with localcontext() as exact:
        exact.prec = 28
        return (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()


def rounded(number: Fraction, step: Decimal) -> Decimal:
    """A fraction as a decimal, halves up."""
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(step, ROUND_HALF_UP)
