from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef

from evenhand.compliance.models import NoticeReceipt, PrivacyNotice
from evenhand.compliance.policies import has_confirmed
from evenhand.kernel.acting import Actor
from evenhand.people.models import Employment


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A privacy notice in the list of all, and how many have confirmed reading it."""

    version: int
    published_at: datetime
    confirmed: int


def current_notice() -> PrivacyNotice | None:
    """The notice that counts now."""
    return PrivacyNotice.objects.order_by("-version").first()


def notice_waiting_for(actor: Actor) -> PrivacyNotice | None:
    """The notice that this person has still to confirm; nothing for a delegate."""
    notice = None if actor.is_delegate else current_notice()
    return None if notice is None or has_confirmed(actor, notice) else notice


def how_many_have_not_confirmed(notice: PrivacyNotice, *, on: date) -> int:
    """Of those who work here on a day."""
    receipts = NoticeReceipt.objects.filter(notice=notice, person=OuterRef("person"))
    return Employment.objects.on(on).filter(~Exists(receipts)).count()


def notices_given() -> list[NoticeRow]:
    """Every notice, the newest first."""
    notices = PrivacyNotice.objects.annotate(confirmed=Count("receipts")).order_by("-version")
    return [NoticeRow(n.version, n.published_at, n.confirmed) for n in notices]
