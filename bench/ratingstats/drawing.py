"""Ratings drawn from a known truth, of any number."""

import numpy as np

from ratingstats.crossed import Design, Factor

TRUTH = {"person": 0.3, "rater": 0.2, "unit": 0.1, "residual": 0.5}
EACH, PER_RATER, PER_UNIT = 10, 100, 1000


def crossed(ratings: int, seed: int = 1) -> Design:
    """Ten ratings a person, by raters met at random, a hundred ratings each."""
    random = np.random.default_rng(seed)
    persons, raters = ratings // EACH, max(ratings // PER_RATER, 2)
    person = np.repeat(np.arange(persons), EACH)
    rater = random.integers(0, raters, ratings)
    return _rated(person, rater, (persons, raters), random)


def within_units(ratings: int, seed: int = 1) -> Design:
    """The same, but everybody is rated inside a unit of a hundred persons and ten raters."""
    random = np.random.default_rng(seed)
    persons, raters = ratings // EACH, ratings // PER_RATER
    person = np.repeat(np.arange(persons), EACH)
    unit = person // (PER_UNIT // EACH)
    within = PER_UNIT // PER_RATER
    rater = np.minimum(unit * within + random.integers(0, within, len(person)), raters - 1)
    return _rated(person, rater, (persons, raters), random)


def crossed_in_units(ratings: int, seed: int = 1) -> Design:
    """Crossed, and a hundred raters at a time form a unit with a variance of its own."""
    design = crossed(ratings, seed)
    person, rater = design.factors
    units = max(rater.levels // 100, 2)
    unit = Factor("unit", rater.codes * units // rater.levels, units)
    effects = np.random.default_rng(seed + 1).normal(0.0, TRUTH["unit"] ** 0.5, units)
    return Design(design.y + effects[unit.codes], (person, rater, unit))


def _rated(
    person: np.ndarray, rater: np.ndarray, levels: tuple[int, int], random: np.random.Generator
) -> Design:
    y = random.normal(3.0, TRUTH["residual"] ** 0.5, len(person))
    y += random.normal(0.0, TRUTH["person"] ** 0.5, levels[0])[person]
    y += random.normal(0.0, TRUTH["rater"] ** 0.5, levels[1])[rater]
    return Design(y, (Factor("person", person, levels[0]), Factor("rater", rater, levels[1])))
