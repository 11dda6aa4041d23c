"""People instead of ratings: whoever was rated often still counts once."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenhand.analytics.audit.ratings import NOT_SAID, Coded, Codes, Numbers, Ratings, Scale
from ratingstats.groups.designs import Control, Covariate, Factor, restricted

Mask = NDArray[np.bool_]
UNIT = "unit"
# Means of decimals are not exact; half a level counts upwards all the same.
HAIR = 1e-9


@dataclass(frozen=True, slots=True)
class People:
    """One entry per person who was rated, P of them.

    `rating` is the mean of a person's ratings, `level` the level of the scale nearest to it (half
    counts upwards; a single rating that lies between levels stays as it is). Facts are those said
    last. `several` counts people with more than one rating.
    """

    names: tuple[str, ...]
    rating: Numbers
    level: Numbers
    favourable: Mask
    adverse: Mask
    groups: Mapping[str, Factor]
    controls: tuple[Control, ...]
    unit: Codes | None
    several: int

    @property
    def n(self) -> int:
        return len(self.rating)


def only(people: People, kept: Mask) -> People:
    """Those people and no others."""
    groups = {
        name: Factor(name, group.codes[kept], group.labels) for name, group in people.groups.items()
    }
    return People(
        names=tuple(np.array(people.names, dtype=object)[kept]),
        rating=people.rating[kept],
        level=people.level[kept],
        favourable=people.favourable[kept],
        adverse=people.adverse[kept],
        groups=groups,
        controls=tuple(restricted(control, kept) for control in people.controls),
        unit=None if people.unit is None else people.unit[kept],
        several=people.several,
    )


def people_of(ratings: Ratings) -> People:
    """Gather ratings by person; ratings of nobody are left out."""
    codes = ratings.person.codes
    rows = np.flatnonzero(codes != NOT_SAID)
    if ratings.order is not None:
        rows = rows[np.argsort(ratings.order[rows], kind="stable")]
    present, who = np.unique(codes[rows], return_inverse=True)
    counts = np.bincount(who, minlength=len(present))
    mean = np.bincount(who, ratings.value[rows], len(present)) / np.maximum(counts, 1)
    level = np.where(counts > 1, _nearest(mean, ratings.scale), mean)
    place = _Place(rows, who, len(present))
    unit = None if ratings.unit is None else place.said(ratings.unit.codes)
    return People(
        names=tuple(ratings.person.labels[code] for code in present),
        rating=mean,
        level=level,
        favourable=level >= ratings.scale.favourable,
        adverse=level <= ratings.scale.adverse,
        groups={name: place.factor(name, coded) for name, coded in ratings.groups.items()},
        controls=_controls(ratings, place),
        unit=unit,
        several=int((counts > 1).sum()),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where each rating belongs: row numbers in order of time, and whose they are."""

    rows: Codes
    who: Codes
    n: int

    def said(self, codes: Codes) -> Codes:
        """What was said last of each person, -1 where nothing ever was."""
        found = np.full(self.n, NOT_SAID, dtype=np.int64)
        known = codes[self.rows] != NOT_SAID
        found[self.who[known]] = codes[self.rows][known]
        return found

    def measured(self, values: Numbers) -> Numbers:
        found = np.full(self.n, np.nan)
        known = np.isfinite(values[self.rows])
        found[self.who[known]] = values[self.rows][known]
        return found

    def factor(self, name: str, coded: Coded) -> Factor:
        return Factor(name, self.said(coded.codes), coded.labels)


def _controls(ratings: Ratings, place: _Place) -> tuple[Control, ...]:
    """Everything to hold equal; the unit too, unless a control already says the same."""
    words = [place.factor(name, coded) for name, coded in ratings.controls.items()]
    numbers = [Covariate(name, place.measured(v)) for name, v in ratings.measured.items()]
    if ratings.unit is not None:
        unit = place.factor(UNIT, ratings.unit)
        if not any(_says_the_same(unit.codes, factor.codes) for factor in words):
            words.append(unit)
    return (*words, *numbers)


def _says_the_same(first: Codes, second: Codes) -> bool:
    """Whether two codings sort people alike, whatever the numbers."""
    pairs = len(np.unique(np.column_stack((first, second)), axis=0))
    return pairs == len(np.unique(first)) == len(np.unique(second))


def _nearest(mean: Numbers, scale: Scale) -> Numbers:
    values = np.asarray(scale.values, dtype=np.float64)
    cuts = (values[1:] + values[:-1]) / 2
    return np.asarray(values[np.searchsorted(cuts, mean + HAIR, side="right")])
