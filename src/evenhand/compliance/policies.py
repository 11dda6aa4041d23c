from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from evenhand.compliance.models import NoticeReceipt, PrivacyNotice
from evenhand.kernel.acting import Actor, Role
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict

NOT_THE_SPECIALIST = Verdict(
    "not_the_specialist", _("Only a performance management specialist publishes privacy notices.")
)
NOT_FOR_OTHERS = Verdict(
    "not_for_others", _("Everyone confirms for themself that they have read the privacy notice.")
)
REPLACED = Verdict(
    "notice_replaced",
    _("There is a newer privacy notice. Please read that one."),
    Ground.WHEN,
)
EMPTY_NOTICE = Verdict("empty_notice", _("Write the notice before you publish it."), Ground.WHAT)
SAME_NOTICE = Verdict(
    "same_notice", _("This is word for word the notice that people already have."), Ground.WHAT
)


def visible_notices(_actor: Actor) -> QuerySet[PrivacyNotice]:
    """Everyone reads every privacy notice, also the former ones."""
    return PrivacyNotice.objects.all()


def may_publish_notice(actor: Actor) -> Verdict:
    """The specialist tells people how their data are used."""
    if actor.is_delegate or not actor.holds_everywhere(Role.SPECIALIST):
        return NOT_THE_SPECIALIST
    return ALLOWED


def may_confirm_notice(actor: Actor, notice: PrivacyNotice) -> Verdict:
    """Everyone confirms the newest notice, for themself and nobody else."""
    if actor.is_delegate:
        return NOT_FOR_OTHERS
    if PrivacyNotice.objects.filter(version__gt=notice.version).exists():
        return REPLACED
    return ALLOWED


def has_confirmed(actor: Actor, notice: PrivacyNotice) -> bool:
    return NoticeReceipt.objects.filter(notice=notice, person_id=actor.person_id).exists()
