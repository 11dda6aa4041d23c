from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.cycles.kinds import CYCLE_TRANSITIONS, CycleState, GoalsNeeded, StageKind
from evenhand.cycles.models import (
    ChosenReviewer,
    Cycle,
    Participation,
    Selection,
    Stage,
    TemplateVersion,
)
from evenhand.cycles.policies import (
    may_bring_back,
    may_change_cycle,
    may_close,
    may_decide_about,
    may_extend,
    may_prepare_cycles,
    may_reopen_cycle,
    may_withdraw,
)
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.people.models import Person, Unit

DUE_BEFORE_OPEN = Verdict(
    "due_before_open", _("A stage cannot be due before it opens."), Ground.WHAT
)
REASON_MISSING = Verdict("reason_missing", _("Please say why, in a few words."), Ground.WHAT)
OWN_REVIEWER = Verdict(
    "own_reviewer", _("Nobody writes the manager review about themself."), Ground.WHAT
)

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class CyclePlan:
    """What a cycle is before launch: its period, its questions, and whom it asks."""

    name: str
    version: TemplateVersion
    period_starts_on: date
    period_ends_on: date
    countries: tuple[str, ...] = ()
    hired_before: date | None = None
    goals_needed: str = GoalsNeeded.NOTHING_WAITS


@transaction.atomic
def create_cycle(
    plan: CyclePlan, stages: Mapping[StageKind, Days], *, by: Actor, at: datetime
) -> Cycle:
    """Begin to prepare a cycle, with all its stages."""
    may_prepare_cycles(by).enforce()
    cycle = Cycle(state=CycleState.DRAFT)
    _take(cycle, plan)
    for kind in StageKind:
        opens_on, due_on = stages[kind]
        _check_days(opens_on, due_on)
        Stage.objects.create(cycle=cycle, kind=kind, opens_on=opens_on, due_on=due_on)
    record("cycle.created", about=cycle, by=by, at=at, version=str(plan.version))
    return cycle


@transaction.atomic
def change_cycle(cycle: Cycle, plan: CyclePlan, *, by: Actor, at: datetime) -> Cycle:
    """Change what is asked, and whom, before launch."""
    cycle = _locked(cycle)
    may_change_cycle(by, cycle).enforce()
    _take(cycle, plan)
    record("cycle.changed", about=cycle, by=by, at=at, version=str(plan.version))
    return cycle


@transaction.atomic
def add_unit(cycle: Cycle, unit: Unit, *, by: Actor, at: datetime) -> None:
    """Ask only those in this unit and below, and in the others that were added."""
    cycle = _locked(cycle)
    may_change_cycle(by, cycle).enforce()
    cycle.units.add(unit)
    record("cycle.unit_added", about=cycle, by=by, at=at, unit=unit.pk)


@transaction.atomic
def remove_unit(cycle: Cycle, unit: Unit, *, by: Actor, at: datetime) -> None:
    """Ask a unit no longer; without any, everybody is asked."""
    cycle = _locked(cycle)
    may_change_cycle(by, cycle).enforce()
    cycle.units.remove(unit)
    record("cycle.unit_removed", about=cycle, by=by, at=at, unit=unit.pk)


@transaction.atomic
def discard_cycle(cycle: Cycle, *, by: Actor, at: datetime) -> None:
    """Throw away a cycle that was never launched."""
    cycle = _locked(cycle)
    may_change_cycle(by, cycle).enforce()
    record("cycle.discarded", about=cycle, by=by, at=at)
    cycle.delete()


@transaction.atomic
def set_stage_dates(
    stage: Stage, *, opens_on: date, due_on: date, by: Actor, at: datetime
) -> Stage:
    """Move the days of a stage, also when they have passed."""
    cycle = _locked(stage.cycle)
    may_extend(by, cycle).enforce()
    _check_days(opens_on, due_on)
    stage = Stage.objects.select_for_update().get(pk=stage.pk)
    if (stage.opens_on, stage.due_on) != (opens_on, due_on):
        _move(stage, (opens_on, due_on), by, at)
    return stage


@transaction.atomic
def extend_cycle(cycle: Cycle, *, days: int, by: Actor, at: datetime) -> list[Stage]:
    """Move every day that is still to come by so many days."""
    cycle = _locked(cycle)
    may_extend(by, cycle).enforce()
    later = timedelta(days=days)
    moved = [stage for stage in cycle.stages.all() if stage.due_on >= by.on]
    for stage in moved:
        opens_on = stage.opens_on if stage.has_opened(by.on) else stage.opens_on + later
        _move(stage, (opens_on, stage.due_on + later), by, at)
    return moved


@transaction.atomic
def include_person(
    cycle: Cycle, person: Person, *, reason: str, by: Actor, at: datetime
) -> Selection:
    """Take somebody into a cycle by name, whatever its rules say."""
    cycle = _locked(cycle)
    may_change_cycle(by, cycle).enforce()
    may_decide_about(by, person.pk).enforce()
    _check_reason(reason)
    record("cycle.person_included", about=cycle, by=by, at=at, person=person.pk)
    return _select(cycle, person, is_in=True, reason=reason)


