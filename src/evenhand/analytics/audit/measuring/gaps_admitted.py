"""Which attributes and crossings may be spoken of at all, and why the others may not."""

from dataclasses import dataclass
from itertools import combinations

from evenhand.analytics.audit.measuring.gaps_people import Mask, People
from evenhand.analytics.audit.measuring.gaps_results import Event, WhyNot
from evenhand.analytics.audit.measuring.gaps_shown import Cells, Gate, shown_cells, shown_groups
from evenhand.analytics.audit.ratings import Refused
from ratingstats.disclosure.ledger import PersonSet
from ratingstats.groups.designs import Factor

BOTH = 2


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute and which of its groups may be shown, one entry per label."""

    group: Factor
    shown: Mask

    @property
    def name(self) -> str:
        return self.group.name


@dataclass(frozen=True, slots=True)
class Crossed:
    """Two attributes and the cells they make."""

    pair: tuple[Attribute, Attribute]
    cells: Cells

    @property
    def name(self) -> str:
        return ", ".join(attribute.name for attribute in self.pair)


@dataclass(frozen=True, slots=True)
class Admitted:
    attributes: tuple[Attribute, ...]
    crossings: tuple[Crossed, ...]
    refused: tuple[Refused, ...]


def admit(people: People, events: tuple[Event, ...], gate: Gate) -> Admitted:
    """Ask disclosure control about every attribute and every two, and the ledger about all at once.

    Where all together would tell too much, they are asked one after another, attributes first.
    """
    refused, attributes = [], []
    for group in people.groups.values():
        shown = shown_groups(people, group, events, gate)
        if shown.sum() < BOTH:
            refused.append(Refused(group.name, WhyNot.ONE_GROUP))
        else:
            attributes.append(Attribute(group, shown))
    crossings = []
    for pair in combinations(attributes, 2):
        crossed = _crossed(people, pair, gate)
        why = _why_not(crossed.cells)
        if why is None:
            crossings.append(crossed)
        else:
            refused.append(Refused(crossed.name, why))
    return _past_the_ledger(Admitted(tuple(attributes), tuple(crossings), tuple(refused)), gate)


def _past_the_ledger(wanted: Admitted, gate: Gate) -> Admitted:
    entries: list[Attribute | Crossed] = [*wanted.attributes, *wanted.crossings]
    sets = {entry.name: _sets(entry, gate) for entry in entries}
    if gate.enter(tuple(persons for several in sets.values() for persons in several)):
        return wanted
    attributes = tuple(one for one in wanted.attributes if gate.enter(sets[one.name]))
    names = {one.name for one in attributes}
    crossings = tuple(
        one
        for one in wanted.crossings
        if names >= {side.name for side in one.pair} and gate.enter(sets[one.name])
    )
    names |= {one.name for one in crossings}
    held = [
        Refused(one.name, WhyNot.TELLS_WITH_EARLIER) for one in entries if one.name not in names
    ]
    return Admitted(attributes, crossings, (*wanted.refused, *held))


def _sets(entry: Attribute | Crossed, gate: Gate) -> tuple[PersonSet, ...]:
    if isinstance(entry, Attribute):
        return gate.sets(entry.group.codes, entry.group.labels, entry.shown)
    return gate.sets(entry.cells.codes, entry.cells.labels, entry.cells.shown)


def _crossed(people: People, pair: tuple[Attribute, Attribute], gate: Gate) -> Crossed:
    first, second = pair
    groups, shown = (first.group, second.group), (first.shown, second.shown)
    return Crossed(pair, shown_cells(people, groups, shown, gate))


def _why_not(cells: Cells) -> WhyNot | None:
    if cells.gives_totals_away:
        return WhyNot.TELLS_WITH_TOTALS
    return WhyNot.ONE_GROUP if cells.shown.sum() < BOTH else None
