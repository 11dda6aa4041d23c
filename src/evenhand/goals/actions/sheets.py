"""Sheets of goals: brought, looked at, taken over as a whole or not at all."""

from datetime import datetime
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.goals.actions.beginning import begin_goal
from evenhand.goals.keeping import lock_people_with_goals
from evenhand.goals.models import GoalSheet
from evenhand.goals.sheet_reading import SheetPlan, plan_sheet
from evenhand.goals.sheets import SheetRows
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import Ground, Refused, Verdict

LONGEST_NAME = 200

NOT_YOUR_SHEET = Verdict(
    "not_your_sheet", _("Only who brought this sheet can go on with it. Bring your own.")
)
SHEET_HAS_PROBLEMS = Verdict(
    "sheet_has_problems",
    _("Something in the sheet has to be put right first. Nothing was kept."),
    Ground.WHAT,
)
NOT_READY_TO_PROPOSE = Verdict(
    "not_ready_to_propose",
    _("Not every goal can be proposed yet. Keep them as drafts, or complete the sheet."),
    Ground.WHAT,
)
SHEET_TAKEN_OVER = Verdict(
    "sheet_taken_over", _("This sheet was taken over already. Bring another one."), Ground.WHEN
)


@transaction.atomic
def bring_sheet(name: str, rows: SheetRows, *, by: Actor, at: datetime) -> GoalSheet:
    """Keep a filled sheet, sealed, to be looked at. No goal is made yet."""
    sheet = GoalSheet.objects.create(
        name=PurePath(name).name[:LONGEST_NAME] or "goals",
        rows=rows.as_text(),
        by_id=by.person_id,
        at=at,
    )
    record("goal_sheet.brought", about=sheet, by=by, at=at, rows=len(rows.rows))
    return sheet


@transaction.atomic
def take_over_sheet(sheet: GoalSheet, *, sentence: str = "", by: Actor, at: datetime) -> GoalSheet:
    """Make all goals of a sheet, or none: drafts, or proposals where a sentence comes along."""
    sheet = _locked(sheet, by)
    plan = plan_of(sheet, by)
    if not plan.may_be_taken:
        raise Refused(SHEET_HAS_PROBLEMS)
    if sentence.strip() and not plan.may_be_proposed:
        raise Refused(NOT_READY_TO_PROPOSE)
    lock_people_with_goals([planned.draft.owner_id for planned in plan.goals])
    sheet.goals = [begin_goal(one.draft, sentence, by=by, at=at).pk for one in plan.goals]
    # Words are kept with the goals from now on.
    sheet.rows, sheet.taken_at = "", at
    sheet.save(update_fields=["goals", "rows", "taken_at"])
    counts = {"goals": len(sheet.goals), "proposed": bool(sentence.strip())}
    record("goal_sheet.taken_over", about=sheet, by=by, at=at, **counts)
    return sheet


@transaction.atomic
def discard_sheet(sheet: GoalSheet, *, by: Actor, at: datetime) -> None:
    """Put a sheet away that was not taken over."""
    sheet = _locked(sheet, by)
    record("goal_sheet.discarded", about=sheet, by=by, at=at)
    sheet.delete()


def plan_of(sheet: GoalSheet, actor: Actor) -> SheetPlan:
    """What taking a sheet over would do today."""
    return plan_sheet(actor, SheetRows.from_text(sheet.rows)) if sheet.rows else SheetPlan()


def _locked(sheet: GoalSheet, by: Actor) -> GoalSheet:
    sheet = GoalSheet.objects.select_for_update().get(pk=sheet.pk)
    if sheet.by_id != by.person_id:
        raise Refused(NOT_YOUR_SHEET)
    if sheet.taken_at is not None:
        raise Refused(SHEET_TAKEN_OVER)
    return sheet
