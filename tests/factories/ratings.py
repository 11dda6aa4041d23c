"""Made-up ratings for audits: who rates whom, and how strictly, is known beforehand."""

import numpy as np

from evenhand.analytics.audit.ratings import Coded, Ratings, Scale

FIVE = Scale(
    (1.0, 2.0, 3.0, 4.0, 5.0), ("Below", "Partly", "Meets", "Above", "Outstanding"), 4.0, 2.0
)


def coded(words):
    return Coded.of([str(word) for word in words])


def ratings_of(rows, *, scale=FIVE, **more):
    """Ratings from (person, rater, value) rows."""
    persons, raters, values = zip(*rows, strict=True)
    return Ratings(coded(persons), np.array(values, float), scale, coded(raters), **more)


def crossed_ratings(rng, *, persons=200, raters=40, each=3, sds=(0.6, 0.4, 0.5), **more):
    """People rated by `each` raters drawn by chance; the truth comes with them.

    `sds` are the standard deviations of people, raters and what is left.
    """
    person = np.repeat(np.arange(persons), each)
    draws = (rng.choice(raters, each, replace=False) for _ in range(persons))
    rater = np.concatenate(list(draws))
    ability, severity = rng.normal(0, sds[0], persons), rng.normal(0, sds[1], raters)
    value = 3 + ability[person] + severity[rater] + rng.normal(0, sds[2], len(person))
    names = Coded(person, tuple(f"P{i:04}" for i in range(persons)))
    by = Coded(rater, tuple(f"R{i:03}" for i in range(raters)))
    return Ratings(names, value, FIVE, by, **more), severity
