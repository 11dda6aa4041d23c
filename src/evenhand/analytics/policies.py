from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from evenhand.analytics.kinds import Audience
from evenhand.analytics.models import AuditPublication, RatingAudit
from evenhand.cycles.kinds import CycleState
from evenhand.cycles.models import Cycle
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict

NOT_THE_SPECIALIST = Verdict(
    "not_the_specialist",
    _("Only a performance management specialist for the whole organization can do this."),
)
NOT_LAUNCHED = Verdict(
    "not_launched",
    _("This cycle has not been launched, so there are no ratings to look at yet."),
    Ground.WHEN,
)
AUDIT_UNDER_WAY = Verdict(
    "audit_under_way",
    _("An audit of this cycle is under way. Please wait until it has ended."),
    Ground.WHEN,
)
NOTHING_RATED = Verdict(
    "nothing_rated",
    _("No manager review of this cycle has been submitted with an overall rating yet."),
    Ground.WHEN,
)
TOLD_MEANWHILE = Verdict(
    "told_meanwhile",
    _("Another audit of this cycle has ended in the meantime. Please try again."),
    Ground.WHEN,
)
TOO_FEW_PEOPLE = Verdict(
    "too_few_people",
    _("So few people were rated that even a summary would tell about each of them."),
    Ground.WHEN,
)
TELLS_WITH_PUBLISHED = Verdict(
    "tells_with_published",
    _(
        "Beside the summary of an earlier audit of this cycle, this one would tell about a few"
        " people. It can be opened when more ratings have been given or changed."
    ),
    Ground.WHEN,
)
TOO_FEW_HIDDEN = Verdict(
    "too_few_hidden",
    _("Groups of fewer than five people are always hidden. Choose a number from 5 to 100."),
    Ground.WHAT,
)
LEADERS = (Role.EXECUTIVE, Role.AUDITOR, Role.HR_PARTNER, Role.SPECIALIST)


def reads_whole_audits(actor: Actor) -> bool:
    """Specialists for the whole organization, in person, read everything, also about raters."""
    return actor.holds_everywhere(Role.SPECIALIST) and not actor.is_delegate


def visible_audits(actor: Actor) -> QuerySet[RatingAudit]:
    """Specialists see every audit; others those whose summary was published for them.

    Each row says for whom it is published, as `audience`.
    """
    last = AuditPublication.objects.filter(audit=OuterRef("pk")).order_by("-pk")
    audience = Coalesce(Subquery(last.values("audience")[:1]), Value(Audience.SPECIALISTS.value))
    audits = RatingAudit.objects.annotate(audience=audience)
    if reads_whole_audits(actor):
        return audits
    published = Q(audience=Audience.EVERYBODY)
    if actor.holds(*LEADERS) and not actor.is_delegate:
        published |= Q(audience=Audience.LEADERS)
    return audits.filter(published)


def may_audit_ratings(actor: Actor, cycle: Cycle) -> Verdict:
    """The specialist for the whole organization audits the ratings of a cycle that was launched."""
    if not reads_whole_audits(actor):
        return NOT_THE_SPECIALIST
    if cycle.state in {CycleState.DRAFT, CycleState.LAUNCHING}:
        return NOT_LAUNCHED
    return ALLOWED


def may_publish_audit(actor: Actor, audit: RatingAudit) -> Verdict:
    """The specialist decides who reads the summary of an audit, and may take that back."""
    if not reads_whole_audits(actor):
        return NOT_THE_SPECIALIST
    return TOO_FEW_PEOPLE if audit.persons < 2 * int(audit.choices["k"]) else ALLOWED
