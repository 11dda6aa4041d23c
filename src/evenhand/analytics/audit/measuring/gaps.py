"""Whether groups of people are rated differently, beyond chance and at equal circumstances."""

from dataclasses import dataclass, replace

import numpy as np

from evenhand.analytics.audit.measuring.gaps_admitted import Attribute, Crossed, admit
from evenhand.analytics.audit.measuring.gaps_left_out import without_the_few
from evenhand.analytics.audit.measuring.gaps_people import Mask, People, people_of
from evenhand.analytics.audit.measuring.gaps_points import Points, points_of
from evenhand.analytics.audit.measuring.gaps_rates import (
    Drafted,
    Tallied,
    decided,
    draft,
    events_of,
    happens,
    tally,
)
from evenhand.analytics.audit.measuring.gaps_results import (
    AttributeGaps,
    CellPoints,
    CrossedGaps,
    Event,
    EventRates,
    GapAnswers,
    WhyNot,
)
from evenhand.analytics.audit.measuring.gaps_shown import Gate, gate_of
from evenhand.analytics.audit.ratings import Choices, Codes, Ratings, Refused, Scale
from ratingstats.disclosure.ledger import Ledger, Released
from ratingstats.groups.crossings import cross
from ratingstats.groups.families import Family, family


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every step needs."""

    people: People
    events: tuple[Event, ...]
    gate: Gate
    choices: Choices
    named: dict[Event, tuple[str, ...]]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Compared:
    """An attribute's comparisons before all tests are counted together."""

    attribute: Attribute
    drafts: tuple[Drafted, ...]
    points: Points
    reference: int


@dataclass(frozen=True, slots=True)
class _CrossCompared:
    """A crossing's comparisons before all tests are counted together."""

    crossed: Crossed
    drafts: tuple[Drafted, ...]
    points: tuple[CellPoints, ...]


def measure_gaps(ratings: Ratings, choices: Choices, ledger: Ledger | None = None) -> GapAnswers:
    """Compare all groups of all attributes, and the cells of every two of them.

    What may be shown is asked first; hidden groups are neither shown nor tested. All tests made
    count in Holm's and Benjamini-Hochberg's p-values, also those of two groups of which neither is
    the best. Without a `ledger` nothing was released before and this release is forgotten.
    """
    everybody = people_of(ratings)
    people = without_the_few(everybody, choices.smallest_group)
    gate = gate_of(people, ratings.scale.values, choices, Released() if ledger is None else ledger)
    left_out = everybody.n - people.n
    asked = _Asked(people, events_of(people), gate, choices, _named(ratings.scale), left_out)
    if not asked.events:
        nothing = (Refused("", WhyNot.ALL_ALIKE),) if people.groups else ()
        return _answers(asked, [], [], nothing)
    admitted = admit(people, asked.events, gate)
    return _answers(
        asked,
        [_compared(asked, attribute) for attribute in admitted.attributes],
        [_cross_compared(asked, crossed) for crossed in admitted.crossings],
        admitted.refused,
    )


def _named(scale: Scale) -> dict[Event, tuple[str, ...]]:
    """The names of the levels that make each event; numbers where levels have no names."""
    names = scale.names or tuple(f"{value:g}" for value in scale.values)
    levels = tuple(zip(scale.values, names, strict=True))
    return {
        Event.FAVOURABLE: tuple(name for value, name in levels if value >= scale.favourable),
        Event.ADVERSE: tuple(name for value, name in levels if value <= scale.adverse),
    }


def _compared(asked: _Asked, attribute: Attribute) -> _Compared:
    group, shown = attribute.group, attribute.shown
    drafts = _drafts(asked, (group.codes, group.labels, shown), with_units=True)
    reference = _reference(drafts)
    places = [int(place) for place in np.flatnonzero(shown)]
    points = points_of(asked.people, group, places, reference, asked.choices)
    return _Compared(attribute, drafts, points, reference)


def _cross_compared(asked: _Asked, crossed: Crossed) -> _CrossCompared:
    cells = crossed.cells
    drafts = _drafts(asked, (cells.codes, cells.labels, cells.shown), with_units=False)
    return _CrossCompared(crossed, drafts, _cell_points(asked, crossed))


