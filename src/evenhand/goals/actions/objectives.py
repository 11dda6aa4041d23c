"""Strategic objectives: written, changed with a reason, withdrawn and brought back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.goals.models import ObjectiveVersion, StrategicObjective
from evenhand.goals.strategy import (
    may_bring_back_objective,
    may_change_objective,
    may_keep_objectives,
)
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import Ground, Verdict
from evenhand.people.models import Employment, Person, Unit

NO_DAYS = Verdict(
    "objective_without_days", _("An objective ends after the day on which it starts."), Ground.WHAT
)
NO_TITLE = Verdict("title_missing", _("Say in a few words what is to be reached."), Ground.WHAT)
NO_REASON = Verdict("reason_missing", _("Please say why, in a few words."), Ground.WHAT)
OWNER_IS_NOT_HERE = Verdict(
    "owner_not_here",
    _("The owner of an objective works here. Choose somebody who does."),
    Ground.WHAT,
)
CHANGED_MEANWHILE = Verdict(
    "changed_meanwhile",
    _("Somebody has changed this objective in the meantime. Look at it again, then change it."),
    Ground.WHEN,
)


@dataclass(frozen=True, slots=True)
class ObjectivePlan:
    """What is to be reached, by whom it is kept alive, and from which day until which."""

    title: str
    owner: Person
    starts_on: date
    ends_on: date
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class ObjectiveChange:
    """A new plan and the reason; `seen` is the number of the version it was made from."""

    plan: ObjectivePlan
    reason: str
    seen: int | None = None


@transaction.atomic
def write_objective(
    plan: ObjectivePlan, unit: Unit | None, *, by: Actor, at: datetime
) -> StrategicObjective:
    """Set an objective for the organization, or for one unit of it."""
    may_keep_objectives(by, unit).enforce()
    _check(plan, by)
    objective = StrategicObjective(unit=unit)
    _take(objective, plan)
    _keep_version(objective, by, at)
    record("objective.written", about=objective, by=by, at=at, unit=unit.pk if unit else None)
    return objective


@transaction.atomic
def change_objective(
    objective: StrategicObjective, change: ObjectiveChange, *, by: Actor, at: datetime
) -> StrategicObjective:
    """Change what an objective says, whose it is or when it holds; the former version is kept.

    A change to what stands already is no change.
    """
    objective = _locked(objective)
    may_change_objective(by, objective).enforce()
    _check(change.plan, by, present=objective.owner)
    _check_reason(change.reason)
    if _plan_of(objective) == change.plan:
        return objective
    if change.seen is not None and change.seen != _number_of(objective):
        CHANGED_MEANWHILE.enforce()
    _take(objective, change.plan)
    number = _keep_version(objective, by, at, change.reason.strip())
    record("objective.changed", about=objective, by=by, at=at, version=number)
    return objective


@transaction.atomic
def withdraw_objective(
    objective: StrategicObjective, reason: str, *, by: Actor, at: datetime
) -> StrategicObjective:
    """Give an objective up. Goals that lead to it stay, and are shown as leading nowhere."""
    objective = _locked(objective)
    may_change_objective(by, objective).enforce()
    return _turn(objective, at, reason, by, at)


@transaction.atomic
def bring_back_objective(
    objective: StrategicObjective, reason: str, *, by: Actor, at: datetime
) -> StrategicObjective:
    """Let a withdrawn objective hold again, with the goals that still lead to it."""
    objective = _locked(objective)
    may_bring_back_objective(by, objective).enforce()
    return _turn(objective, None, reason, by, at)


def _turn(
    objective: StrategicObjective,
    withdrawn_at: datetime | None,
    reason: str,
    by: Actor,
    at: datetime,
) -> StrategicObjective:
    _check_reason(reason)
    objective.withdrawn_at = withdrawn_at
    objective.save(update_fields=["withdrawn_at"])
    number = _keep_version(objective, by, at, reason.strip())
    code = "objective.withdrawn" if withdrawn_at else "objective.brought_back"
    record(code, about=objective, by=by, at=at, version=number)
    return objective


def _locked(objective: StrategicObjective) -> StrategicObjective:
    rows = StrategicObjective.objects.select_for_update(of=("self",))
    return rows.select_related("unit", "owner").get(pk=objective.pk)


def _check(plan: ObjectivePlan, by: Actor, present: Person | None = None) -> None:
    if not plan.title.strip():
        NO_TITLE.enforce()
    if plan.ends_on <= plan.starts_on:
        NO_DAYS.enforce()
    # Whoever owned it and left may still stand there while something else is changed.
    if plan.owner != present:
        works_here = Employment.objects.on(by.on).filter(person=plan.owner).exists()
        if not works_here:
            OWNER_IS_NOT_HERE.enforce()


def _check_reason(reason: str) -> None:
    if not reason.strip():
        NO_REASON.enforce()


def _plan_of(objective: StrategicObjective) -> ObjectivePlan:
    return ObjectivePlan(
        title=objective.title,
        owner=objective.owner,
        starts_on=objective.starts_on,
        ends_on=objective.ends_on,
        purpose=objective.purpose,
    )


def _take(objective: StrategicObjective, plan: ObjectivePlan) -> None:
    objective.title, objective.purpose = plan.title.strip(), plan.purpose.strip()
    objective.owner = plan.owner
    objective.starts_on, objective.ends_on = plan.starts_on, plan.ends_on
    objective.save()


def _number_of(objective: StrategicObjective) -> int:
    last = objective.versions.order_by("-number").values_list("number", flat=True).first()
    return last or 0


def _keep_version(objective: StrategicObjective, by: Actor, at: datetime, reason: str = "") -> int:
    number = _number_of(objective) + 1
    ObjectiveVersion.objects.create(
        objective=objective,
        number=number,
        title=objective.title,
        purpose=objective.purpose,
        owner=objective.owner,
        starts_on=objective.starts_on,
        ends_on=objective.ends_on,
        is_withdrawn=objective.withdrawn_at is not None,
        author_id=by.person_id,
        written_at=at,
        reason=reason,
    )
    return number
