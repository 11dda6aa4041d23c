"""How often something happened to the people of each group, and each group beside the reference."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from evenhand.analytics.audit.measuring.gaps_people import Mask, People
from evenhand.analytics.audit.measuring.gaps_results import Event, EventRates, GroupRate, Test
from evenhand.analytics.audit.ratings import NOT_SAID, Codes
from ratingstats.groups.comparing import (
    AdverseComparison,
    Comparison,
    compare,
    compare_adverse,
    smallest_visible_difference,
)
from ratingstats.groups.counts import Counted, may_be_reference, may_stand_alone, reference_of
from ratingstats.groups.deciding import decide, decide_adverse
from ratingstats.groups.exact import fisher
from ratingstats.groups.families import Family
from ratingstats.groups.strata import Pooled, mantel_haenszel, tables

Whole = NDArray[np.int64]
BOTH = 2


@dataclass(frozen=True, slots=True)
class Tallied:
    """People by group: the group of each (-1 none), and which groups may be `shown`."""

    event: Event
    labels: tuple[str, ...]
    codes: Codes
    happened: Whole
    n: Whole
    shown: Mask


@dataclass(frozen=True, slots=True)
class Compared:
    """A group beside the reference before the tests are counted together."""

    place: int
    comparison: Comparison
    adverse: AdverseComparison | None
    visible: float
    at_equal_unit: Pooled | None


@dataclass(frozen=True, slots=True)
class Drafted:
    """An event's groups with the comparisons made, and the place of the reference, -1 if none.

    `others` are p-values of every two groups that might have been compared, had another group been
    the best: which one is, is known only after looking, so all of them count as tests.
    """

    tallied: Tallied
    reference: int
    compared: tuple[Compared, ...]
    others: tuple[float, ...]

    @property
    def p(self) -> list[float]:
        """Of all tests made, those of `compared` first."""
        return [*(made.comparison.exact.two_sided for made in self.compared), *self.others]


def happens(people: People, event: Event) -> Mask:
    return people.favourable if event is Event.FAVOURABLE else people.adverse


def events_of(people: People) -> tuple[Event, ...]:
    """Events that happen to some, not all; on two levels the second says nothing new."""
    if not people.favourable.any() or (people.adverse == ~people.favourable).all():
        told = [Event.FAVOURABLE if people.favourable.any() else Event.ADVERSE]
    else:
        told = [Event.FAVOURABLE, Event.ADVERSE]
    return tuple(event for event in told if 0 < happens(people, event).sum() < people.n)


def tally(codes: Codes, happened: Mask, size: int) -> tuple[Whole, Whole]:
    """How many of each group, and to how many it happened."""
    known = codes != NOT_SAID
    n = np.bincount(codes[known], minlength=size)
    return np.bincount(codes[known & happened], minlength=size), n


def draft(people: People, tallied: Tallied, level: float, *, with_units: bool) -> Drafted:
    """Compare every group that may be shown with the best of them, by name where several are."""
    places: list[int] = np.flatnonzero(tallied.shown).tolist()
    shown = sorted(places, key=lambda place: tallied.labels[place])
    pool = int(tallied.n.sum())
    wanted = [_wanted(tallied, place) for place in shown]
    best = reference_of(wanted, pool) if len(shown) >= BOTH else None
    if best is None:
        return Drafted(tallied, -1, (), ())
    reference = shown[best]
    able = [p for p in shown if may_stand_alone(_counted(tallied, p), pool)]
    made = (_compared(tallied, (place, reference), level) for place in able if place != reference)
    if with_units and people.unit is not None:
        made = (
            replace(
                one, at_equal_unit=_at_equal_unit(people, tallied, (one.place, reference), level)
            )
            for one in made
        )
    rest = [_counted(tallied, place) for place in able if place != reference]
    return Drafted(tallied, reference, tuple(made), tuple(_p_of_every_two(rest, pool)))


def decided(drafted: Drafted, family: Family, first: int, level: float) -> EventRates:
    """Give each comparison its share of the family, in which its own tests begin at `first`."""
    tallied = drafted.tallied
    tests = {
        made.place: _test(made, family, first + i, level) for i, made in enumerate(drafted.compared)
    }
    shown = np.flatnonzero(tallied.shown)
    return EventRates(
        event=tallied.event,
        groups=tuple(
            GroupRate(
                label=tallied.labels[place],
                happened=int(tallied.happened[place]),
                n=int(tallied.n[place]),
                test=tests.get(int(place)),
                is_reference=int(place) == drafted.reference,
            )
            for place in shown
        ),
        reference=tallied.labels[drafted.reference] if drafted.reference >= 0 else "",
    )


def _p_of_every_two(groups: list[Counted], pool: int) -> Iterator[float]:
    for one, other in combinations(groups, 2):
        if may_be_reference(one, pool) or may_be_reference(other, pool):
            yield fisher(one, other).two_sided


def _counted(tallied: Tallied, place: int) -> Counted:
    return Counted(int(tallied.happened[place]), int(tallied.n[place]))


def _wanted(tallied: Tallied, place: int) -> Counted:
    """Counted by what one wishes for: a favourable event, or to be spared an adverse one."""
    counted = _counted(tallied, place)
    return counted if tallied.event is Event.FAVOURABLE else counted.complement


def _compared(tallied: Tallied, pair: tuple[int, int], level: float) -> Compared:
    place, reference = pair
    focal, best = _counted(tallied, place), _counted(tallied, reference)
    is_adverse = tallied.event is Event.ADVERSE
    both = compare_adverse(focal, best, level) if is_adverse else None
    overall = (focal.x + best.x) / (focal.n + best.n)
    return Compared(
        place=place,
        comparison=both.spared if both else compare(focal, best, level),
        adverse=both,
        visible=smallest_visible_difference(focal.n, best.n, overall, level),
        at_equal_unit=None,
    )


def _at_equal_unit(
    people: People, tallied: Tallied, pair: tuple[int, int], level: float
) -> Pooled | None:
    """The same two groups within units; None where units are not known."""
    if people.unit is None:
        return None
    place, reference = pair
    in_pair = (tallied.codes == place) | (tallied.codes == reference)
    chosen = np.flatnonzero(in_pair & (people.unit != NOT_SAID))
    is_focal = tallied.codes[chosen] == place
    has = happens(people, tallied.event)[chosen]
    return mantel_haenszel(tables(people.unit[chosen], is_focal, has), level)


def _test(made: Compared, family: Family, at: int, level: float) -> Test:
    holm_p, bh_p = float(family.holm[at]), float(family.bh[at])
    alpha = 1 - level
    decision = (
        decide_adverse(made.adverse, p_act=holm_p, p_look=bh_p, alpha=alpha)
        if made.adverse
        else decide(made.comparison, p_act=holm_p, p_look=bh_p, alpha=alpha)
    )
    return Test(
        comparison=made.comparison,
        adverse=made.adverse,
        visible=made.visible,
        at_equal_unit=made.at_equal_unit,
        holm_p=holm_p,
        bh_p=bh_p,
        decision=decision,
    )
