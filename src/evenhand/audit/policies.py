from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.audit.models import Entry
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.verdict import ALLOWED, Verdict

NOT_THE_AUDITOR = Verdict("not_the_auditor", _("Only an auditor can do this."))


def visible_entries(actor: Actor) -> QuerySet[Entry]:
    """The auditor reads the whole trail, and nobody else any of it."""
    return Entry.objects.all() if may_audit(actor) else Entry.objects.none()


def may_audit(actor: Actor) -> Verdict:
    """Only an auditor searches, exports and verifies the audit trail, in their own person."""
    if actor.is_delegate or not actor.holds(Role.AUDITOR):
        return NOT_THE_AUDITOR
    return ALLOWED
