"""Someone comes, is called differently, is away, goes, and perhaps returns."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from evenhand.audit.actions import record, record_each
from evenhand.kernel.acting import Actor
from evenhand.kernel.locking import one_at_a_time
from evenhand.kernel.periods import FOREVER
from evenhand.people.changes import Beginning, PersonDetails
from evenhand.people.models import Leave, Person
from evenhand.people.policies import (
    may_be_away,
    may_be_called,
    may_be_employed_from,
    may_change_people,
    may_come_back,
    may_leave,
    may_report_to,
    may_work_in,
)
from evenhand.people.records import PEOPLE, Records, position_facts
from evenhand.people.timelines import Stretch
from evenhand.people.weaving import reweave_chains


@transaction.atomic
def add_person(details: PersonDetails, beginning: Beginning, *, by: Actor, at: datetime) -> Person:
    """Someone new, who works here from a day on, perhaps with a position and a manager."""
    may_change_people(by).enforce()
    one_at_a_time(PEOPLE)
    person = Person()
    _call(person, details)
    _begin(person, beginning)
    record("person.added", about=person, by=by, at=at, **_facts(beginning))
    return person


@transaction.atomic
def change_person_details(
    person: Person, details: PersonDetails, *, by: Actor, at: datetime
) -> Person:
    """Call or reach a person differently. The trail keeps which details changed, not what to."""
    may_change_people(by).enforce()
    one_at_a_time(PEOPLE)
    person = Person.objects.select_for_update().get(pk=person.pk)
    changed = _call(person, details)
    if changed:
        record("person.details_changed", about=person, by=by, at=at, changed=changed)
    return person


@transaction.atomic
def end_employment(person: Person, *, on: date, by: Actor, at: datetime) -> None:
    """Someone works here no longer from this day on: positions, lines and leaves end with it.

    Whoever reported to them reports to the next manager above from that day on.
    """
    may_change_people(by).enforce()
    one_at_a_time(PEOPLE)
    may_leave(person, on).enforce()
    records = Records()
    records.end({person.pk: on})
    changed = records.lines.changed()
    records.save()
    reweave_chains(changed | {person.pk})
    record("person.employment_ended", about=person, by=by, at=at, on=on)
    reports = Person.objects.filter(pk__in=changed - {person.pk}).order_by("pk")
    passed_on: dict[str, object] = {"on": on, "because": "manager left"}
    about = ((report, passed_on) for report in reports)
    record_each("person.manager_changed", about=about, by=by, at=at)


@transaction.atomic
def return_person(person: Person, beginning: Beginning, *, by: Actor, at: datetime) -> None:
    """Someone who left works here again: a second employment; the first one stays as it was."""
    may_change_people(by).enforce()
    one_at_a_time(PEOPLE)
    may_be_employed_from(person, beginning.on).enforce()
    _begin(person, beginning)
    record("person.returned", about=person, by=by, at=at, **_facts(beginning))


@transaction.atomic
def start_leave(
    person: Person, *, on: date, by: Actor, at: datetime, until: date = FOREVER
) -> Leave:
    """Someone is away from a day on, until a day if that is known. Why is not asked.

    The trail keeps that a leave was noted and not its days: auditors need not know them.
    """
    may_change_people(by).enforce()
    one_at_a_time(PEOPLE)
    Person.objects.select_for_update().get(pk=person.pk)
    may_be_away(person, on, until).enforce()
    leave = Leave.objects.create(person=person, starts_on=on, ends_on=until)
    record("person.leave_started", about=person, by=by, at=at)
    return leave


@transaction.atomic
def end_leave(leave: Leave, *, on: date, by: Actor, at: datetime) -> None:
    """Someone is back from this day on."""
    may_change_people(by).enforce()
    one_at_a_time(PEOPLE)
    leave = Leave.objects.select_for_update().select_related("person").get(pk=leave.pk)
    may_come_back(leave, on).enforce()
    leave.ends_on = on
    leave.save(update_fields=["ends_on"])
    record("person.leave_ended", about=leave.person, by=by, at=at)


def _call(person: Person, details: PersonDetails) -> list[str]:
    """Give a person these details; says which of them are new."""
    wanted = replace(details, email=details.email.lower())
    may_be_called(wanted, besides=person).enforce()
    columns = ("number", "given_name", "family_name", "email")
    changed = [name for name in columns if getattr(person, name) != getattr(wanted, name)]
    for name in changed:
        setattr(person, name, getattr(wanted, name))
    person.make_searchable()
    person.save()
    return changed


def _begin(person: Person, beginning: Beginning) -> None:
    records = Records()
    records.load([person.pk])
    records.employments.lay(person.pk, Stretch(beginning.on))
    if beginning.position:
        may_work_in(beginning.position.unit, beginning.on).enforce()
        facts = position_facts(beginning.position)
        records.positions.lay(person.pk, Stretch(beginning.on, FOREVER, facts))
    if beginning.manager:
        may_report_to(person, beginning.manager, beginning.on).enforce()
        line = Stretch(beginning.on, FOREVER, (beginning.manager.pk,))
        records.lines.lay(person.pk, line)
    records.save()
    reweave_chains([person.pk])


def _facts(beginning: Beginning) -> dict[str, object]:
    return {
        "on": beginning.on,
        "unit": beginning.position.unit.code if beginning.position else None,
        "manager": beginning.manager.number if beginning.manager else None,
    }
