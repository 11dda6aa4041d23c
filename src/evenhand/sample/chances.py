"""Chance, in words."""

from random import Random


def happens(percent: float, rng: Random) -> bool:
    return rng.random() * 100 < percent
