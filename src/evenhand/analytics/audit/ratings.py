"""The ratings an audit looks at, wherever they came from: a spreadsheet or a cycle."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ratingstats.disclosure.rules import USUAL_K

Codes = NDArray[np.int64]
Numbers = NDArray[np.float64]
NOT_SAID = -1


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of words as numbers: `labels[codes[i]]`; a code of -1 says nothing."""

    codes: Codes
    labels: tuple[str, ...]

    @classmethod
    def of(cls, words: "list[str]") -> "Coded":
        """Code words in the order of the alphabet; an empty word says nothing."""
        labels = tuple(sorted({word for word in words if word}))
        place = {label: number for number, label in enumerate(labels)}
        codes = np.fromiter((place.get(word, NOT_SAID) for word in words), np.int64, len(words))
        return cls(codes, labels)


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels of a rating from low to high: their values, and their names where they have any.

    A rating at or above `favourable` counts as a good one, at or below `adverse` as a low one.
    """

    values: tuple[float, ...]
    names: tuple[str, ...]
    favourable: float
    adverse: float

    @property
    def midpoint(self) -> float:
        return (self.values[0] + self.values[-1]) / 2

    @property
    def stretch(self) -> float:
        """How many points are as far as one step of five levels; at least one."""
        return max(1.0, (self.values[-1] - self.values[0]) / 4)

    def name_of(self, value: float) -> str:
        """What one level is called: its name, or its number where levels have no names."""
        if self.names:
            return self.names[int(np.searchsorted(self.values, value))]
        return f"{value:g}"


@dataclass(frozen=True, slots=True)
class Ratings:
    """One entry per rating, all arrays of the same length N; `value` has no gaps.

    `before` is the rating before calibration (NaN where none); `items` are ratings of single
    questions (NaN where none); `order` is when a rating was given, as a number that grows; `notes`
    are the days of the notes behind each rating, as numbers; `measured` are controls that are
    numbers (tenure in years, age), `controls` those in words.
    """

    person: Coded
    value: Numbers
    scale: Scale
    rater: Coded | None = None
    unit: Coded | None = None
    occasion: Coded | None = None
    groups: Mapping[str, Coded] = field(default_factory=dict)
    controls: Mapping[str, Coded] = field(default_factory=dict)
    measured: Mapping[str, Numbers] = field(default_factory=dict)
    items: Mapping[str, Numbers] = field(default_factory=dict)
    before: Numbers | None = None
    order: Numbers | None = None
    texts: tuple[str, ...] | None = None
    notes: tuple[tuple[float, ...], ...] | None = None

    @property
    def n(self) -> int:
        return len(self.value)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the specialist may decide about an audit; the defaults are those of the field.

    `matters` is in steps of a scale of five levels: on 0 to 100 it stands for so many times 25.
    """

    k: int = USUAL_K
    level: float = 0.95
    matters: float = 0.25
    seed: int = 2026
    tainted: frozenset[str] = frozenset()

    @property
    def smallest_group(self) -> int:
        """Protected facts are sensitive: no group of fewer than five, however small k is."""
        return max(self.k, USUAL_K)


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that cannot be said from these ratings: what, why, and what would help."""

    what: str
    why: str
    remedy: str = ""
