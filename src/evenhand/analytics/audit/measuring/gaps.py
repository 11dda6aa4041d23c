"""Whether groups of people are rated differently, beyond chance and at equal circumstances."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np

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
)
from evenhand.analytics.audit.measuring.gaps_shown import (
    Cells,
    Gate,
    gate_of,
    shown_cells,
    shown_groups,
)
from evenhand.analytics.audit.ratings import Choices, Codes, Ratings, Refused
from ratingstats.disclosure.ledger import Ledger, Released
from ratingstats.groups.crossings import cross
from ratingstats.groups.designs import Factor
from ratingstats.groups.families import Family, family

BOTH = 2


class WhyNot(StrEnum):
    """Why nothing is said about an attribute, a crossing or an event."""

    ALL_ALIKE = "all rated alike"
    ONE_GROUP = "fewer than two groups shown"
    TELLS_WITH_EARLIER = "tells about few beside what was released"
    TELLS_WITH_TOTALS = "tells about few beside the totals"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every step needs."""

    people: People
    events: tuple[Event, ...]
    gate: Gate
    choices: Choices


@dataclass(frozen=True, slots=True)
class _Attribute:
    """An attribute with the groups of it that may be shown, and the comparisons made."""

    group: Factor
    shown: Mask
    drafts: tuple[Drafted, ...]
    points: Points
    reference: int


@dataclass(frozen=True, slots=True)
class _Crossing:
    """Two attributes with the cells that may be shown, and the comparisons made."""

    name: str
    cells: Cells
    drafts: tuple[Drafted, ...]
    points: tuple[CellPoints, ...]


def measure_gaps(ratings: Ratings, choices: Choices, ledger: Ledger | None = None) -> GapAnswers:
    """Compare all groups of all attributes, and the cells of every two of them.

    What may be shown is asked first; hidden groups are neither shown nor tested. All tests made
    count in Holm's and Benjamini-Hochberg's p-values. Without a `ledger` nothing was released
    before and this release is forgotten.
    """
    people = people_of(ratings)
    gate = gate_of(people, ratings.scale.values, choices, ledger or Released())
    asked = _Asked(people, events_of(people), gate, choices)
    tried = [_attribute(asked, group) for group in people.groups.values()] if asked.events else []
    attributes = [made for made in tried if isinstance(made, _Attribute)]
    crossed = [_crossing(asked, pair) for pair in combinations(attributes, 2)]
    crossings = [made for made in crossed if isinstance(made, _Crossing)]
    refused = [made for made in (*tried, *crossed) if isinstance(made, Refused)]
    if people.groups and not asked.events:
        refused.append(Refused("", WhyNot.ALL_ALIKE))
    return _answers(asked, attributes, crossings, tuple(refused))


def _attribute(asked: _Asked, group: Factor) -> _Attribute | Refused:
    people, gate = asked.people, asked.gate
    shown = shown_groups(people, group, asked.events, gate)
    if shown.sum() < BOTH:
        return Refused(group.name, WhyNot.ONE_GROUP)
    if not gate.enter(group.codes, group.labels, shown).is_allowed:
        return Refused(group.name, WhyNot.TELLS_WITH_EARLIER)
    drafts = _drafts(asked, (group.codes, group.labels, shown), with_units=True)
    reference = _reference(drafts)
    places = [int(place) for place in np.flatnonzero(shown)]
    points = points_of(people, group, places, reference, asked.choices)
    return _Attribute(group, shown, drafts, points, reference)


def _crossing(asked: _Asked, pair: tuple[_Attribute, _Attribute]) -> _Crossing | Refused:
    people, gate = asked.people, asked.gate
    first, second = pair
    name = f"{first.group.name}, {second.group.name}"
    cells = shown_cells(people, (first.group, second.group), (first.shown, second.shown), gate)
    if cells.gives_totals_away:
        return Refused(name, WhyNot.TELLS_WITH_TOTALS)
    if cells.shown.sum() < BOTH:
        return Refused(name, WhyNot.ONE_GROUP)
    if not gate.enter(cells.codes, cells.labels, cells.shown).is_allowed:
        return Refused(name, WhyNot.TELLS_WITH_EARLIER)
    drafts = _drafts(asked, (cells.codes, cells.labels, cells.shown), with_units=False)
    return _Crossing(name, cells, drafts, _cell_points(asked, (first.group, second.group), cells))


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


def _cell_points(
    asked: _Asked, pair: tuple[Factor, Factor], cells: Cells
) -> tuple[CellPoints, ...]:
    labels = {
        levels: label
        for levels, label, shown in zip(cells.levels, cells.labels, cells.shown, strict=True)
        if shown
    }
    crossed = cross(asked.people.rating, pair, asked.choices.level)
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
        for cell in crossed.cells
        if cell.codes in labels
    )


def _answers(
    asked: _Asked,
    attributes: list[_Attribute],
    crossings: list[_Crossing],
    refused: tuple[Refused, ...],
) -> GapAnswers:
    drafts = [made for one in (*attributes, *crossings) for made in one.drafts]
    tests = family([p for made in drafts for p in made.p])
    rates = _decided(drafts, tests, asked.choices.level)
    told = tuple(_told(one, rates) for one in attributes)
    crossed = tuple(_told_crossing(one, rates) for one in crossings)
    return GapAnswers(
        persons=asked.people.n,
        several=asked.people.several,
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
        first += len(made.compared)
    return found


def _told(one: _Attribute, rates: dict[int, EventRates]) -> AttributeGaps:
    group = one.group
    n = np.bincount(group.codes[group.known], minlength=len(group.labels))
    hidden = np.flatnonzero((n > 0) & ~one.shown)
    return AttributeGaps(
        name=group.name,
        persons=int(n.sum()),
        reference=group.labels[one.reference],
        rates=tuple(rates[id(made)] for made in one.drafts),
        points=one.points.groups,
        equalized=one.points.equalized,
        hidden=tuple(group.labels[place] for place in hidden),
    )


def _told_crossing(one: _Crossing, rates: dict[int, EventRates]) -> CrossedGaps:
    cells = one.cells
    possible = np.array([min(levels) >= 0 for levels in cells.levels])
    return CrossedGaps(
        name=one.name,
        rates=tuple(rates[id(made)] for made in one.drafts),
        points=one.points,
        hidden=int((possible & (cells.n > 0) & ~cells.shown).sum()),
    )
