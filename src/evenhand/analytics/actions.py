from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.analytics.audit.ratings import Choices
from evenhand.analytics.kinds import Audience
from evenhand.analytics.models import AuditPublication, RatingAudit
from evenhand.analytics.policies import (
    AUDIT_UNDER_WAY,
    TELLS_WITH_PUBLISHED,
    TOO_FEW_HIDDEN,
    may_audit_ratings,
    may_publish_audit,
    reads_whole_audits,
)
from evenhand.analytics.published import tells_beside_published
from evenhand.analytics.queries import AUDIT, audit_under_way
from evenhand.audit.actions import record
from evenhand.audit.models import Entry
from evenhand.cycles.models import Cycle
from evenhand.jobs.actions import ask_for
from evenhand.jobs.models import Job
from evenhand.kernel.acting import Actor
from evenhand.kernel.locking import one_at_a_time
from evenhand.kernel.verdict import Refused
from ratingstats.disclosure.rules import USUAL_K

MOST = 100
USUAL = Choices()


@transaction.atomic
def ask_for_audit(cycle: Cycle, *, by: Actor, at: datetime, choices: Choices = USUAL) -> Job:
    """Have the ratings of a cycle audited as they stand, as a job."""
    one_at_a_time(f"analytics.audit.{cycle.pk}")
    may_audit_ratings(by, cycle).enforce()
    if audit_under_way(cycle) is not None:
        raise Refused(AUDIT_UNDER_WAY)
    if not USUAL_K <= choices.k <= MOST:
        raise Refused(TOO_FEW_HIDDEN)

    chosen = asdict(choices) | {"tainted": sorted(choices.tainted)}
    record("rating_audit.asked", about=cycle, by=by, at=at, k=choices.k)
    title = _("Audit of the ratings of %(cycle)s") % {"cycle": cycle}
    arguments = {"cycle_id": cycle.pk, "on": by.on.isoformat(), "choices": chosen}
    return ask_for(AUDIT, title, arguments=arguments, by=by, at=at)


@transaction.atomic
def publish_audit(audit: RatingAudit, audience: Audience, *, by: Actor, at: datetime) -> None:
    """Open the summary of an audit to others, or (for specialists only) close it again.

    One at a time in a cycle, as what is opened is compared with what was opened before.
    """
    one_at_a_time(f"analytics.publication.{audit.cycle_id}")
    audit = RatingAudit.objects.select_for_update(of=("self",)).get(pk=audit.pk)
    may_publish_audit(by, audit).enforce()
    last = audit.publications.order_by("-pk").first()
    if (last.audience if last else Audience.SPECIALISTS) == audience:
        return
    if audience != Audience.SPECIALISTS and tells_beside_published(audit):
        raise Refused(TELLS_WITH_PUBLISHED)
    AuditPublication.objects.create(audit=audit, audience=audience, by_id=by.person_id, at=at)
    record("rating_audit.published", about=audit, by=by, at=at, audience=audience.value)


def record_reading(audit: RatingAudit, *, by: Actor, at: datetime) -> None:
    """Keep, once a day, that somebody read what an audit says of raters."""
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    read_today = Entry.objects.filter(
        code="rating_audit.read",
        about=RatingAudit._meta.label_lower,
        about_id=audit.pk,
        at__gte=today,
        by_id=by.person_id,
    )
    if reads_whole_audits(by) and not read_today.exists():
        record("rating_audit.read", about=audit, by=by, at=at)
