"""What is missing against what is expected, in exact decimals.

gap = required - observed, where observed is the mean of the sources that rated. The shortfall index
is sum(weight * max(0, gap)) / sum(weight * required) over the rated competencies: a surplus in one
never cancels a gap in another.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from evenhand.assessments import FEWEST_OTHERS

SIX_PLACES = Decimal("0.000001")
LOWEST_SAID, HIGHEST_SAID = Decimal("1.5"), Decimal("4.5")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is required in one competency, what it weighs, and what each source observed."""

    required: int
    weight: int
    observed: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Below zero it is a surplus; None where nobody rated."""

    required: int
    observed: Decimal | None
    sources: int
    gap: Decimal | None

    @property
    def is_hypothesis(self) -> bool:
        """Whether it rests on one source, and so is a question rather than a finding."""
        return self.sources == 1


@dataclass(frozen=True, slots=True)
class Shortfall:
    """The index, and the share of all weight that was rated; no index where nothing was."""

    index: Decimal | None
    coverage: Decimal | None
    missing: Decimal
    required: Decimal
    rated: int
    asked: int


@dataclass(frozen=True, slots=True)
class Group:
    """What several others said, as it is published: in half levels, open at both ends."""

    level: Decimal
    count: int


def gap_of(asked: Asked) -> Gap:
    observed = mean(asked.observed)
    gap = None if observed is None else asked.required - observed
    return Gap(asked.required, observed, len(asked.observed), gap)


def shortfall_of(competencies: Sequence[Asked]) -> Shortfall:
    rated = [asked for asked in competencies if asked.observed]
    missing = sum(
        (a.weight * max(Decimal(0), gap_of(a).gap or Decimal(0)) for a in rated), Decimal()
    )
    required = Decimal(sum(asked.weight * asked.required for asked in rated))
    whole = sum(asked.weight for asked in competencies)
    return Shortfall(
        index=(missing / required).quantize(SIX_PLACES) if required else None,
        coverage=(
            (Decimal(sum(asked.weight for asked in rated)) / whole).quantize(SIX_PLACES)
            if whole
            else None
        ),
        missing=missing,
        required=required,
        rated=len(rated),
        asked=len(competencies),
    )


def _missing(asked: Asked) -> Decimal:
    return max(Decimal(0), gap_of(asked).gap or Decimal(0))


def mean(observed: Sequence[Decimal]) -> Decimal | None:
    if not observed:
        return None
    return (sum(observed, Decimal()) / len(observed)).quantize(SIX_PLACES)


def group_of(levels: Sequence[int]) -> Group | None:
    """What is published of others' levels; nothing while fewer than three rated."""
    if len(levels) < FEWEST_OTHERS:
        return None
    half = (Decimal(2 * sum(levels)) / len(levels)).quantize(Decimal(1), ROUND_HALF_UP) / 2
    return Group(min(HIGHEST_SAID, max(LOWEST_SAID, half)).quantize(Decimal("0.1")), len(levels))
