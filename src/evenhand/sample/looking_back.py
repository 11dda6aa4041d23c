"""After each finished round the specialist looks into its ratings, and tells the leaders."""

from datetime import datetime, timedelta

from evenhand.analytics.actions import ask_for_audit, publish_audit
from evenhand.analytics.kinds import Audience
from evenhand.analytics.models import RatingAudit
from evenhand.cycles.models import Cycle
from evenhand.jobs.performing import perform_job
from evenhand.sample.rounds import Round, workday
from evenhand.sample.staffing import Staff

LOOKED_AFTER = timedelta(days=4)
TOLD_AFTER = timedelta(days=3)


def look_back(cycle: Cycle, round_: Round, staff: Staff, today: datetime) -> None:
    """Through the job of the product, with the time at which it was."""
    if round_.closed_at is None:
        return
    at = _workday(round_.closed_at + LOOKED_AFTER)
    told_at = _workday(at + TOLD_AFTER)
    if told_at >= today:
        return
    cycle.refresh_from_db()
    job = ask_for_audit(cycle, by=staff.specialist(at.date()), at=at)
    perform_job(job.pk, lambda: at + timedelta(seconds=9))
    audit = RatingAudit.objects.get(job_id=job.pk)
    publish_audit(audit, Audience.LEADERS, by=staff.specialist(told_at.date()), at=told_at)


def _workday(moment: datetime) -> datetime:
    day = workday(moment.date())
    return moment.replace(year=day.year, month=day.month, day=day.day)
