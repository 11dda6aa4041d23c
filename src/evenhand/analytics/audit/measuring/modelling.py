"""The model behind the first two questions: rating = person + rater + unit + what is left."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.analytics.audit.measuring.design import DesignAnswers, dense
from evenhand.analytics.audit.ratings import NOT_SAID, Coded, Codes, Numbers, Ratings
from ratingstats.crossed import Design, Factor, Fit, fit

FEWEST_UNITS = 5
DROPPED_FIRST = ("unit_occasion", "unit", "person", "rater")


@dataclass(frozen=True, slots=True)
class Modelled:
    """A fitted model, of which rows, and which factors these ratings could not carry.

    `rater_codes` are the codes of `Ratings.rater` in the order of the model's rater levels.
    `dropped` names factors left out; `reason` says why there is no model at all. `can_separate`
    says of the ratings, whatever the model, that person and rater can be told apart.
    """

    fit: Fit | None
    design: Design | None
    rater_codes: tuple[int, ...]
    dropped: tuple[str, ...]
    can_separate: bool
    reason: str = ""

    def has(self, factor: str) -> bool:
        return self.fit is not None and factor in self.fit.variances


def model_of(ratings: Ratings, answers: DesignAnswers) -> Modelled:
    """Fit the largest model the ratings can carry; what they cannot carry is dropped and named."""
    rows = np.flatnonzero(_complete(ratings))
    factors = tuple(_factors(ratings, answers, rows))
    rater_codes = _rater_codes(ratings, rows)
    can_separate = answers.can_separate
    dropped: list[str] = []
    reason = ""
    while factors and len(rows):
        design = Design(ratings.value[rows], factors, *_fixed(ratings, rows))
        fitted = fit(design)
        if fitted.usable:
            return Modelled(fitted, design, rater_codes, tuple(dropped), can_separate)
        suspects = [name for name in DROPPED_FIRST if name in fitted.suspects]
        if not suspects:
            reason = fitted.reason
            break
        dropped.append(suspects[0])
        factors = tuple(factor for factor in factors if factor.name != suspects[0])
    return Modelled(None, None, rater_codes, tuple(dropped), can_separate, reason)


def _complete(ratings: Ratings) -> NDArray[np.bool_]:
    """Rows that say who was rated and, where the columns are there, by whom and in which unit."""
    columns = [ratings.person, ratings.rater, ratings.unit, ratings.occasion]
    known = np.ones(ratings.n, dtype=bool)
    for column in columns:
        if column is not None:
            known &= column.codes != NOT_SAID
    return known


def _factors(ratings: Ratings, answers: DesignAnswers, rows: Codes) -> Iterator[Factor]:
    if answers.can_separate or answers.repeated:
        yield _factor("person", ratings.person, rows)
    if ratings.rater is not None:
        yield _factor("rater", ratings.rater, rows)
    if ratings.unit is not None and _is_many(ratings.unit):
        yield _factor("unit", ratings.unit, rows)
        if ratings.occasion is not None and len(ratings.occasion.labels) > 1:
            both = ratings.unit.codes * len(ratings.occasion.labels) + ratings.occasion.codes
            yield _factor("unit_occasion", Coded(both, ()), rows)


def _factor(name: str, coded: Coded, rows: Codes) -> Factor:
    codes = dense(coded.codes[rows])
    return Factor(name, codes, int(codes.max(initial=-1)) + 1)


def _is_many(unit: Coded) -> bool:
    return len(np.unique(unit.codes[unit.codes != NOT_SAID])) >= FEWEST_UNITS


def _rater_codes(ratings: Ratings, rows: Codes) -> tuple[int, ...]:
    return () if ratings.rater is None else tuple(np.unique(ratings.rater.codes[rows]).tolist())


def _fixed(ratings: Ratings, rows: Codes) -> tuple[Numbers, tuple[str, ...]]:
    """An intercept, each later occasion, and each further unit where there are too few to vary."""
    columns, names = [np.ones(len(rows))], ["intercept"]
    few_units = ratings.unit if ratings.unit is not None and not _is_many(ratings.unit) else None
    for name, coded in (("occasion", ratings.occasion), ("unit", few_units)):
        if coded is None:
            continue
        for code in np.unique(coded.codes[rows])[1:]:
            columns.append((coded.codes[rows] == code).astype(np.float64))
            names.append(f"{name} {coded.labels[code]}")
    return np.column_stack(columns), tuple(names)
