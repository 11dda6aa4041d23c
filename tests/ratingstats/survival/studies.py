"""Studies of time to an event that textbooks print, typed anew."""

import csv
from functools import cache

from ratingstats.survival import Spells
from tests.reference import REFERENCE

# Freireich and others (1963), Blood 21: weeks in remission of acute leukemia under
# 6-mercaptopurine (those still in remission are censored) and under placebo.
REMISSION_6MP = (
    (6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35),
    (1,) * 9 + (0,) * 12,
)
REMISSION_PLACEBO = (
    (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23),
    (1,) * 21,
)


def leukemia():
    """All 42 patients and the treatment of each."""
    (treated, lost), (placebo, relapsed) = REMISSION_6MP, REMISSION_PLACEBO
    spells = Spells.of(treated + placebo, lost + relapsed)
    return spells, ["6-MP"] * 21 + ["placebo"] * 21


@cache
def job_retention():
    """McNulty's (2021) 3,770 graduates followed for up to twelve months: spells and rows."""
    path = REFERENCE / "peopleanalyticsdata" / "job_retention.csv"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    spells = Spells.of([float(r["month"]) for r in rows], [int(r["left"]) for r in rows])
    return spells, rows
