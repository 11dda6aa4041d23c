"""The page Fairness: cycles, what was found in each, and what is being looked into."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evenhand.analytics.policies import LEADERS, may_audit_ratings, reads_whole_audits
from evenhand.analytics.queries import AUDIT, AuditRow, audits_for
from evenhand.cycles.kinds import CycleState
from evenhand.cycles.models import Cycle
from evenhand.cycles.policies import visible_cycles
from evenhand.jobs.kinds import JobState
from evenhand.jobs.models import Job
from evenhand.jobs.policies import visible_jobs
from evenhand.kernel.acting import Actor
from evenhand.kernel.verdict import Verdict
from evenhand.web.jobs.pages import shown

MOST_CYCLES = 50
MOST_JOBS = 100


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A cycle with its audits, the newest first, and how far the next one is."""

    pk: int
    name: str
    state: str
    is_open: bool
    audits: tuple[AuditRow, ...]
    progress: dict[str, Any] | None = None
    may_audit: Verdict | None = None

    @property
    def is_under_way(self) -> bool:
        return self.progress is not None and self.progress["job"].is_underway


def rows_for(actor: Actor) -> list[CycleRow]:
    """Specialists see every cycle with ratings; others those in which they may read something."""
    audits = _by_cycle(audits_for(actor))
    if reads_whole_audits(actor):
        jobs = _unfinished(actor)
        return [_row(actor, cycle, audits[cycle.pk], jobs.get(cycle.pk)) for cycle in _rated(actor)]
    return [
        CycleRow(pk, found[0].cycle, state="", is_open=False, audits=tuple(found))
        for pk, found in audits.items()
    ]


def opened_to_everybody(actor: Actor) -> AuditRow | None:
    """The newest audit, for those to whom the navigation does not show the page Fairness."""
    if actor.holds(*LEADERS) and not actor.is_delegate:
        return None
    return next(iter(audits_for(actor)), None)


def _rated(actor: Actor) -> Iterable[Cycle]:
    launched = visible_cycles(actor).filter(state__in=(CycleState.OPEN, CycleState.CLOSED))
    return launched.order_by("-period_ends_on", "-pk")[:MOST_CYCLES]


def _by_cycle(audits: Iterable[AuditRow]) -> defaultdict[int, list[AuditRow]]:
    found: defaultdict[int, list[AuditRow]] = defaultdict(list)
    for audit in audits:
        found[audit.cycle_id].append(audit)
    return found


def _unfinished(actor: Actor) -> dict[int, Job]:
    """By cycle the last job, where that has not ended well: what it made stands in the list."""
    newest: dict[int, Job] = {}
    jobs = visible_jobs(actor).filter(kind=AUDIT).order_by("-pk")
    for job in jobs[:MOST_JOBS]:
        newest.setdefault(job.arguments.get("cycle_id", 0), job)
    return {pk: job for pk, job in newest.items() if job.state != JobState.DONE}


def _row(actor: Actor, cycle: Cycle, audits: list[AuditRow], job: Job | None) -> CycleRow:
    return CycleRow(
        pk=cycle.pk,
        name=cycle.name,
        state=cycle.get_state_display(),
        is_open=cycle.is_open,
        audits=tuple(audits),
        progress=shown(job, actor) if job else None,
        may_audit=may_audit_ratings(actor, cycle),
    )
