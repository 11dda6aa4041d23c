"""Whether raters rate people of their own group higher: all raters together, never one of them."""

import numpy as np
from numpy.typing import NDArray

from evenhand.analytics.audit.measuring.raters_results import ALIKE, AlikeRow, WhyNot
from evenhand.analytics.audit.ratings import NOT_SAID, Coded, Codes, Numbers, Ratings, Refused
from ratingstats.raters.alike import FEWEST_RATERS, Alike, same_group, two_by_two
from ratingstats.status import Status

SWEEPS = 20
TWO = 2


def measure_alike(
    ratings: Ratings, level: float
) -> tuple[tuple[AlikeRow, ...], tuple[Refused, ...]]:
    """One row for each attribute with enough raters whose own group is in the file."""
    if ratings.rater is None or not ratings.groups:
        return (), ()
    as_person = _raters_as_people(ratings.rater.labels, ratings.person.labels)
    rows = []
    for name, group in ratings.groups.items():
        found = _alike(ratings, group, as_person, level)
        if found is not None and found.status is Status.MEASURED:
            rows.append(AlikeRow(name, found))
    return tuple(rows), () if rows else (Refused(ALIKE, WhyNot.NOT_RATED),)


def _raters_as_people(raters: tuple[str, ...], people: tuple[str, ...]) -> Codes:
    """The code each rater has as a person rated, by name."""
    place = {_name(label): number for number, label in enumerate(people)}
    return np.array([place.get(_name(label), NOT_SAID) for label in raters], dtype=np.int64)


def _name(label: str) -> str:
    """Ada Byron, and Byron, Ada, are one person."""
    family, comma, given = label.casefold().partition(",")
    return " ".join(f"{given} {family}".split() if comma else label.casefold().split())


def _alike(ratings: Ratings, group: Coded, as_person: Codes, level: float) -> Alike | None:
    assert ratings.rater is not None  # noqa: S101  # asked by the caller; tells the type checker
    of_person = _group_of_person(ratings.person, group)
    said = ratings.rater.codes != NOT_SAID
    whose = np.where(said, as_person[ratings.rater.codes], NOT_SAID)
    of_rater = np.where(whose != NOT_SAID, of_person[whose], NOT_SAID)
    known = (of_rater != NOT_SAID) & (group.codes != NOT_SAID)
    raters = ratings.rater.codes[known]
    if len(np.unique(raters)) < FEWEST_RATERS:
        return None
    pair = np.column_stack([of_rater[known], group.codes[known]])
    residual = _residual(ratings, group)[known]
    used = np.unique(pair)
    if len(used) == TWO:
        return two_by_two(residual, pair == used[0], raters, level=level)
    return same_group(residual, pair[:, 0] == pair[:, 1], raters, level=level)


def _group_of_person(person: Coded, group: Coded) -> Codes:
    """The group of each person code, as the last of their rows says it."""
    of_person = np.full(len(person.labels), NOT_SAID, dtype=np.int64)
    said = (person.codes != NOT_SAID) & (group.codes != NOT_SAID)
    of_person[person.codes[said]] = group.codes[said]
    return of_person


def _residual(ratings: Ratings, group: Coded) -> Numbers:
    """Ratings less the means of rater, group, unit and controls, taken off in turns."""
    columns = [ratings.rater, group, ratings.unit, *ratings.controls.values()]
    left: Numbers = ratings.value - ratings.value.mean()
    for _ in range(SWEEPS):
        for coded in columns:
            if coded is not None:
                left = left - _means(left, coded.codes + 1)
    return left


def _means(values: Numbers, codes: NDArray[np.int64]) -> Numbers:
    n = np.bincount(codes)
    means = np.bincount(codes, values) / np.maximum(n, 1)
    each: Numbers = means[codes]
    return each
