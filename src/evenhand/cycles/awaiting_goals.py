"""What in a cycle waits for agreed goals, and who need not wait; changed also while it runs."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from evenhand.audit.actions import record
from evenhand.cycles.kinds import GoalsNeeded
from evenhand.cycles.models import Cycle, GoalsExcuse
from evenhand.cycles.policies import may_decide_about, may_extend
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import Ground, Refused, Verdict
from evenhand.people.models import Person

REASON_MISSING = Verdict("reason_missing", _("Please say why, in a few words."), Ground.WHAT)
LAUNCH_IS_OVER = Verdict(
    "launch_is_over",
    _("This cycle has been launched. Only the writing of single reviews can still wait."),
    Ground.WHEN,
)


@transaction.atomic
def let_wait_for_goals(cycle: Cycle, needed: GoalsNeeded, *, by: Actor, at: datetime) -> Cycle:
    """Say what waits until people have agreed goals."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    may_extend(by, cycle).enforce()
    if needed == GoalsNeeded.LAUNCH_WAITS and not cycle.is_draft:
        raise Refused(LAUNCH_IS_OVER)
    if cycle.goals_needed != needed:
        cycle.goals_needed = needed
        cycle.save(update_fields=["goals_needed"])
        record("cycle.goals_asked", about=cycle, by=by, at=at, needed=needed.value)
    return cycle


@transaction.atomic
def excuse_from_goals(
    cycle: Cycle, person: Person, *, reason: str, by: Actor, at: datetime
) -> GoalsExcuse:
    """Let somebody be reviewed without agreed goals. Said again, the newer reason counts."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    may_extend(by, cycle).enforce()
    may_decide_about(by, person.pk).enforce()
    if not reason.strip():
        raise Refused(REASON_MISSING)
    cycle.goals_excuses.filter(person=person, ended_at=None).update(ended_at=at)
    record("cycle.excused_from_goals", about=cycle, by=by, at=at, person=person.pk)
    return GoalsExcuse.objects.create(
        cycle=cycle, person=person, reason=reason.strip(), by_id=by.person_id, at=at
    )


@transaction.atomic
def end_goals_excuse(excuse: GoalsExcuse, *, by: Actor, at: datetime) -> None:
    """Ask somebody for agreed goals again."""
    cycle = Cycle.objects.select_for_update().get(pk=excuse.cycle_id)
    may_extend(by, cycle).enforce()
    may_decide_about(by, excuse.person_id).enforce()
    if GoalsExcuse.objects.filter(pk=excuse.pk, ended_at=None).update(ended_at=at):
        record("cycle.goals_excuse_ended", about=cycle, by=by, at=at, person=excuse.person_id)
