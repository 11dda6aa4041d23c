"""What single raters do unlike the others: part of the scale, one impression, one text for all."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.analytics.audit.measuring.raters_results import (
    Habit,
    HabitAnswers,
    HabitRow,
    WhyNot,
)
from evenhand.analytics.audit.ratings import NOT_SAID, Coded, Codes, Numbers, Ratings, Refused
from ratingstats.groups.families import benjamini_hochberg
from ratingstats.raters.comparing import compared, rows_by_rater
from ratingstats.raters.copying import SharedPairs, alike_texts, identical_forms
from ratingstats.raters.halo import FEWEST_ITEMS, halo_raters
from ratingstats.raters.order import contrast_raters, recency
from ratingstats.raters.spread import few_level_raters, middle_raters, narrow_raters
from ratingstats.status import Status

MOST_LEVELS = 20
QUARTER = 0.25
ALARM = 0.05


@dataclass(frozen=True, slots=True)
class _Found:
    """One rater: whether it could be looked at, stands out, the number, and that of the others."""

    n: int
    is_measured: bool
    is_flagged: bool
    value: float
    others: float


@dataclass(frozen=True, slots=True)
class _Looked:
    """What every question about habits needs: `rows` of each rater, `people` they rated."""

    ratings: Ratings
    rater: Coded
    rows: tuple[Codes, ...]
    people: Codes
    fewest: int
    seed: int


Question = Callable[[_Looked], Sequence[_Found] | WhyNot]


def measure_habits(
    ratings: Ratings, fewest: int, seed: int
) -> tuple[tuple[HabitAnswers, ...], tuple[Refused, ...]]:
    """Ask what the columns allow; raters need `fewest` people to be named."""
    if ratings.rater is None:
        return (), ()
    rater = ratings.rater
    rows = rows_by_rater(rater.codes, len(rater.labels))
    people = people_rated(ratings.person.codes, rater)
    looked = _Looked(ratings, rater, rows, people, fewest, seed)
    asked = [(habit, question(looked)) for habit, question in QUESTIONS.items()]
    answers = tuple(
        _answer(looked, habit, found) for habit, found in asked if not isinstance(found, WhyNot)
    )
    refused = tuple(Refused(habit, found) for habit, found in asked if isinstance(found, WhyNot))
    return answers, refused


def people_rated(person: Codes, rater: Coded) -> Codes:
    """How many different people each rater rated, in the order of the rater codes."""
    said = (rater.codes != NOT_SAID) & (person != NOT_SAID)
    raters = len(rater.labels)
    pairs = np.unique(person[said] * raters + rater.codes[said])
    return np.bincount(pairs % max(raters, 1), minlength=raters).astype(np.int64)


def _answer(looked: _Looked, habit: Habit, found: Sequence[_Found]) -> HabitAnswers:
    named = [
        (one, number)
        for number, one in enumerate(found)
        if one.is_measured and looked.people[number] >= looked.fewest
    ]
    rows = [
        HabitRow(looked.rater.labels[number], one.n, one.value, one.others)
        for one, number in named
        if one.is_flagged
    ]
    rows.sort(key=lambda row: (-abs(row.value - row.others), row.rater))
    return HabitAnswers(habit, len(named), tuple(rows))


def _narrow(looked: _Looked) -> Sequence[_Found]:
    raters = compared(looked.ratings.value, looked.rater.codes, len(looked.rater.labels))
    rows = narrow_raters(raters, seed=looked.seed)
    return [
        _Found(row.n, row.status is Status.MEASURED, row.is_flagged, row.sd, one.others.sd)
        for row, one in zip(rows, raters, strict=True)
    ]


def _middle(looked: _Looked) -> Sequence[_Found] | WhyNot:
    scale = looked.ratings.scale
    if scale.midpoint not in scale.values:
        return WhyNot.NO_MIDPOINT
    is_middle = (looked.ratings.value == scale.midpoint).astype(np.float64)
    rows = middle_raters(compared(is_middle, looked.rater.codes, len(looked.rater.labels)))
    return [
        _Found(row.n, row.status is Status.MEASURED, row.is_flagged, row.share, row.others)
        for row in rows
    ]


def _few_levels(looked: _Looked) -> Sequence[_Found]:
    counts = _counts(looked)
    if not counts.size:
        return []
    rows = few_level_raters(counts, seed=looked.seed)
    return [
        _Found(row.n, row.status is Status.MEASURED, row.is_flagged, row.used, row.of)
        for row in rows
    ]


def _counts(looked: _Looked) -> Numbers:
    """Ratings of each rater on each level; empty where ratings are measures and not levels."""
    levels = np.asarray(looked.ratings.scale.values)
    place = np.minimum(np.searchsorted(levels, looked.ratings.value), len(levels) - 1)
    if not 1 < len(levels) <= MOST_LEVELS or (levels[place] != looked.ratings.value).any():
        return np.empty((0, 0))
    said = looked.rater.codes != NOT_SAID
    cells = looked.rater.codes[said] * len(levels) + place[said]
    raters = len(looked.rater.labels)
    counts = np.bincount(cells, minlength=raters * len(levels))
    return counts.reshape(raters, len(levels)).astype(np.float64)


def _halo(looked: _Looked) -> Sequence[_Found] | WhyNot:
    if len(looked.ratings.items) < FEWEST_ITEMS:
        return WhyNot.NO_ITEMS
    return [
        _Found(row.n, row.status is Status.MEASURED, row.is_flagged, row.mean_r, row.others_r)
        for row in halo_raters(list(_forms(looked)))
    ]


def _same_forms(looked: _Looked) -> Sequence[_Found] | WhyNot:
    if len(looked.ratings.items) < FEWEST_ITEMS:
        return WhyNot.NO_ITEMS
    return _shared(identical_forms(own) for own in _forms(looked))


def _forms(looked: _Looked) -> Iterator[Numbers]:
    table = np.column_stack(list(looked.ratings.items.values()))
    return (table[own] for own in looked.rows)


def _copied(looked: _Looked) -> Sequence[_Found] | WhyNot:
    texts = looked.ratings.texts
    if texts is None:
        return WhyNot.NO_TEXTS
    return _shared(alike_texts([texts[row] for row in own]).shared for own in looked.rows)


def _shared(found: Iterable[SharedPairs]) -> Sequence[_Found]:
    rows = list(found)
    pairs, of = sum(row.pairs for row in rows), sum(row.of for row in rows)
    return [
        _Found(
            row.n,
            row.status is Status.MEASURED,
            row.is_flagged,
            row.share,
            (pairs - row.pairs) / (of - row.of) if of > row.of else 0.0,
        )
        for row in rows
    ]


def _contrast(looked: _Looked) -> Sequence[_Found] | WhyNot:
    order = looked.ratings.order
    if order is None:
        return WhyNot.NO_ORDER
    residual = _beyond_the_person(looked.ratings)
    sittings = [residual[_in_order(own, order)] for own in looked.rows]
    rows = contrast_raters(sittings)
    if not any(row.status is Status.MEASURED for row in rows):
        return WhyNot.SAME_TIME
    return [
        _Found(row.n, row.status is Status.MEASURED, row.is_flagged, row.autocorrelation, 0.0)
        for row in rows
    ]


def _in_order(own: Codes, order: Numbers) -> Codes:
    """A rater's rows in order of time; none where two have the same, for then nobody knows it."""
    known = own[~np.isnan(order[own])]
    times = order[known]
    if len(np.unique(times)) < len(times):
        return known[:0]
    return known[np.argsort(times)]


