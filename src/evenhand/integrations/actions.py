"""A file is brought, its columns are told, its plan is made, and it is applied or given up."""

from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from evenhand.audit.actions import record
from evenhand.integrations import uploads
from evenhand.integrations.importing import Source, facts_of, forget_file
from evenhand.integrations.kinds import ImportState
from evenhand.integrations.models import PeopleImport, SavedMapping
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.integrations.people_files.reading import read_table
from evenhand.integrations.performing import IMPORT, PLAN
from evenhand.integrations.policies import (
    may_apply,
    may_be_named,
    may_choose_columns,
    may_discard,
    may_import,
)
from evenhand.integrations.seeing import as_seen, first_look, fitting_names, look_again
from evenhand.jobs.actions import ask_for
from evenhand.jobs.models import Job
from evenhand.kernel.acting import Actor
from evenhand.spreadsheets.tables import Table


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody says about the columns of a file."""

    mapping: Mapping
    answers: Pairs[str, str] = field(default_factory=dict)
    is_complete: bool = False
    mapping_name: str = ""


@transaction.atomic
def bring_file(source: Source, table: Table, *, by: Actor, at: datetime) -> PeopleImport:
    """Keep a file, sealed, and what its columns are taken for. Nobody is changed by that."""
    may_import(by).enforce()
    look = first_look(table, on=by.on)
    saved = next((m for m in SavedMapping.objects.all() if _fits(m, table)), None)
    if saved is not None:
        mapping = Mapping.from_json(saved.mapping).fitted_to(table.header)
        notes = (*table.notes, _("We used the mapping “%(name)s”.") % {"name": saved.name})
        look = replace(look_again(table, mapping, {}, on=by.on), notes=notes)
    brought = PeopleImport.objects.create(
        **facts_of(source, table),
        file=uploads.keep(source.raw),
        seen=as_seen(table, look),
        mapping=look.mapping.as_json(),
        mapping_name=saved.name if saved else "",
        uploaded_at=at,
        uploaded_by_id=by.person_id,
        uploaded_by_name=by.name,
    )
    record("people_file.brought", about=brought, by=by, at=at, digest=brought.digest)
    return brought


@transaction.atomic
def choose_columns(brought: PeopleImport, chosen: Chosen, *, by: Actor) -> bool:
    """Say what the columns say; false while a question is open. An earlier plan is no longer."""
    brought = _locked(brought)
    may_choose_columns(by, brought).enforce()
    table = read_table(uploads.content(brought.file), sheet=brought.sheet)
    look = look_again(table, chosen.mapping.fitted_to(table.header), chosen.answers, on=by.on)
    notes = tuple(brought.seen.get("notes", ()))
    brought.seen = as_seen(table, replace(look, notes=notes))
    brought.mapping = look.mapping.as_json()
    brought.mapping_name = chosen.mapping_name
    brought.is_complete = chosen.is_complete
    brought.state = ImportState.MAPPING
    brought.save()
    return look.is_ready


@transaction.atomic
def ask_for_plan(brought: PeopleImport, url: str, *, by: Actor, at: datetime) -> Job:
    """Compare the file with the people here, as a job that leads back to this page."""
    brought = _locked(brought)
    may_choose_columns(by, brought).enforce()
    title = _("Plan of %(file)s") % {"file": brought}
    arguments = {"import": brought.pk, "url": url}
    brought.job = ask_for(PLAN, title, arguments=arguments, by=by, at=at)
    brought.state = ImportState.PLANNING
    brought.save(update_fields=["job", "state"])
    return brought.job


@transaction.atomic
def ask_for_import(brought: PeopleImport, url: str, *, by: Actor, at: datetime) -> Job:
    """Apply the plan as it was shown, as a job: whole, or not at all."""
    brought = _locked(brought)
    may_apply(by, brought).enforce()
    title = _("Import of %(file)s") % {"file": brought}
    arguments = {"import": brought.pk, "plan": brought.plan_digest, "url": url}
    brought.job = ask_for(IMPORT, title, arguments=arguments, by=by, at=at)
    brought.state = ImportState.APPLYING
    brought.save(update_fields=["job", "state"])
    return brought.job


@transaction.atomic
def discard_import(brought: PeopleImport, *, by: Actor, at: datetime) -> None:
    """Give an import up; its file is deleted."""
    brought = _locked(brought)
    may_discard(by, brought).enforce()
    brought.state = ImportState.DISCARDED
    brought.ended_at, brought.ended_by_name = at, by.name
    forget_file(brought)
    brought.save()
    record("people_file.discarded", about=brought, by=by, at=at, digest=brought.digest)


@transaction.atomic
def save_mapping(name: str, mapping: Mapping, *, by: Actor, at: datetime) -> SavedMapping:
    """Keep a mapping under a name; the same name again takes its place."""
    may_import(by).enforce()
    kept = {"mapping": mapping.as_json(), "changed_at": at, "changed_by_name": by.name}
    saved, _is_new = SavedMapping.objects.update_or_create(name=name, defaults=kept)
    record("mapping.saved", about=saved, by=by, at=at)
    return saved


@transaction.atomic
def rename_mapping(saved: SavedMapping, name: str, *, by: Actor, at: datetime) -> None:
    may_import(by).enforce()
    saved = SavedMapping.objects.select_for_update().get(pk=saved.pk)
    may_be_named(name, besides=saved).enforce()
    old, saved.name = saved.name, name
    saved.save(update_fields=["name"])
    record("mapping.renamed", about=saved, by=by, at=at, old=old)


@transaction.atomic
def remove_mapping(saved: SavedMapping, *, by: Actor, at: datetime) -> None:
    may_import(by).enforce()
    record("mapping.removed", about=saved, by=by, at=at)
    saved.delete()


def _fits(saved: SavedMapping, table: Table) -> bool:
    return fitting_names(table.header, Mapping.from_json(saved.mapping))


def _locked(brought: PeopleImport) -> PeopleImport:
    return PeopleImport.objects.select_for_update().get(pk=brought.pk)
