"""The jobs of an import: making its plan, and applying it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from evenhand.access.queries import actor_of
from evenhand.integrations import uploads
from evenhand.integrations.drafting import Plan, fact_names
from evenhand.integrations.importing import apply_import, undisturbed
from evenhand.integrations.kinds import ImportState
from evenhand.integrations.models import PeopleImport, PlannedChange, PlannedProblem
from evenhand.integrations.people_files.mapping import Mapping
from evenhand.integrations.people_files.reading import read_table
from evenhand.integrations.planning import plan_import
from evenhand.integrations.policies import CHANGED_SINCE, may_import
from evenhand.jobs.performing import Running
from evenhand.kernel.acting import Actor
from evenhand.kernel.bulk import insert_rows
from evenhand.kernel.verdict import Refused
from evenhand.spreadsheets.tables import Table

PLAN, IMPORT = "people.plan", "people.import"
STEPS = 3


def perform_plan(running: Running) -> None:
    """Read the file, compare it with everybody, and keep what it would change."""
    brought, by = _begun(running)
    if brought.state != ImportState.PLANNING:
        return
    table = _table(running, brought)
    running.advance(1, STEPS, _("Comparing with the people here"))
    with undisturbed():
        plan = _plan(brought, table, by)
        running.advance(2, STEPS, _("Writing the plan"))
        keep_plan(brought, plan)
    running.advance(STEPS, STEPS)
    running.finish({"url": running.arguments["url"]})


def perform_import(running: Running) -> None:
    """Apply the plan that was shown. When people have changed since, there is a new one to see."""
    brought, by = _begun(running)
    if brought.state == ImportState.APPLYING:
        table = _table(running, brought)
        running.advance(1, STEPS, _("Applying the plan"))
        _apply(brought, table, running.arguments["plan"], by=by, at=running.clock())
    running.advance(STEPS, STEPS)
    running.finish({"url": running.arguments["url"]})


@transaction.atomic
def keep_plan(brought: PeopleImport, plan: Plan) -> None:
    """Keep what there is to see of a plan, in the place of an earlier one."""
    brought.changes.all().delete()
    brought.problems.all().delete()
    insert_rows(
        PlannedChange,
        ("people_import", "kind", "row", "number", "name", "fact_names", "facts"),
        (
            (brought.pk, str(c.kind), c.row, c.number, c.name, fact_names(c.facts), c.facts)
            for c in plan.shown
        ),
    )
    insert_rows(
        PlannedProblem,
        ("people_import", "row", "column", "value", "code", "message", "severity"),
        (
            (brought.pk, p.row or 0, p.column, p.value, p.code, p.message, str(p.severity))
            for p in plan.problems
        ),
    )
    brought.state, brought.planned_on = ImportState.PLANNED, plan.on
    brought.counts, brought.plan_digest = plan.counts(), plan.digest()
    brought.save(update_fields=["state", "planned_on", "counts", "plan_digest"])


def _begun(running: Running) -> tuple[PeopleImport, Actor]:
    asked_by = running.asked_by
    by = actor_of(asked_by.person_id, asked_by.name, on=running.clock().date())
    may_import(by).enforce()
    return PeopleImport.objects.get(pk=running.arguments["import"]), by


def _table(running: Running, brought: PeopleImport) -> Table:
    running.advance(0, STEPS, _("Reading the file"))
    return read_table(uploads.content(brought.file), sheet=brought.sheet)


def _apply(brought: PeopleImport, table: Table, shown: str, *, by: Actor, at: datetime) -> None:
    try:
        apply_import(brought, table, shown, by=by, at=at)
    except Refused as refusal:
        if refusal.verdict is CHANGED_SINCE:
            keep_plan(brought, _plan(brought, table, by))
        raise


def _plan(brought: PeopleImport, table: Table, by: Actor) -> Plan:
    mapping = Mapping.from_json(brought.mapping)
    return plan_import(table, mapping, on=by.on, is_complete=brought.is_complete)