def _beyond_the_person(ratings: Ratings) -> Numbers:
    """Each rating less the mean of the same person's other ratings, where there are any."""
    person, value = ratings.person.codes, ratings.value - ratings.value.mean()
    known = np.where(person == NOT_SAID, len(ratings.person.labels), person)
    n, total = np.bincount(known), np.bincount(known, value)
    others = np.maximum(n[known] - 1, 1)
    expected = np.where(n[known] > 1, (total[known] - value) / others, 0.0)
    return np.asarray(np.where(person == NOT_SAID, value, value - expected))


def _recency(looked: _Looked) -> Sequence[_Found] | WhyNot:
    """Notes of the last quarter of the time that all notes span; a quarter is expected there."""
    notes = looked.ratings.notes or ()
    own = [np.array([day for row in rows for day in notes[row]]) for rows in looked.rows if notes]
    days = np.concatenate(own) if own else np.empty(0)
    if not days.size or days.min() == days.max():
        return WhyNot.NO_NOTES
    from_then_on = days.max() - QUARTER * (days.max() - days.min())
    recent = [int((some > from_then_on).sum()) for some in own]
    asked = [recency(late, len(some), QUARTER) for some, late in zip(own, recent, strict=True)]
    chance = benjamini_hochberg([1.0 if math.isnan(one.p) else one.p for one in asked])
    found = []
    for place, one in enumerate(asked):
        rest = days.size - len(own[place])
        others = (sum(recent) - recent[place]) / rest if rest else QUARTER
        flagged = one.is_flagged and chance[place] < ALARM
        measured = one.status is Status.MEASURED
        found.append(_Found(len(looked.rows[place]), measured, flagged, one.share, others))
    return found


QUESTIONS: dict[Habit, Question] = {
    Habit.NARROW: _narrow,
    Habit.MIDDLE: _middle,
    Habit.FEW_LEVELS: _few_levels,
    Habit.HALO: _halo,
    Habit.SAME_FORMS: _same_forms,
    Habit.COPIED_TEXT: _copied,
    Habit.CONTRAST: _contrast,
    Habit.RECENCY: _recency,
}
