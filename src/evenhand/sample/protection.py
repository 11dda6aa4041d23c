"""Facts the law protects, made up for studies of fairness. They steer nothing else here."""

from datetime import date, timedelta
from itertools import accumulate
from random import Random

from evenhand.sample.chances import happens
from evenhand.sample.organization import Protected

FEMALE, MALE, DIVERSE = "Female", "Male", "Diverse"
PRONOUNS = {FEMALE: "she", MALE: "he", DIVERSE: "they"}
YOUNGEST, OLDEST = 17, 66

# Only the sites in the United States ask for it, in the words of the form used there.
_RACES = {
    "american": (
        (
            "White",
            "Black or African American",
            "Two or more races",
            "American Indian or Alaska Native",
            "",
        ),
        tuple(accumulate((66, 24, 4, 1, 5))),
    ),
    "hispanic": (("Hispanic or Latino", ""), (95, 100)),
    "indian": (("Asian", ""), (94, 100)),
    "chinese": (("Asian", ""), (94, 100)),
    "vietnamese": (("Asian", ""), (94, 100)),
    "nigerian": (("Black or African American", ""), (95, 100)),
    "polish": (("White", ""), (95, 100)),
}
_DISABILITY = (("No", "Yes", ""), (80, 87, 100))


def draw_sex(*, is_woman: bool, rng: Random) -> str:
    if happens(0.8, rng):
        return DIVERSE
    return FEMALE if is_woman else MALE


def pronouns_of(sex: str, rng: Random) -> str:
    return "they" if happens(2, rng) else PRONOUNS[sex]


def draw_race(country: str, culture: str, rng: Random) -> str:
    if country != "United States":
        return ""
    races, weights = _RACES[culture]
    return rng.choices(races, cum_weights=weights)[0]


def draw_birthday(came_on: date, today: date, *, grade: int, rng: Random) -> date:
    """Old enough on the first day, and not past retirement today."""
    worked = (today - came_on).days / 365.25
    age = rng.gauss(22 + 1.3 * grade, 6) + worked
    age = min(max(age, worked + YOUNGEST), max(OLDEST, worked + YOUNGEST))
    return today - timedelta(days=round(age * 365.25) + rng.randint(1, 300))


def draw_disability(rng: Random) -> str:
    answers, weights = _DISABILITY
    return rng.choices(answers, cum_weights=weights)[0]


def protect(sex: str, race: str, born_on: date, rng: Random) -> Protected:
    return Protected(sex, race, born_on, draw_disability(rng))
