import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evenhand.analytics.kinds import Audience
from evenhand.analytics.models import RatingAudit
from evenhand.analytics.policies import reads_whole_audits, visible_audits
from evenhand.analytics.report import Report
from evenhand.analytics.storing import report_from_text
from evenhand.cycles.models import Cycle
from evenhand.jobs.models import Job
from evenhand.kernel.acting import Actor

AUDIT = "analytics.audit"


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An audit in a list. `is_whole` says whether the reader gets all of it or the summary."""

    pk: int
    cycle_id: int
    cycle: str
    made_at: datetime
    ratings: int
    persons: int
    audience: Audience
    is_whole: bool


@dataclass(frozen=True, slots=True)
class StoredAudit:
    """An audit, cut to what its reader may see."""

    row: AuditRow
    report: Report
    numbers: dict[str, Any]


def audits_for(actor: Actor) -> list[AuditRow]:
    """The audits somebody may read, the newest first."""
    listed = visible_audits(actor).defer(*TEXTS).select_related("cycle")
    return [row_of(actor, audit) for audit in listed]


def open_audit(actor: Actor, audit: RatingAudit) -> StoredAudit:
    """The content of an audit that came from `visible_audits`."""
    is_whole = reads_whole_audits(actor)
    report = audit.report if is_whole else audit.summary_report
    numbers = audit.numbers if is_whole else audit.summary_numbers
    return StoredAudit(row_of(actor, audit), report_from_text(report), json.loads(numbers))


def row_of(actor: Actor, audit: RatingAudit) -> AuditRow:
    """An audit that came from `visible_audits`, as a list shows it."""
    return AuditRow(
        pk=audit.pk,
        cycle_id=audit.cycle_id,
        cycle=str(audit.cycle),
        made_at=audit.made_at,
        ratings=audit.ratings,
        persons=audit.persons,
        audience=Audience(getattr(audit, "audience", Audience.SPECIALISTS)),
        is_whole=reads_whole_audits(actor),
    )


def audit_under_way(cycle: Cycle) -> Job | None:
    """The job that audits this cycle just now."""
    jobs = Job.objects.filter(kind=AUDIT, arguments__cycle_id=cycle.pk)
    return next((job for job in jobs.order_by("-pk")[:1] if job.is_under_way), None)


TEXTS = ("numbers", "report", "summary_numbers", "summary_report")
