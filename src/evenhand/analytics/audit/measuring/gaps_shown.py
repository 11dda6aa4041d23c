"""What may be shown of groups and of cells, asked of the one disclosure service.

A group is shown whole or not at all: what hides one of its rates, or its mean, hides it everywhere,
so that nothing hidden in one table can be put together from the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.analytics.audit.measuring.gaps_people import Mask, People
from evenhand.analytics.audit.measuring.gaps_rates import Whole, happens, tally
from evenhand.analytics.audit.measuring.gaps_results import Event
from evenhand.analytics.audit.ratings import NOT_SAID, Choices, Codes
from ratingstats.disclosure.ledger import (
    Keys,
    Ledger,
    PersonSet,
    Release,
    keys_of,
    release_sets,
)
from ratingstats.disclosure.oneway import release_means, release_rates
from ratingstats.disclosure.rules import Rules
from ratingstats.disclosure.tables import release_table_of_rates
from ratingstats.groups.designs import Factor

MEASURE = "ratings by group"
OTHERS = "\uffff"


@dataclass(frozen=True, slots=True)
class Gate:
    """The rules, the ledger, and who the people are in it, each with the rating they have."""

    rules: Rules
    ledger: Ledger
    keys: Keys
    scale: tuple[float, float]

    def sets(self, codes: Codes, labels: Sequence[str], shown: Mask) -> tuple[PersonSet, ...]:
        """The people behind each group that would be shown."""
        places: list[int] = np.flatnonzero(shown).tolist()
        return tuple(PersonSet.of(self.keys[codes == place], labels[place]) for place in places)

    def enter(self, sets: tuple[PersonSet, ...]) -> bool:
        """Ask whether these may go out beside all that went before, and keep them if so."""
        release = Release(MEASURE, "", sets, has_states=True)
        return release_sets(self.ledger, release, self.rules.k).is_allowed


def gate_of(people: People, scale: tuple[float, ...], choices: Choices, ledger: Ledger) -> Gate:
    """What asks whether numbers about these people may be shown."""
    low = min(scale[0], float(people.rating.min(initial=scale[0])))
    high = max(scale[-1], float(people.rating.max(initial=scale[-1])))
    keys = keys_of(people.names, (f"{rating:.6f}" for rating in people.rating))
    return Gate(Rules(k=choices.smallest_group), ledger, keys, (low, high))


def shown_groups(people: People, group: Factor, events: Sequence[Event], gate: Gate) -> Mask:
    """Which groups may be shown, one entry per label; those nobody is in are not.

    Who did not say counts like a group: other attributes tell of everybody, and so of them.
    """
    size = len(group.labels)
    codes = np.where(group.known, group.codes, size)
    n = np.bincount(codes, minlength=size + 1)
    present = np.flatnonzero(n)
    labels = [(*group.labels, OTHERS)[place] for place in present]
    hidden = np.zeros(len(present), dtype=bool)
    for event in events:
        happened, _ = tally(codes, happens(people, event), size + 1)
        rates = release_rates(labels, happened[present].tolist(), n[present].tolist(), gate.rules)
        hidden |= np.array([rate.happened is None for rate in rates.groups], dtype=bool)
    sums = np.bincount(codes, people.rating, size + 1)
    means = release_means(
        labels,
        (sums[present] / n[present]).tolist(),
        n[present].tolist(),
        gate.rules,
        gate.scale,
    )
    hidden |= np.array([mean.mean is None for mean in means.groups], dtype=bool)
    shown = np.zeros(size + 1, dtype=bool)
    shown[present[~hidden]] = True
    return shown[:size]


@dataclass(frozen=True, slots=True)
class Cells:
    """Two attributes crossed: the cell of each person, and what may be shown of the cells.

    `levels` holds the two groups of a cell. People in groups that are hidden by themselves, or who
    did not say, are in cells that are never shown.
    """

    codes: Codes
    levels: tuple[tuple[int, int], ...]
    labels: tuple[str, ...]
    n: Whole
    shown: Mask
    gives_totals_away: bool


def shown_cells(
    people: People, pair: tuple[Factor, Factor], shown: tuple[Mask, Mask], gate: Gate
) -> Cells:
    """Which cells may be shown beside the groups that are shown already."""
    rows, columns = (_Side.of(f, mask) for f, mask in zip(pair, shown, strict=True))
    shape = (len(rows.labels), len(columns.labels))
    codes = rows.codes * shape[1] + columns.codes
    hidden = np.zeros(shape, dtype=bool)
    gives_away = False
    for event in Event:
        happened, n = tally(codes, happens(people, event), shape[0] * shape[1])
        released = release_table_of_rates(
            happened.reshape(shape),
            n.reshape(shape),
            gate.rules,
            labels=(rows.labels, columns.labels),
        )
        hidden |= released.hidden[:-1, :-1]
        gives_away |= bool(released.hidden[-1].any() or released.hidden[:, -1].any())
    hidden[:, columns.shown :] = True
    hidden[rows.shown :] = True
    places = [(row, column) for row in range(shape[0]) for column in range(shape[1])]
    return Cells(
        codes=codes,
        levels=tuple((rows.place(row), columns.place(column)) for row, column in places),
        labels=tuple(f"{rows.labels[row]}, {columns.labels[column]}" for row, column in places),
        n=np.bincount(codes, minlength=len(places)),
        shown=~hidden.ravel(),
        gives_totals_away=gives_away,
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """One attribute of a crossing: its shown groups from 0 on, then all other people together."""

    codes: Codes
    labels: tuple[str, ...]
    places: tuple[int, ...]

    @classmethod
    def of(cls, group: Factor, shown: Mask) -> "_Side":
        places = np.flatnonzero(shown)
        # The last entry is for those who did not say: their code is -1.
        new = np.full(len(group.labels) + 1, len(places), dtype=np.int64)
        new[places] = np.arange(len(places))
        codes = new[group.codes]
        labels = [group.labels[place] for place in places]
        if (codes == len(places)).any():
            labels.append(OTHERS)
        return cls(codes, tuple(labels), tuple(int(place) for place in places))

    @property
    def shown(self) -> int:
        return len(self.places)

    def place(self, code: int) -> int:
        return self.places[code] if code < len(self.places) else NOT_SAID