@transaction.atomic
def leave_out_person(
    cycle: Cycle, person: Person, *, reason: str, by: Actor, at: datetime
) -> Selection:
    """Leave somebody out of a cycle by name."""
    cycle = _locked(cycle)
    may_change_cycle(by, cycle).enforce()
    may_decide_about(by, person.pk).enforce()
    _check_reason(reason)
    record("cycle.person_left_out", about=cycle, by=by, at=at, person=person.pk)
    return _select(cycle, person, is_in=False, reason=reason)


@transaction.atomic
def drop_selection(selection: Selection, *, by: Actor, at: datetime) -> None:
    """Let the rules decide about somebody again."""
    cycle = _locked(selection.cycle)
    may_change_cycle(by, cycle).enforce()
    record("cycle.selection_dropped", about=cycle, by=by, at=at, person=selection.person_id)
    selection.delete()


@transaction.atomic
def choose_reviewer(
    cycle: Cycle, person: Person, reviewer: Person | None, *, by: Actor, at: datetime
) -> None:
    """Say before launch who reviews somebody in place of the manager; None takes it back."""
    cycle = _locked(cycle)
    may_change_cycle(by, cycle).enforce()
    may_decide_about(by, person.pk).enforce()
    if reviewer == person:
        raise Refused(OWN_REVIEWER)
    ChosenReviewer.objects.filter(cycle=cycle, person=person).delete()
    if reviewer is not None:
        ChosenReviewer.objects.create(cycle=cycle, person=person, reviewer=reviewer)
    details = {"person": person.pk, "reviewer": reviewer.pk if reviewer else None}
    record("cycle.reviewer_chosen", about=cycle, by=by, at=at, **details)


@transaction.atomic
def withdraw_person(
    participation: Participation, *, reason: str, by: Actor, at: datetime
) -> Participation:
    """Take somebody out of a running cycle. What was written is kept, and changes no more."""
    participation = _locked_participation(participation)
    may_withdraw(by, participation).enforce()
    _check_reason(reason)
    participation.withdrawn_at, participation.withdrawn_because = at, reason
    participation.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record("participation.withdrawn", about=participation, by=by, at=at)
    return participation


@transaction.atomic
def bring_back_person(participation: Participation, *, by: Actor, at: datetime) -> Participation:
    """Let somebody who was taken out take part again, from where they were."""
    participation = _locked_participation(participation)
    may_bring_back(by, participation).enforce()
    participation.withdrawn_at, participation.withdrawn_because = None, ""
    participation.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record("participation.brought_back", about=participation, by=by, at=at)
    return participation


@transaction.atomic
def close_cycle(cycle: Cycle, *, by: Actor, at: datetime) -> Cycle:
    """End a cycle. What is unfinished stays as it is, and can be read."""
    cycle = _locked(cycle)
    may_close(by, cycle).enforce()
    cycle.closed_at = at
    go_on_to(cycle, CycleState.CLOSED, "closed_at")
    record("cycle.closed", about=cycle, by=by, at=at)
    return cycle


@transaction.atomic
def reopen_cycle(cycle: Cycle, *, reason: str, by: Actor, at: datetime) -> Cycle:
    """Let a closed cycle run again."""
    cycle = _locked(cycle)
    may_reopen_cycle(by, cycle).enforce()
    _check_reason(reason)
    cycle.closed_at = None
    go_on_to(cycle, CycleState.OPEN, "closed_at")
    record("cycle.reopened", about=cycle, by=by, at=at, reason=reason)
    return cycle


def go_on_to(cycle: Cycle, state: CycleState, *also: str) -> None:
    """Bring a locked cycle to its next state."""
    if state not in CYCLE_TRANSITIONS[CycleState(cycle.state)]:
        message = f"A cycle does not go from {cycle.state} to {state}."
        raise ValueError(message)
    cycle.state = state
    cycle.save(update_fields=["state", *also])


def _take(cycle: Cycle, plan: CyclePlan) -> None:
    cycle.name, cycle.version = plan.name, plan.version
    cycle.period_starts_on, cycle.period_ends_on = plan.period_starts_on, plan.period_ends_on
    cycle.countries, cycle.hired_before = sorted(plan.countries), plan.hired_before
    cycle.goals_needed = plan.goals_needed
    cycle.save()


def _select(cycle: Cycle, person: Person, *, is_in: bool, reason: str) -> Selection:
    selection, _created = Selection.objects.update_or_create(
        cycle=cycle, person=person, defaults={"is_in": is_in, "reason": reason}
    )
    return selection


def _move(stage: Stage, days: Days, by: Actor, at: datetime) -> None:
    before = [stage.opens_on, stage.due_on]
    stage.opens_on, stage.due_on = days
    stage.save(update_fields=["opens_on", "due_on"])
    record("cycle.stage_moved", about=stage, by=by, at=at, before=before, after=list(days))


def _check_days(opens_on: date, due_on: date) -> None:
    if due_on < opens_on:
        raise Refused(DUE_BEFORE_OPEN)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(REASON_MISSING)


def _locked(cycle: Cycle) -> Cycle:
    return Cycle.objects.select_for_update().get(pk=cycle.pk)


def _locked_participation(participation: Participation) -> Participation:
    rows = Participation.objects.select_for_update(of=("self",)).select_related("cycle", "person")
    return rows.get(pk=participation.pk)
