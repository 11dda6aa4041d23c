"""Many changes to people in one transaction: all of them, or none."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record, record_each
from evenhand.kernel.acting import Actor
from evenhand.kernel.bulk import batches, insert_rows, update_rows
from evenhand.kernel.locking import one_at_a_time
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.people.changes import Away, NewUnit, PeopleChanges, PersonDetails, Reports
from evenhand.people.models import Person, Unit, UnitPlacement
from evenhand.people.policies import EMAIL_TAKEN, NUMBER_TAKEN, may_change_people
from evenhand.people.records import PEOPLE, Records
from evenhand.people.searching import searchable
from evenhand.people.timelines import AT_ONCE, Stretch
from evenhand.people.weaving import reweave_chains, reweave_units

NOT_AS_PLANNED = Verdict(
    "not_as_planned",
    _("People or units have changed since this was planned. Plan it again and look at it anew."),
    Ground.WHEN,
)


@dataclass(frozen=True, slots=True)
class Applied:
    """How many units and people were added, and how many people changed otherwise."""

    units: int
    added: int
    changed: int


@transaction.atomic
def apply_people(changes: PeopleChanges, *, by: Actor, at: datetime) -> Applied:
    """Make every change, derive the lines above and below once, and keep who changed in what."""
    may_change_people(by).enforce()
    one_at_a_time(PEOPLE)
    units = _Keys(Unit, "code", _units_named(changes))
    _create_units(changes.units, units)
    people = _Keys(Person, "number", _people_named(changes))
    added = _add_people(changes.added, people)
    renamed = _rename_people(changes.renamed, people)
    records = _records(changes, people, units, added)
    managers_changed = records.lines.changed()
    changed = records.save()
    reweave_chains(added | managers_changed)
    for person_id in renamed:
        changed.setdefault(person_id, []).insert(0, "details")
    applied = Applied(len(changes.units), len(added), len(changed.keys() - added))
    _record(applied, added, changed, by=by, at=at)
    return applied


class _Keys(dict[str, int]):
    """The primary keys of units or people by what they go by."""

    def __init__(self, model: type[models.Model], column: str, names: Iterable[str]) -> None:
        self.rows = model._base_manager.values_list(column, "pk")  # noqa: SLF001
        self.column = column
        self.read(names)

    def read(self, names: Iterable[str]) -> None:
        wanted = set(names) - {""}
        if len(wanted) > AT_ONCE:
            self.update(row for row in self.rows.iterator() if row[0] in wanted)
        elif wanted:
            self.update(self.rows.filter(**{f"{self.column}__in": wanted}))

    def __missing__(self, name: str) -> int:
        raise Refused(NOT_AS_PLANNED)


def _units_named(changes: PeopleChanges) -> Iterator[str]:
    for unit in changes.units:
        yield from (unit.code, unit.parent)
    yield from (placed.unit for placed in changes.placed)


def _people_named(changes: PeopleChanges) -> Iterator[str]:
    yield from (person.number for person in (*changes.added, *changes.renamed))
    yield from (employed.number for employed in changes.employed)
    yield from (placed.number for placed in changes.placed)
    for line in changes.reports:
        yield from (line.number, line.manager)
    yield from (leave.number for leave in changes.away)
    yield from (left.number for left in changes.left)


def _create_units(new: tuple[NewUnit, ...], units: _Keys) -> None:
    if not new:
        return
    if any(unit.code in units for unit in new):
        raise Refused(NOT_AS_PLANNED)
    columns = ("code", "name", "starts_on", "ends_on")
    insert_rows(Unit, columns, ((u.code, u.name, u.starts_on, u.ends_on) for u in new))
    units.read(unit.code for unit in new)
    insert_rows(
        UnitPlacement,
        ("unit", "parent", "starts_on", "ends_on"),
        ((units[u.code], units[u.parent], u.starts_on, u.ends_on) for u in new if u.parent),
    )
    reweave_units()


def _add_people(new: tuple[PersonDetails, ...], people: _Keys) -> set[int]:
    if any(details.number in people for details in new):
        raise Refused(NUMBER_TAKEN)
    _enforce_free_emails(new, set())
    columns = ("number", "given_name", "family_name", "email", "search_text")
    insert_rows(Person, columns, (_columns(details) for details in new))
    people.read(details.number for details in new)
    return {people[details.number] for details in new}


def _rename_people(renamed: tuple[PersonDetails, ...], people: _Keys) -> set[int]:
    changed = {people[details.number] for details in renamed}
    _enforce_free_emails(renamed, changed)
    for some in batches(changed, AT_ONCE):
        # Two people may exchange their addresses, and no address may stand twice on the way.
        Person.objects.filter(pk__in=some).update(email="")
    columns = ("number", "given_name", "family_name", "email", "search_text")
    rows = ((*_columns(details), people[details.number]) for details in renamed)
    update_rows(Person, columns, rows)
    return changed


def _columns(details: PersonDetails) -> tuple[str, str, str, str, str]:
    d, email = details, details.email.lower()
    text = searchable(d.family_name, d.given_name, d.number, email)
    return d.number, d.given_name, d.family_name, email, text


def _enforce_free_emails(wanted: tuple[PersonDetails, ...], besides: set[int]) -> None:
    emails = [details.email.lower() for details in wanted if details.email]
    if len(emails) != len(set(emails)):
        raise Refused(EMAIL_TAKEN)
    taken = _Keys(Person, "email", emails)
    if not besides.issuperset(taken.values()):
        raise Refused(EMAIL_TAKEN)


def _records(changes: PeopleChanges, people: _Keys, units: _Keys, added: set[int]) -> Records:
    records = Records()
    records.load(added, are_new=True)
    concerned = {people[n] for n in set(_people_named(changes)) - {""}} - added
    records.load(concerned)
    for job in changes.employed:
        employment = Stretch(job.starts_on, job.ends_on)
        records.employments.put_in_place(people[job.number], employment)
    for place in changes.placed:
        facts = (
            units[place.unit],
            *(place.title, place.job_family, place.grade, place.country, place.location),
        )
        position = Stretch(place.starts_on, place.ends_on, facts)
        records.positions.lay(people[place.number], position)
    for line in changes.reports:
        _lay_line(records, line, people)
    for leave in changes.away:
        _lay_leave(records, leave, people)
    if changes.left:
        records.end({people[left.number]: left.on for left in changes.left})
    return records


def _lay_line(records: Records, line: Reports, people: Mapping[str, int]) -> None:
    lines = records.matrix_lines if line.is_matrix else records.lines
    person_id = people[line.number]
    if line.manager:
        facts = (people[line.manager],)
        lines.lay(person_id, Stretch(line.starts_on, line.ends_on, facts))
    else:
        lines.clear(person_id, line.starts_on, line.ends_on)


def _lay_leave(records: Records, leave: Away, people: Mapping[str, int]) -> None:
    if leave.is_back:
        records.leaves.clear(people[leave.number], leave.starts_on, leave.ends_on)
    else:
        records.leaves.lay(people[leave.number], Stretch(leave.starts_on, leave.ends_on))


def _record(
    applied: Applied, added: set[int], changed: dict[int, list[str]], *, by: Actor, at: datetime
) -> None:
    who = Person(pk=by.person_id, family_name=by.name)
    counts: dict[str, Any] = {"units": applied.units, "added": applied.added}
    record("people.applied", about=who, by=by, at=at, **counts, changed=applied.changed)
    for code, ids in (("person.added", added), ("person.changed", changed.keys() - added)):
        record_each(code, about=_with_facts(ids, changed), by=by, at=at)


def _with_facts(
    ids: Collection[int], changed: Mapping[int, list[str]]
) -> Iterator[tuple[Person, dict[str, object]]]:
    for some in batches(sorted(ids), AT_ONCE):
        people = Person.objects.filter(pk__gte=some[0], pk__lte=some[-1]).order_by("pk")
        wanted = set(some)
        for person in people.only("given_name", "family_name"):
            if person.pk in wanted:
                yield person, {"facts": changed.get(person.pk, [])}
