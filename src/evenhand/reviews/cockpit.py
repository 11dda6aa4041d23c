"""How a running cycle is doing: its stages, where it is stuck, and who is waited for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from evenhand.cycles.models import Cycle, Participation
from evenhand.kernel.acting import Actor
from evenhand.kernel.paging import Page, page_of
from evenhand.people.models import Person, Unit
from evenhand.people.searching import plain_words
from evenhand.reviews.kinds import ReviewKind
from evenhand.reviews.models import Review
from evenhand.reviews.scope import (
    Scope,
    below,
    scope_by_count,
    scope_by_name,
    topmost_units,
    units_directly_below,
)
from evenhand.reviews.tallies import (
    NOTHING,
    STILL_OPEN,
    Counted,
    Tally,
    UnitName,
    counted_lately,
    late_kinds,
    tallies_below,
)

FEWEST_SHOWN = 5
MOST_WAITED_FOR = 5


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """A unit and all below it, or (`is_itself`) only those directly in the unit."""

    unit: UnitName
    tally: Tally
    late: int
    is_itself: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Waited:
    """Somebody whose reviews are waited for most."""

    author_id: int
    name: str
    late: int


@dataclass(frozen=True, slots=True)
class Cockpit:
    """A cycle seen from a unit, or from the top of what one may see."""

    unit: Unit | None
    way: tuple[Unit, ...]
    tally: Tally
    signed: int
    late: int
    rows: tuple[UnitProgress, ...]
    only_counts: bool
    too_few: bool
    counted_at: datetime


def cockpit(actor: Actor, cycle: Cycle, way: Sequence[Unit], at: datetime) -> Cockpit:
    """The cycle, cut to what the actor may see: from the top, or at the end of a way down."""
    unit = way[-1] if way else None
    by_name, by_count = scope_by_name(actor), scope_by_count(actor)
    scope = below(unit.pk) if unit else by_count
    only_counts = not (by_name.everywhere or by_name.reaches(way) or by_name == by_count)
    counted = counted_lately(cycle, scope, at)
    too_few = only_counts and counted.whole.people < FEWEST_SHOWN
    if too_few:
        counted = Counted(counted.at, {}, NOTHING, 0)
    kinds = late_kinds(cycle, actor.on)
    rows = _rows(scope, unit, counted.by_unit, kinds)
    return Cockpit(
        unit=unit,
        way=tuple(step for place, step in enumerate(way) if by_count.reaches(way[: place + 1])),
        tally=counted.whole,
        signed=counted.signed,
        late=counted.whole.late(kinds),
        rows=tuple(_hidden(rows) if only_counts else rows),
        only_counts=only_counts,
        too_few=too_few,
        counted_at=counted.at,
    )


def waited_for(actor: Actor, cycle: Cycle, unit: Unit | None, on: date) -> list[Waited]:
    """The authors of most late manager reviews, where the actor may know names."""
    within = scope_by_name(actor).within()
    if unit is not None:
        within &= below(unit.pk).within()
    if ReviewKind.MANAGER not in late_kinds(cycle, on):
        return []
    late = Review.objects.filter(
        within, cycle=cycle, kind=ReviewKind.MANAGER, state__in=STILL_OPEN
    ).order_by()
    # Counted from the index alone, which does not know of the few who were taken out.
    gone = Participation.objects.filter(within, cycle=cycle, withdrawn_at__isnull=False)
    not_waited = Counter(late.filter(participation__in=gone).values_list("author_id", flat=True))
    most = late.values("author_id").annotate(n=Count("*")).order_by("-n", "author_id")
    counts = Counter(dict(most.values_list("author_id", "n")[: MOST_WAITED_FOR + len(not_waited)]))
    top = sorted((counts - not_waited).items(), key=lambda one: (-one[1], one[0]))
    people = Person.objects.in_bulk([author_id for author_id, _n in top[:MOST_WAITED_FOR]])
    return [Waited(pk, people[pk].name, n) for pk, n in top[:MOST_WAITED_FOR]]


def open_reviews(
    actor: Actor, cycle: Cycle, words: str, *, unit: Unit | None, kind: str
) -> QuerySet[Review]:
    """Reviews that are still to be submitted, by those whose names the actor may know.

    After the release nobody can write one any more, so nobody waits for it.
    """
    within = scope_by_name(actor).within()
    if unit is not None:
        within &= below(unit.pk).within()
    reviews = Review.objects.filter(within, cycle=cycle, participation__withdrawn_at=None)
    reviews = reviews.filter(participation__released_at=None)
    if kind in ReviewKind.values:
        reviews = reviews.filter(kind=kind)
    reviews = reviews.filter(state__in=STILL_OPEN)
    found = _called(words)
    return reviews.filter(Q(subject__in=found) | Q(author__in=found)) if words.strip() else reviews


def page_of_reviews(reviews: QuerySet[Review], cursor: str) -> Page[Review]:
    """A page of reviews, kind by kind and unit by unit, with the names they need."""
    named = reviews.select_related("subject", "author", "unit")
    return page_of(named, ("kind", "unit_id", "pk"), cursor=cursor)


def participants(
    actor: Actor, cycle: Cycle, words: str, *, unit: Unit | None
) -> QuerySet[Participation]:
    """Who takes part, among those whose names the actor may know."""
    within = scope_by_name(actor).within()
    if unit is not None:
        within &= below(unit.pk).within()
    parts = Participation.objects.filter(within, cycle=cycle)
    return parts.filter(person__in=_called(words)) if words.strip() else parts


def page_of_participants(parts: QuerySet[Participation], cursor: str) -> Page[Participation]:
    """A page of those who take part, in the order of their names, with their reviews."""
    named = parts.select_related("person", "unit").prefetch_related("reviews__author")
    return page_of(named, ("person__search_text", "person_id"), cursor=cursor)


def _called(words: str) -> QuerySet[Person]:
    people = Person.objects.order_by()
    for word in plain_words(words):
        people = people.filter(search_text__contains=f" {word}")
    return people.values("pk")  # type: ignore[return-value]  # a subquery of ids


def _rows(
    scope: Scope, unit: Unit | None, by_unit: dict[int, Tally], kinds: list[ReviewKind]
) -> list[UnitProgress]:
    if unit is None:
        found = tallies_below(topmost_units(scope), by_unit)
        tops = {name: tally for name, tally in found.items() if tally.people}
        at = next(iter(tops)) if len(tops) == 1 else None
    else:
        tops, at = {}, UnitName(unit.pk, unit.code, unit.name)
    # From a single top one looks at what lies right below it.
    tallies = tallies_below(units_directly_below(at.pk), by_unit) if at else tops
    rows = [UnitProgress(name, t, t.late(kinds)) for name, t in tallies.items() if t.people]
    own = by_unit.get(at.pk, NOTHING) if at else NOTHING
    if at and own.people:
        rows.append(UnitProgress(at, own, own.late(kinds), is_itself=True))
    return sorted(rows, key=lambda row: (-row.late, _open(row.tally), row.unit.name, row.unit.pk))


def _open(tally: Tally) -> float:
    return tally.submitted / tally.reviews if tally.reviews else 1.0


def _hidden(rows: list[UnitProgress]) -> list[UnitProgress]:
    """Units with so few people that their counts would be about persons, without the counts."""
    return [
        UnitProgress(row.unit, NOTHING, 0, row.is_itself, is_hidden=True)
        if row.tally.people < FEWEST_SHOWN
        else row
        for row in rows
    ]
