"""The people of an organization as an HR system would export them."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

from evenhand.sample.organization import InventedPerson, Organization

COLUMNS = (
    "Employee ID",
    "Last name",
    "First name",
    "Work e-mail",
    "Manager ID",
    "Matrix manager ID",
    "Department path",
    "Job title",
    "Job family",
    "Grade",
    "Country",
    "Location",
    "Hire date",
    "Exit date",
    "Leave from",
    "Leave to",
    "Sex",
    "Race and ethnicity",
    "Birth date",
    "Disability",
)


def people_file(organization: Organization) -> str:
    """Comma separated, ISO dates, one row a person in the order of their numbers."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for person in sorted(organization.people, key=lambda person: person.number):
        writer.writerow(_row(person, organization))
    return text.getvalue()


def _row(person: InventedPerson, organization: Organization) -> list[str]:
    post, protected = person.posts[-1], person.protected
    return [
        person.number,
        person.family_name,
        person.given_name,
        person.email,
        _number(organization, _last_manager(person, organization)),
        _number(organization, _matrix_manager(person, organization)),
        " > ".join(organization.path_of(post.unit)),
        post.title,
        post.job_family,
        str(post.grade),
        post.country,
        post.city,
        person.hired_on.isoformat(),
        _last_day(person.left_on) if person.left_on else "",
        *_leave(person, organization),
        protected.sex,
        protected.race,
        protected.born_on.isoformat(),
        protected.disability,
    ]


def _last_manager(person: InventedPerson, organization: Organization) -> int | None:
    """For those who left: the manager, or whoever leads the team by now."""
    manager = person.managers[-1].manager if person.managers else None
    if manager is None or organization.people[manager].works_on(organization.today):
        return manager
    return organization.units[person.posts[-1].unit].head


def _matrix_manager(person: InventedPerson, organization: Organization) -> int | None:
    if person.left_on is not None or not person.matrix_managers:
        return None
    return person.matrix_managers[-1].manager


def _number(organization: Organization, person: int | None) -> str:
    return "" if person is None else organization.people[person].number


def _leave(person: InventedPerson, organization: Organization) -> Iterator[str]:
    away = [leave for leave in person.leaves if leave.ends_on > organization.today]
    yield away[0].starts_on.isoformat() if away else ""
    yield _last_day(away[0].ends_on) if away else ""


def _last_day(ends_on: date) -> str:
    """HR systems name the last day, not the first one after it."""
    return (ends_on - timedelta(days=1)).isoformat()
