"""Bringing a filled-in workbook into the library: seen first, then applied whole or not at all."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.competencies.actions import write_competency, write_next_version
from evenhand.competencies.modelling import write_model, write_next_model_version
from evenhand.competencies.models import Competency, CompetencyModel, LibraryImport
from evenhand.competencies.planning import Plan, plan_of
from evenhand.competencies.policies import may_write_library
from evenhand.competencies.workbook_rows import Rows
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import Ground, Refused, Verdict

NOT_APPLICABLE = Verdict(
    "not_applicable",
    _("This file cannot be applied as it is. Correct what is named, and bring it again."),
    Ground.WHAT,
)
APPLIED = Verdict("applied", _("This file has been applied already."), Ground.WHEN)


def visible_imports(actor: Actor) -> QuerySet[LibraryImport]:
    """Who writes the library sees the files that were brought for it."""
    if not may_write_library(actor):
        return LibraryImport.objects.none()
    return LibraryImport.objects.select_related("brought_by")


@transaction.atomic
def bring_library_file(name: str, rows: Rows, *, by: Actor, at: datetime) -> LibraryImport:
    """Keep the rows of a workbook, to be looked at before anything changes."""
    may_write_library(by).enforce()
    return LibraryImport.objects.create(
        file_name=name[:200], rows=rows, brought_by_id=by.person_id, brought_at=at
    )


@transaction.atomic
def apply_library_import(brought: LibraryImport, *, by: Actor, at: datetime) -> Plan | None:
    """Write what the file says as new versions in writing; a person publishes them.

    Applied a second time it does nothing and answers with None.
    """
    may_write_library(by).enforce()
    brought = LibraryImport.objects.select_for_update().get(pk=brought.pk)
    if brought.applied_at is not None:
        return None
    plan = plan_of(brought.rows)
    if not plan.can_be_applied:
        raise Refused(NOT_APPLICABLE)
    _write(plan, by, at)
    brought.applied_at, brought.rows = at, {}
    brought.save(update_fields=["applied_at", "rows"])
    competencies = len(plan.new_competencies) + len(plan.changed_competencies)
    models = len(plan.new_models) + len(plan.changed_models)
    counts = {"competencies": competencies, "models": models}
    record("competency_library.imported", about=brought, by=by, at=at, **counts)
    return plan


@transaction.atomic
def discard_library_import(brought: LibraryImport, *, by: Actor, at: datetime) -> None:
    """Throw a file away that was not applied."""
    may_write_library(by).enforce()
    brought = LibraryImport.objects.select_for_update().get(pk=brought.pk)
    if brought.applied_at is not None:
        raise Refused(APPLIED)
    record("competency_library.discarded", about=brought, by=by, at=at)
    brought.delete()


def _write(plan: Plan, by: Actor, at: datetime) -> None:
    for code, part in plan.new_competencies.items():
        write_competency(part, code=code, by=by, at=at)
    known = {row.code: row for row in Competency.objects.filter(code__in=plan.changed_competencies)}
    for code, part in plan.changed_competencies.items():
        write_next_version(known[code], part=part, by=by, at=at)
    for code, model in plan.new_models.items():
        write_model(model, code=code, by=by, at=at)
    models = {row.code: row for row in CompetencyModel.objects.filter(code__in=plan.changed_models)}
    for code, model in plan.changed_models.items():
        write_next_model_version(models[code], part=model, by=by, at=at)