def _drafts(
    asked: _Asked, groups: tuple[Codes, tuple[str, ...], Mask], *, with_units: bool
) -> tuple[Drafted, ...]:
    codes, labels, shown = groups
    made = []
    for event in asked.events:
        happened, n = tally(codes, happens(asked.people, event), len(labels))
        tallied = Tallied(event, labels, codes, happened, n, shown)
        made.append(draft(asked.people, tallied, asked.choices.level, with_units=with_units))
    return tuple(made)


def _reference(drafts: tuple[Drafted, ...]) -> int:
    """The group with the best rate of the first event that has one, else the largest shown."""
    known = [made.reference for made in drafts if made.reference >= 0]
    tallied = drafts[0].tallied
    return known[0] if known else int(np.argmax(np.where(tallied.shown, tallied.n, -1)))


def _cell_points(asked: _Asked, crossed: Crossed) -> tuple[CellPoints, ...]:
    cells = crossed.cells
    labels = {
        levels: label
        for levels, label, shown in zip(cells.levels, cells.labels, cells.shown, strict=True)
        if shown
    }
    # What people in hidden cells add to the expected mean would tell how many they are.
    told = cells.shown[cells.codes]
    sides = [side.group for side in crossed.pair]
    groups = [replace(side, codes=side.codes[told]) for side in sides]
    found = cross(asked.people.rating[told], groups, asked.choices.level)
    return tuple(
        CellPoints(
            label=labels[cell.codes],
            n=cell.n,
            mean=cell.mean,
            expected=cell.expected,
            beyond=cell.beyond,
            interval=cell.interval,
            shrunken=cell.shrunken,
        )
        for cell in found.cells
        if cell.codes in labels
    )


def _answers(
    asked: _Asked,
    attributes: list[_Compared],
    crossings: list[_CrossCompared],
    refused: tuple[Refused, ...],
) -> GapAnswers:
    drafts = [made for one in attributes for made in one.drafts]
    drafts += [made for one in crossings for made in one.drafts]
    tests = family([p for made in drafts for p in made.p])
    rates = _decided(drafts, tests, asked.choices.level)
    told = tuple(_told(one, rates) for one in attributes)
    crossed = tuple(_told_crossing(one, rates) for one in crossings)
    return GapAnswers(
        named=asked.named,
        persons=asked.people.n,
        several=asked.people.several,
        left_out=asked.left_out,
        m=tests.m,
        level=asked.choices.level,
        k=asked.gate.rules.k,
        attributes=told,
        crossings=crossed,
        hidden=sum(len(one.hidden) for one in told) + sum(one.hidden for one in crossed),
        refused=refused,
    )


def _decided(drafts: list[Drafted], tests: Family, level: float) -> dict[int, EventRates]:
    """The finished rates of each draft, by its identity."""
    found, first = {}, 0
    for made in drafts:
        found[id(made)] = decided(made, tests, first, level)
        first += len(made.p)
    return found


def _told(one: _Compared, rates: dict[int, EventRates]) -> AttributeGaps:
    group, shown = one.attribute.group, one.attribute.shown
    n = np.bincount(group.codes[group.known], minlength=len(group.labels))
    hidden = np.flatnonzero((n > 0) & ~shown)
    return AttributeGaps(
        name=group.name,
        persons=int(n.sum()),
        reference=group.labels[one.reference],
        rates=tuple(rates[id(made)] for made in one.drafts),
        points=one.points.groups,
        equalized=one.points.equalized,
        hidden=tuple(group.labels[place] for place in hidden),
    )


def _told_crossing(one: _CrossCompared, rates: dict[int, EventRates]) -> CrossedGaps:
    cells = one.crossed.cells
    possible = np.array([min(levels) >= 0 for levels in cells.levels])
    return CrossedGaps(
        name=one.crossed.name,
        rates=tuple(rates[id(made)] for made in one.drafts),
        points=one.points,
        # Also those of nobody: how many these are would narrow down the others.
        hidden=int((possible & ~cells.shown).sum()),
    )
