"""Units come, get another name, move and go."""

from datetime import date, datetime

from django.db import transaction

from evenhand.audit.actions import record
from evenhand.kernel.acting import Actor
from evenhand.kernel.locking import one_at_a_time
from evenhand.kernel.periods import FOREVER
from evenhand.people.changes import UnitDetails
from evenhand.people.models import Unit, UnitPlacement
from evenhand.people.policies import (
    may_be_coded,
    may_change_people,
    may_close,
    may_move,
    may_work_in,
)
from evenhand.people.records import PEOPLE
from evenhand.people.weaving import reweave_units


@transaction.atomic
def create_unit(details: UnitDetails, *, on: date, by: Actor, at: datetime) -> Unit:
    """A new part of the organization, from a day on, in another one or at the top."""
    may_change_people(by).enforce()
    one_at_a_time(PEOPLE)
    may_be_coded(details.code).enforce()
    unit = Unit.objects.create(code=details.code, name=details.name, starts_on=on)
    if details.parent:
        may_work_in(details.parent, on).enforce()
        UnitPlacement.objects.create(unit=unit, parent=details.parent, starts_on=on)
    reweave_units()
    parent = details.parent.code if details.parent else None
    record("unit.created", about=unit, by=by, at=at, on=on, parent=parent)
    return unit


@transaction.atomic
def rename_unit(unit: Unit, name: str, *, by: Actor, at: datetime) -> None:
    """Call a unit differently; its code stays."""
    may_change_people(by).enforce()
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    old, unit.name = unit.name, name
    unit.save(update_fields=["name"])
    record("unit.renamed", about=unit, by=by, at=at, old=old, new=name)


@transaction.atomic
def move_unit(unit: Unit, parent: Unit | None, *, on: date, by: Actor, at: datetime) -> None:
    """From a day on, today at the latest, a unit and all in it stand elsewhere, or at the top."""
    may_change_people(by).enforce()
    one_at_a_time(PEOPLE)
    may_move(unit, parent, on=on, today=by.on).enforce()
    placements = UnitPlacement.objects.filter(unit=unit)
    old = placements.filter(ends_on__gt=on).select_related("parent").first()
    placements.filter(starts_on=on).delete()
    placements.filter(ends_on__gt=on).update(ends_on=on)
    if parent:
        placements.create(unit=unit, parent=parent, starts_on=on)
    reweave_units()
    facts = {"old": old.parent.code if old else None, "new": parent.code if parent else None}
    record("unit.moved", about=unit, by=by, at=at, on=on, **facts)


@transaction.atomic
def close_unit(unit: Unit, *, on: date, by: Actor, at: datetime) -> None:
    """From this day on the unit exists no longer. What happened in it stays where it stood."""
    may_change_people(by).enforce()
    one_at_a_time(PEOPLE)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    may_close(unit, on).enforce()
    unit.ends_on = on
    unit.save(update_fields=["ends_on"])
    UnitPlacement.objects.filter(unit=unit, ends_on=FOREVER).update(ends_on=on)
    record("unit.closed", about=unit, by=by, at=at, on=on)
