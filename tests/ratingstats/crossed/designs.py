"""Studies from the literature, and ratings drawn from a known truth."""

import csv

import numpy as np

from ratingstats.crossed import Design, Factor
from tests.reference import REFERENCE

# Shrout and Fleiss (1979), table 2: six targets, four judges.
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], float
)


def table(ratings):
    """A complete table, persons by raters, as a design."""
    persons, raters = ratings.shape
    person = Factor("person", np.repeat(np.arange(persons), raters), persons)
    rater = Factor("rater", np.tile(np.arange(raters), persons), raters)
    return Design(ratings.ravel(), (person, rater))


def rows_of(path):
    with (REFERENCE / path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def insteval(*names):
    """Ratings of lecturers by students, the factors asked for, and whether it was for service."""
    path = REFERENCE / "insteval" / "insteval.csv"
    with path.open(encoding="utf-8") as file:
        columns = file.readline().strip().split(",")
    rows = np.loadtxt(path, delimiter=",", skiprows=1, dtype=np.int64)
    of = dict(zip(columns, rows.T, strict=True))
    coded = [Factor.of(name, of[name]) for name in names]
    labels = dict(zip(names, (each[1] for each in coded), strict=True))
    return of, tuple(each[0] for each in coded), labels


def paper_reviews():
    """128 reviews of 57 papers by 20 reviewers."""
    rows = rows_of("rater_sets/data.immer09.csv")
    names = ("idpaper", "idreviewer")
    factors = tuple(Factor.of(name, [row[name] for row in rows])[0] for name in names)
    return Design(np.array([float(row["score"]) for row in rows]), factors)


def drawn(persons, raters, each, variances, seed):
    """`each` ratings for every person by raters at random, and the effects they were drawn with."""
    random = np.random.default_rng(seed)
    of_persons = random.normal(0, variances[0] ** 0.5, persons)
    of_raters = random.normal(0, variances[1] ** 0.5, raters)
    person = np.repeat(np.arange(persons), each)
    rater = random.integers(0, raters, persons * each)
    noise = random.normal(0, variances[2] ** 0.5, persons * each)
    y = 3 + of_persons[person] + of_raters[rater] + noise
    factors = Factor("person", person, persons), Factor("rater", rater, raters)
    return Design(y, factors), {"person": of_persons, "rater": of_raters}
