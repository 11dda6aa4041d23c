"""Ratings for many-facet Rasch models: a published study, and made ones with a known truth."""

import csv
from dataclasses import dataclass, replace

import numpy as np

from ratingstats.crossed import Factor
from ratingstats.rasch import category_probabilities
from tests.reference import REFERENCE

STEPS = np.array([-1.8, 0.0, 1.8])


@dataclass(frozen=True)
class Study:
    score: np.ndarray
    ratees: Factor
    raters: Factor
    items: Factor | None
    severity: np.ndarray
    labels: tuple[str, ...] = ()

    @property
    def asked(self):
        return self.score, self.ratees, self.raters, self.items

    def where(self, kept):
        items = self.items
        return replace(
            self,
            score=self.score[kept],
            ratees=Factor("ratee", self.ratees.codes[kept], self.ratees.levels),
            raters=Factor("rater", self.raters.codes[kept], self.raters.levels),
            items=items and Factor("item", items.codes[kept], items.levels),
        )


def texts():
    """274 forms of 5 criteria on 135 texts by 7 raters (Eckes; the set data.ratings1)."""
    with (REFERENCE / "rater_sets/data.ratings1.csv").open() as file:
        rows = list(csv.DictReader(file))
    criteria = ("k1", "k2", "k3", "k4", "k5")
    ratees, _ = Factor.of("ratee", [row["idstud"] for row in rows for _ in criteria])
    raters, labels = Factor.of("rater", [row["rater"] for row in rows for _ in criteria])
    items = Factor("item", np.tile(np.arange(5), len(rows)), 5)
    score = np.array([int(row[criterion]) for row in rows for criterion in criteria])
    return Study(score, ratees, raters, items, np.zeros(7), tuple(str(label) for label in labels))


def made(seed, *, persons=120, raters=8, each=2, items=2):
    """Ratings by the model itself: ability of variance 1, severities of variance 0.25."""
    rng = np.random.default_rng(seed)
    ability, severity = rng.normal(0, 1, persons), rng.normal(0, 0.5, raters)
    severity -= severity.mean()
    who = np.repeat([rng.permutation(raters)[:each] for _ in range(persons)], items)
    ratee, item = (
        np.repeat(np.arange(persons), each * items),
        np.tile(np.arange(items), each * persons),
    )
    score = [
        rng.choice(4, p=category_probabilities(ability[n], severity[j], STEPS, 0.5 * i))
        for n, j, i in zip(ratee, who, item, strict=True)
    ]
    return Study(
        np.array(score),
        Factor("ratee", ratee, persons),
        Factor("rater", who, raters),
        Factor("item", item, items),
        severity,
    )
