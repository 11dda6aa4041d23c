"""The overall rating: a weighted mean with its formula, worked out exactly and rounded once.

Not rated is neither nought nor the middle: it is left out, and below 60 % of the weights there is
no overall rating at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from evenhand.reviews.contents import Contents, Part
from evenhand.reviews.models import Answer

ENOUGH = Fraction(60, 100)
NEEDS_A_REASON = Fraction(1, 2)
CENT = Decimal("0.01")
TIMES = "\N{MULTIPLICATION SIGN}"
OVER = "\N{DIVISION SIGN}"


def half_up(value: Fraction, step: Decimal = CENT) -> Decimal:
    """The value to a step, halves upwards: 2.5 to whole numbers is 3."""
    steps = value / Fraction(step)
    whole = (2 * steps.numerator + steps.denominator) // (2 * steps.denominator)
    return (whole * step).quantize(step, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Term:
    """A section's share in the overall rating; without a value when nothing in it is rated."""

    title: str
    weight: int
    value: Fraction | None

    def __str__(self) -> str:
        return f"{self.weight} % {TIMES} {half_up(self.value or Fraction())}"


@dataclass(frozen=True, slots=True)
class Formula:
    """How an overall rating comes about. It can be shown, kept, and read again years later."""

    terms: tuple[Term, ...]

    @property
    def rated(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.value is not None)

    @property
    def coverage(self) -> Fraction:
        """Which part of the weights is rated."""
        whole = sum(term.weight for term in self.terms)
        return Fraction(sum(term.weight for term in self.rated), whole) if whole else Fraction()

    @property
    def exact(self) -> Fraction | None:
        """The weighted mean over what is rated; None when too little is."""
        weight = sum(term.weight for term in self.rated)
        if not weight or self.coverage < ENOUGH:
            return None
        return sum((t.weight * (t.value or Fraction()) for t in self.rated), Fraction()) / weight

    @property
    def value(self) -> Decimal | None:
        return None if self.exact is None else half_up(self.exact)

    @property
    def percent_rated(self) -> Decimal:
        return half_up(self.coverage * 100, Decimal(1))

    def __str__(self) -> str:
        """As people write it: each weight times its value, summed, and what that makes."""
        if self.value is None:
            return ""
        summed = " + ".join(str(term) for term in self.rated)
        if self.coverage == 1:
            return f"{summed} = {self.value}"
        return f"({summed}) {OVER} {sum(term.weight for term in self.rated)} % = {self.value}"

    def as_json(self) -> dict[str, Any]:
        return {
            "terms": [
                {
                    "title": term.title,
                    "weight": term.weight,
                    "value": None if term.value is None else str(term.value),
                }
                for term in self.terms
            ],
            "value": None if self.value is None else str(self.value),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Formula":
        return cls(
            tuple(
                Term(
                    term["title"],
                    term["weight"],
                    None if term["value"] is None else Fraction(term["value"]),
                )
                for term in kept.get("terms", ())
            )
        )


def formula_of(contents: Contents) -> Formula:
    """The formula of what is rated so far. Sections that weigh nothing do not count."""
    return Formula(
        tuple(
            Term(part.section.title, part.section.weight, section_value(part, contents.answers))
            for part in contents.parts
            if part.section.weight and part.rated
        )
    )


def section_value(part: Part, answers: Mapping[int, Answer]) -> Fraction | None:
    """The mean of the section's ratings, those not rated left out."""
    given = (answers.get(question.pk) for question in part.rated)
    return mean([a.rating for a in given if a is not None and a.rating is not None])


def mean(values: Iterable[int]) -> Fraction | None:
    listed = list(values)
    return Fraction(sum(listed), len(listed)) if listed else None


def needs_a_reason(contents: Contents) -> bool:
    """Whether the rating as a whole is far enough from the weighted mean to want a sentence why."""
    holistic, exact = contents.holistic, formula_of(contents).exact
    if holistic is None or holistic.rating is None or exact is None:
        return False
    return abs(holistic.rating - exact) >= NEEDS_A_REASON
