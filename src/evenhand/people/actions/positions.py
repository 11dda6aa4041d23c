"""Who does what where, and who reports to whom: a change begins on a day, the past stays."""

from datetime import date, datetime

from django.db import transaction

from evenhand.audit.actions import record
from evenhand.kernel.acting import Actor
from evenhand.kernel.locking import one_at_a_time
from evenhand.kernel.verdict import Refused
from evenhand.people.changes import PositionDetails
from evenhand.people.models import Person
from evenhand.people.policies import (
    LATER_CHANGE,
    NOT_EMPLOYED,
    NOTHING_NEW,
    may_change_people,
    may_lead,
    may_report_to,
    may_work_in,
)
from evenhand.people.records import PEOPLE, POSITION_FACTS, Records, position_facts
from evenhand.people.timelines import Facts, Stretch, Timelines
from evenhand.people.weaving import reweave_chains


@transaction.atomic
def change_manager(
    person: Person, manager: Person | None, *, on: date, by: Actor, at: datetime
) -> None:
    """From this day on a person reports to somebody else, or to nobody; the old line stays.

    A change on the very day on which the present line began puts that line right.
    """
    may_change_people(by).enforce()
    one_at_a_time(PEOPLE)
    if manager:
        may_report_to(person, manager, on).enforce()
    records = _records(person, manager)
    facts = _change_line(records, records.lines, person, manager, on=on)
    reweave_chains([person.pk])
    record("person.manager_changed", about=person, by=by, at=at, **facts)


@transaction.atomic
def change_matrix_manager(
    person: Person, manager: Person | None, *, on: date, by: Actor, at: datetime
) -> None:
    """From this day on somebody else, or nobody, leads part of a person's work besides."""
    may_change_people(by).enforce()
    one_at_a_time(PEOPLE)
    if manager:
        may_lead(person, manager, on).enforce()
    records = _records(person, manager)
    facts = _change_line(records, records.matrix_lines, person, manager, on=on)
    record("person.matrix_manager_changed", about=person, by=by, at=at, **facts)


@transaction.atomic
def change_position(
    person: Person, position: PositionDetails, *, on: date, by: Actor, at: datetime
) -> None:
    """From this day on a person does something else, or elsewhere; the old position stays."""
    may_change_people(by).enforce()
    one_at_a_time(PEOPLE)
    may_work_in(position.unit, on).enforce()
    records = _records(person)
    new = position_facts(position)
    old = _lay(records, records.positions, person, new, on=on)
    records.save()
    pairs = zip(POSITION_FACTS, old or (None,) * len(new), new, strict=True)
    changed = {name: [before, after] for name, before, after in pairs if before != after}
    record("person.position_changed", about=person, by=by, at=at, on=on, changed=changed)


def _records(person: Person, manager: Person | None = None) -> Records:
    records = Records()
    records.load([person.pk] if manager is None else [person.pk, manager.pk])
    return records


def _change_line(
    records: Records, lines: Timelines, person: Person, manager: Person | None, *, on: date
) -> dict[str, object]:
    old = _lay(records, lines, person, (manager.pk,) if manager else (), on=on)
    if manager:
        employment = records.employments.at(manager.pk, on)
        lines.clear(person.pk, employment.ends_on if employment else on)
    records.save()
    return {"on": on, "old": old[0] if old else None, "new": manager.pk if manager else None}


def _lay(records: Records, timelines: Timelines, person: Person, new: Facts, *, on: date) -> Facts:
    """Let a fact (or, without one, nothing) hold from a day on; says what held before."""
    employment = records.employments.at(person.pk, on)
    if employment is None:
        raise Refused(NOT_EMPLOYED)
    if any(stretch.starts_on > on for stretch in timelines.by_person[person.pk]):
        raise Refused(LATER_CHANGE)
    current = timelines.at(person.pk, on)
    old = current.facts if current else ()
    if old == new:
        raise Refused(NOTHING_NEW)
    timelines.clear(person.pk, on)
    if new:
        timelines.lay(person.pk, Stretch(on, employment.ends_on, new))
    return old
