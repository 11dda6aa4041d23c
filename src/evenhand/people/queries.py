from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from evenhand.kernel.acting import Actor
from evenhand.kernel.paging import PAGE, Page, page_of
from evenhand.people.kinds import LineKind
from evenhand.people.models import Employment, Leave, Person, Position, ReportingLine, UnitTree
from evenhand.people.policies import visible_people
from evenhand.people.searching import plain_words
from evenhand.people.visibility import works_within

BY_NAME = ("search_text", "id")
MOST_WORDS = 8
FEW = 5_000


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a list, with the position held on the day."""

    id: int
    number: str
    name: str
    email: str
    title: str
    unit_id: int | None
    unit: str
    location: str
    works_here: bool
    is_away: bool

    @property
    def detail(self) -> str:
        """What tells this person from another of the same name."""
        return " · ".join(part for part in (self.title, self.unit) if part) or self.number


@dataclass(frozen=True, slots=True)
class Among:
    """Among whom to look: in a unit and all below it, or with the reports of a manager."""

    unit_id: int | None = None
    manager_id: int | None = None


def find_people(actor: Actor, words: str, *, limit: int = 20) -> list[PersonRow]:
    """The first people, by name, whom these words find: beginnings of names, number or e-mail."""
    if not words.strip():
        return []
    people = visible_people(actor).filter(_found_by(words)).order_by(*BY_NAME)
    return rows_of(people[:limit], on=actor.on)


def directory(
    actor: Actor, words: str = "", *, after: str = "", limit: int = PAGE, among: Among | None = None
) -> Page[PersonRow]:
    """The people one may see, page by page; found by words if there are any."""
    people = visible_people(actor).filter(_found_by(words))
    if among and among.unit_id is not None:
        people = people.filter(_works_in(among.unit_id, actor.on))
    if among and among.manager_id is not None:
        people = people.filter(pk__in=_reporting_to(among.manager_id, actor.on))
    page = page_of(people, BY_NAME, cursor=after, limit=limit)
    return page.shown_as(lambda found: rows_of(found, on=actor.on))


def rows_of(people: Iterable[Person], *, on: date) -> list[PersonRow]:
    """The same people as rows, each with what holds on the day."""
    shown = list(people)
    ids = [person.pk for person in shown]
    positions = {p.person_id: p for p in _positions(ids, on)}
    presence = {pk: (works_here, is_away) for pk, works_here, is_away in _presence(ids, on)}
    return [_row(person, positions.get(person.pk), presence[person.pk]) for person in shown]


def manager_of(person_id: int, on: date) -> Person | None:
    """Whom a person reports to on a day."""
    line = _lines(on).filter(person_id=person_id).select_related("manager").first()
    return line.manager if line else None


def people_reporting_to(person_id: int, *, on: date) -> QuerySet[Person]:
    """Who reports to a person on a day, by name."""
    return Person.objects.filter(pk__in=_reporting_to(person_id, on)).order_by(*BY_NAME)


def reports_of(person_id: int, *, on: date, limit: int = PAGE) -> list[PersonRow]:
    """The same people as rows: the first so many of them."""
    return rows_of(people_reporting_to(person_id, on=on)[:limit], on=on)


def _row(person: Person, position: Position | None, presence: tuple[bool, bool]) -> PersonRow:
    works_here, is_away = presence
    return PersonRow(
        id=person.pk,
        number=person.number,
        name=person.name,
        email=person.email,
        title=position.title if position else "",
        unit_id=position.unit_id if position else None,
        unit=position.unit.name if position else "",
        location=position.location if position else "",
        works_here=works_here,
        is_away=is_away,
    )


def _positions(ids: Sequence[int], on: date) -> QuerySet[Position]:
    return Position.objects.on(on).filter(person__in=ids).select_related("unit")


def _presence(ids: Sequence[int], on: date) -> QuerySet[Person, tuple[int, bool, bool]]:
    """Who of these works here on the day, and who is on leave."""
    works_here = Exists(Employment.objects.on(on).filter(person=OuterRef("pk")))
    is_away = Exists(Leave.objects.on(on).filter(person=OuterRef("pk")))
    return Person.objects.filter(pk__in=ids).order_by().values_list("pk", works_here, is_away)


def _lines(on: date) -> QuerySet[ReportingLine]:
    return ReportingLine.objects.on(on).filter(kind=LineKind.PRIMARY)


def _reporting_to(manager_id: int, on: date) -> QuerySet[Any, Any]:
    return _lines(on).filter(manager_id=manager_id).values("person")


def _works_in(unit_id: int, on: date) -> Q:
    """The condition that a person works in a unit or below it, put so that it is found quickly.

    The few of a small unit are looked up one by one. Of a large one the first by name come soon,
    and to look up everyone would take long.
    """
    units = UnitTree.objects.filter(ancestor=unit_id).values("descendant")
    positions = Position.objects.on(on).filter(unit__in=units)
    if positions[: FEW + 1].count() <= FEW:
        return Q(pk__in=positions.values("person"))
    return Q(works_within([unit_id], on=on))


def _found_by(words: str) -> Q:
    found = Q()
    wanted = plain_words(words)
    if words.strip() and not wanted:
        return Q(pk__in=[])
    for word in wanted[:MOST_WORDS]:
        found &= Q(search_text__contains=f" {word}")
    return found
