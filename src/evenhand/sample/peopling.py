"""Brings the people in as their HR system did: everybody at first, then what was new each time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from evenhand.demographics.actions import keep_protected_facts
from evenhand.kernel.acting import Actor
from evenhand.kernel.periods import FOREVER
from evenhand.people.applying import apply_people
from evenhand.people.changes import (
    Away,
    Employed,
    Left,
    NewUnit,
    PeopleChanges,
    PersonDetails,
    Placed,
    Reports,
)
from evenhand.people.kinds import LineKind
from evenhand.people.models import Person, Unit
from evenhand.sample.organization import InventedPerson, InventedUnit, Organization
from evenhand.sample.rounds import Round, workday

BEFORE_THE_FIRST_ROUND = timedelta(weeks=4)
# Nobody comes back within so short a time, so a leaver and a returner are never in one file.
EVERY = timedelta(weeks=13)


@dataclass(frozen=True, slots=True)
class Span:
    """The facts that begin or end after one day and not after another."""

    after: date
    until: date

    def holds(self, day: date) -> bool:
        return self.after < day <= self.until

    def end(self, ends_on: date) -> date:
        """The end of something as far as it is known by then."""
        return ends_on if ends_on <= self.until else FOREVER


@dataclass(frozen=True, slots=True)
class Known:
    """The keys in the database of invented people and units, by their own keys."""

    people: tuple[int, ...]
    units: tuple[int, ...]

    @classmethod
    def read(cls, organization: Organization) -> "Known":
        people = dict(Person.objects.values_list("number", "pk"))
        units = dict(Unit.objects.values_list("code", "pk"))
        return cls(
            people=tuple(people.get(person.number, 0) for person in organization.people),
            units=tuple(units[unit.code] for unit in organization.units),
        )


def import_days(first: Round, today: date) -> list[date]:
    """The days on which the HR file came in; the last is the last workday before today."""
    days = [workday(first.launched_on - BEFORE_THE_FIRST_ROUND)]
    yesterday = workday(today - timedelta(days=1))
    while days[-1] + EVERY < yesterday:
        days.append(days[-1] + EVERY)
    return [*days, yesterday]


def bring_in(organization: Organization, span: Span, *, by: Actor, at: datetime) -> None:
    """Apply what one file says; the first brings the units, too."""
    people = organization.people
    units = organization.units if span.after == date.min else ()
    codes = [unit.code for unit in organization.units]
    numbers = [person.number for person in people]
    new = [p for p in people if span.holds(p.employments[0].starts_on)]
    changes = PeopleChanges(
        units=tuple(_unit(unit, codes, organization.company.founded) for unit in units),
        added=tuple(map(_details, new)),
        employed=tuple(_employed(people, span)),
        placed=tuple(_placed(people, codes, span)),
        reports=tuple(_reports(people, numbers, span)),
        away=tuple(_away(people, span)),
        left=tuple(_left(people, span)),
    )
    apply_people(changes, by=by, at=at)
    _protect(new, by=by, at=at)


def _protect(people: Iterable[InventedPerson], *, by: Actor, at: datetime) -> None:
    keys = dict(Person.objects.values_list("number", "pk"))
    rows = ((keys[person.number], _protected(person)) for person in people)
    keep_protected_facts(rows, by=by, at=at)


def _protected(person: InventedPerson) -> dict[str, str | date | None]:
    facts = person.protected
    return {
        "sex": facts.sex,
        "race": facts.race,
        "birth_on": facts.born_on,
        "disability": facts.disability,
    }


def _unit(unit: InventedUnit, codes: list[str], founded: int) -> NewUnit:
    parent = "" if unit.parent is None else codes[unit.parent]
    return NewUnit(unit.code, unit.name, parent, starts_on=date(founded, 1, 1))


def _details(person: InventedPerson) -> PersonDetails:
    return PersonDetails(person.number, person.given_name, person.family_name, person.email)


def _employed(people: Iterable[InventedPerson], span: Span) -> Iterator[Employed]:
    for person in people:
        for job in person.employments:
            if span.holds(job.starts_on):
                yield Employed(person.number, job.starts_on, span.end(job.ends_on))


def _placed(people: Iterable[InventedPerson], codes: list[str], span: Span) -> Iterator[Placed]:
    for person in people:
        for post in person.posts:
            if span.holds(post.starts_on):
                yield Placed(
                    number=person.number,
                    unit=codes[post.unit],
                    starts_on=post.starts_on,
                    ends_on=span.end(post.ends_on),
                    title=post.title,
                    job_family=post.job_family,
                    grade=str(post.grade),
                    country=post.country,
                    location=post.city,
                )


def _reports(people: Iterable[InventedPerson], numbers: list[str], span: Span) -> Iterator[Reports]:
    for person in people:
        for line in (*person.managers, *person.matrix_managers):
            if span.holds(line.starts_on):
                yield Reports(
                    number=person.number,
                    manager=numbers[line.manager],
                    starts_on=line.starts_on,
                    ends_on=span.end(line.ends_on),
                    is_matrix=line.kind == LineKind.MATRIX,
                )


def _away(people: Iterable[InventedPerson], span: Span) -> Iterator[Away]:
    for person in people:
        for leave in person.leaves:
            if span.holds(leave.starts_on):
                yield Away(person.number, leave.starts_on, leave.ends_on)


def _left(people: Iterable[InventedPerson], span: Span) -> Iterator[Left]:
    for person in people:
        for job in person.employments:
            if span.holds(job.ends_on) and job.starts_on <= span.after:
                yield Left(person.number, job.ends_on)
