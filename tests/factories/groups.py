"""Made-up people in groups: how many of each, in which unit, and how many rated how."""

import numpy as np

from evenhand.analytics.audit.ratings import Coded, Ratings, Scale

FIVE = Scale(
    (1.0, 2.0, 3.0, 4.0, 5.0), ("Below", "Partly", "Meets", "Above", "Outstanding"), 4.0, 2.0
)


def staff(*cells, name="sex", unit=None, scale=FIVE, **more):
    """Ratings of one person each from (group, high, low, n): rated 4, rated 2, of n; others 3.

    With `unit`, the places of the cells' units.
    """
    groups, values, units = [], [], []
    for place, (group, high, low, n) in enumerate(cells):
        groups += [group] * n
        values += [4.0] * high + [2.0] * low + [3.0] * (n - high - low)
        units += [unit[place] if unit else ""] * n
    return Ratings(
        person=named(len(values)),
        value=np.array(values),
        scale=scale,
        unit=Coded.of(units) if unit else None,
        groups={name: Coded.of(groups)},
        **more,
    )


def named(n):
    """People with names of their own."""
    return Coded(np.arange(n), tuple(f"P{i:06}" for i in range(n)))


def mixed_staff(rng, n=600, **facts):
    """People in two groups and three age bands whose ratings depend on chance alone."""
    sex, age = rng.integers(0, 2, n), rng.integers(0, 3, n)
    return Ratings(
        person=named(n),
        value=rng.choice([2.0, 3.0, 4.0, 5.0], n, p=[0.1, 0.5, 0.3, 0.1]),
        scale=FIVE,
        groups={
            "sex": Coded(sex, ("F", "M")),
            "age": Coded(age, ("under 30", "30 to 49", "50 and over")),
        },
        **facts,
    )
