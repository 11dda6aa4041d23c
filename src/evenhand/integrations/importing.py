"""A plan carried out: people and their protected facts in one transaction, or nothing at all."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from evenhand.audit.actions import record
from evenhand.demographics.actions import keep_protected_facts
from evenhand.integrations import uploads
from evenhand.integrations.drafting import Plan
from evenhand.integrations.kinds import ImportState
from evenhand.integrations.models import PeopleImport
from evenhand.integrations.people_files.mapping import Mapping as ColumnMapping
from evenhand.integrations.planning import plan_import
from evenhand.integrations.policies import CHANGED_SINCE, HAS_ERRORS, may_import
from evenhand.kernel.acting import Actor
from evenhand.kernel.locking import one_at_a_time
from evenhand.kernel.verdict import Refused
from evenhand.people.applying import apply_people
from evenhand.people.columns import PROTECTED, Field
from evenhand.people.models import Person
from evenhand.people.records import PEOPLE
from evenhand.spreadsheets.tables import Table


@dataclass(frozen=True, slots=True)
class Source:
    """A file as somebody brought it. It can hold protected facts, so it is never printed."""

    name: str
    raw: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        return sha256(self.raw).hexdigest()


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is to be read, and whether whoever is not in it has left."""

    mapping: ColumnMapping
    is_complete: bool = False
    mapping_name: str = ""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without looking for garbage: of millions of small things made at once, none is any yet."""
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()


@undisturbed()
@transaction.atomic
def import_file(source: Source, table: Table, wish: Wish, *, by: Actor, at: datetime) -> Plan:
    """Compare a file and apply it at once. A plan with errors comes back and changes nothing."""
    may_import(by).enforce()
    one_at_a_time(PEOPLE)
    plan = plan_import(table, wish.mapping, on=by.on, is_complete=wish.is_complete)
    if plan.is_clean:
        brought = PeopleImport(
            **facts_of(source, table),
            mapping=wish.mapping.as_json(),
            mapping_name=wish.mapping_name,
            is_complete=wish.is_complete,
            uploaded_at=at,
            uploaded_by_id=by.person_id,
            uploaded_by_name=by.name,
            planned_on=plan.on,
        )
        brought.save()
        _carry_out(brought, plan, by=by, at=at)
    return plan


@undisturbed()
@transaction.atomic
def apply_import(
    brought: PeopleImport, table: Table, shown: str, *, by: Actor, at: datetime
) -> Plan:
    """Apply a plan that somebody has seen, if it would still do the very same."""
    one_at_a_time(PEOPLE)
    brought = PeopleImport.objects.select_for_update().get(pk=brought.pk)
    mapping = ColumnMapping.from_json(brought.mapping)
    on = brought.planned_on or by.on
    plan = plan_import(table, mapping, on=on, is_complete=brought.is_complete)
    if plan.digest() != shown:
        raise Refused(CHANGED_SINCE)
    if not plan.is_clean:
        raise Refused(HAS_ERRORS)
    _carry_out(brought, plan, by=by, at=at)
    return plan


def facts_of(source: Source, table: Table) -> dict[str, str | int]:
    """What is kept of a file for good."""
    return {
        "name": source.name[-200:],
        "size": len(source.raw),
        "digest": source.digest,
        "sheet": table.sheet[:100],
        "rows": len(table.rows),
    }


def forget_file(brought: PeopleImport) -> None:
    """Keep nothing of the file: not its content, its plan or its problems."""
    file, brought.file = brought.file, ""
    brought.changes.all().delete()
    brought.problems.all().delete()
    brought.seen = {}
    transaction.on_commit(lambda: uploads.remove(file))


def _carry_out(brought: PeopleImport, plan: Plan, *, by: Actor, at: datetime) -> None:
    may_import(by).enforce()
    if plan.has_changes:
        apply_people(plan.changes, by=by, at=at)
    if plan.records.protected:
        keep_protected_facts(_protected(plan), by=by, at=at)
    brought.counts = plan.counts()
    brought.state = ImportState.APPLIED
    brought.ended_at, brought.ended_by_name = at, by.name
    forget_file(brought)
    brought.save()
    kept = {"rows": brought.rows, "digest": brought.digest, "complete": brought.is_complete}
    record("people.imported", about=brought, by=by, at=at, **brought.counts, **kept)


def _protected(plan: Plan) -> Iterator[tuple[int, Mapping[str, str | date | None]]]:
    """What the file says of it, by the key of the person. An empty cell takes a fact away."""
    said = sorted(PROTECTED & plan.records.said, key=list(Field).index)
    people = dict(Person.objects.order_by().values_list("number", "pk"))
    for facts in plan.records.protected:
        yield people[facts.number], {str(name): getattr(facts, name) or "" for name in said}
