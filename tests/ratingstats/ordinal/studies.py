"""Ratings in ordered levels to fit models to: published ones, and made ones with a known truth."""

import csv
from dataclasses import dataclass

import numpy as np

from ratingstats.crossed import Factor
from tests.reference import REFERENCE

TRUE_THRESHOLDS = np.array([-2.0, -0.5, 1.5])
TRUE_EFFECT = 0.8


@dataclass(frozen=True)
class Study:
    y: np.ndarray
    levels: int
    factors: tuple[Factor, ...]
    X: np.ndarray
    names: tuple[str, ...]

    @property
    def asked(self):
        return self.y, self.levels, self.factors, self.X, self.names


def rows_of(path):
    with (REFERENCE / path).open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def wine():
    """Bitterness of white wine: 9 judges, 8 bottles each (Randall 1989)."""
    rows = rows_of("rater_published/wine_randall1989.csv")
    X = np.array([[row["temp"] == "warm", row["contact"] == "yes"] for row in rows], float)
    y = np.array([int(row["rating"]) - 1 for row in rows])
    judge, _ = Factor.of("judge", [int(row["judge"]) for row in rows])
    return Study(y, 5, (judge,), X, ("warm", "contact"))


def bottles():
    rows = rows_of("rater_published/wine_randall1989.csv")
    return Factor.of("bottle", [int(row["bottle"]) for row in rows])[0]


def made(seed, *, n=600, raters=20, persons=120, variances=(0.5, 1.5)):
    """Ratings whose truth is known: a column, raters and persons, on the logit scale."""
    rng = np.random.default_rng(seed)
    rater = Factor("rater", rng.integers(0, raters, n), raters)
    person = Factor("person", rng.integers(0, persons, n), persons)
    u = rng.normal(0, variances[0] ** 0.5, raters)
    v = rng.normal(0, variances[1] ** 0.5, persons)
    X = rng.normal(size=(n, 1))
    latent = TRUE_EFFECT * X[:, 0] + u[rater.codes] + v[person.codes] + rng.logistic(size=n)
    y = (latent[:, None] > TRUE_THRESHOLDS).sum(axis=1)
    return Study(y, 4, (rater, person), X, ("x",))
