"""Whether a many-facet Rasch model can be fitted, and which raters have to stay out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ratingstats.crossed import Factor, connectedness
from ratingstats.rasch.layout import Marks, normal_grid
from ratingstats.rasch.results import Code

Codes = NDArray[np.int64]
LEAST_RATEES = 30
LEAST_USES = 10
LEAST_RATERS = 2


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes beyond which a fit would take minutes.

    Ratings, raters, steps of all items, and numbers held in memory at a time: levels of the scale
    for every pair of an item and a rater who used it, on the grid of abilities.
    """

    ratings: int = 100_000
    raters: int = 300
    steps: int = 200
    numbers: int = 10_000_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: marks, and the factors their codes belong to."""

    marks: Marks
    ratees: Factor
    raters: Factor
    items: Factor


def question_of(score: Codes, ratees: Factor, raters: Factor, items: Factor | None) -> Question:
    """Check that the arrays belong together; raise ValueError where they do not."""
    x = np.ascontiguousarray(score, dtype=np.int64)
    one = Factor("item", np.zeros(len(x), np.int64), 1)
    which = one if items is None else items
    if x.ndim != 1 or any(len(f.codes) != len(x) for f in (ratees, raters, which)):
        msg = "score, ratees, raters and items must have one entry per rating."
        raise ValueError(msg)
    if len(x) and x.min() < 0:
        msg = "Scores must be levels counted from 0; drop the rows without a rating first."
        raise ValueError(msg)
    return Question(Marks(x, ratees.codes, raters.codes, which.codes), ratees, raters, which)


def extreme_raters(question: Question) -> NDArray[np.bool_]:
    """Raters (R,) who gave only the highest, or only the lowest score of every item they used.

    Their severity would be infinite. Without them another may become one, so it is asked again.
    """
    marks, extreme = question.marks, np.zeros(question.raters.levels, bool)
    while True:
        kept = ~extreme[marks.rater]
        found = _extreme_among(marks.where(kept), question)
        if not found.any():
            return extreme
        extreme |= found


def _extreme_among(marks: Marks, question: Question) -> NDArray[np.bool_]:
    n_items, R = question.items.levels, question.raters.levels
    lowest = np.full(n_items, np.iinfo(np.int64).max)
    np.minimum.at(lowest, marks.item, marks.score)
    highest = np.full(n_items, -1)
    np.maximum.at(highest, marks.item, marks.score)
    n = np.bincount(marks.rater, minlength=R)
    top = np.bincount(marks.rater[marks.score == highest[marks.item]], minlength=R)
    bottom = np.bincount(marks.rater[marks.score == lowest[marks.item]], minlength=R)
    found: NDArray[np.bool_] = (n > 0) & ((top == n) | (bottom == n))
    return found


def refusal(question: Question, marks: Marks) -> tuple[Code, str] | None:
    """Why there can be no fit of these marks (the extreme raters left out), or nothing."""
    return (
        _too_large(question, marks)
        or _too_little(marks)
        or _disconnected(question, marks)
        or _few_uses(question, marks)
    )


def _too_large(question: Question, marks: Marks) -> tuple[Code, str] | None:
    raters = len(np.unique(marks.rater))
    highest = int(marks.score.max(initial=0))
    cells = len(np.unique(marks.item * question.raters.levels + marks.rater))
    nodes = len(normal_grid(int(np.bincount(marks.ratee).max(initial=0)))[0])
    steps = len(np.unique(marks.item)) * highest
    asked = (
        (len(marks), LIMITS.ratings, "ratings"),
        (raters, LIMITS.raters, "raters"),
        (steps, LIMITS.steps, "steps of items"),
        (cells * nodes * (highest + 1), LIMITS.numbers, "numbers held at a time"),
    )
    for size, limit, what in asked:
        if size > limit:
            return Code.TOO_LARGE, f"{size} {what}; this model is fitted up to {limit}."
    return None


def _too_little(marks: Marks) -> tuple[Code, str] | None:
    ratees, raters = len(np.unique(marks.ratee)), len(np.unique(marks.rater))
    if ratees < LEAST_RATEES:
        return Code.TOO_FEW_RATEES, f"{ratees} ratees; at least {LEAST_RATEES} are needed."
    if raters < LEAST_RATERS:
        return Code.TOO_FEW_RATERS, f"{raters} raters who do not only use one end of the scale."
    return None


def _disconnected(question: Question, marks: Marks) -> tuple[Code, str] | None:
    parts = connectedness(
        Factor("ratee", marks.ratee, question.ratees.levels),
        Factor("rater", marks.rater, question.raters.levels),
    ).components
    if parts > 1:
        return Code.DISCONNECTED, f"Raters and ratees fall into {parts} parts with no link."
    return None


def _few_uses(question: Question, marks: Marks) -> tuple[Code, str] | None:
    for item in np.unique(marks.item):
        scores = marks.score[marks.item == item]
        uses = np.bincount(scores)[scores.min() :]
        few = int(np.argmin(uses))
        if len(uses) == 1 or uses[few] < LEAST_USES:
            level = int(scores.min()) + few
            words = f"Level {level} of {question.items.name} {item} was used {uses[few]} times"
            return Code.FEW_USES, f"{words}; at least two levels, each used {LEAST_USES} times."
    return None
