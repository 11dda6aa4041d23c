from datetime import datetime

from django.db import transaction

from evenhand.audit.actions import record
from evenhand.compliance.models import NoticeReceipt, PrivacyNotice
from evenhand.compliance.policies import (
    EMPTY_NOTICE,
    SAME_NOTICE,
    may_confirm_notice,
    may_publish_notice,
)
from evenhand.compliance.queries import current_notice
from evenhand.kernel.acting import Actor
from evenhand.kernel.locking import one_at_a_time
from evenhand.kernel.verdict import Refused


@transaction.atomic
def publish_notice(text: str, *, by: Actor, at: datetime) -> PrivacyNotice:
    """Give people a privacy notice. From now on everyone is asked to confirm reading this one."""
    may_publish_notice(by).enforce()
    one_at_a_time("compliance.notice")
    current = current_notice()
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused(EMPTY_NOTICE)
    if current is not None and current.text == text:
        raise Refused(SAME_NOTICE)

    version = current.version + 1 if current else 1
    notice = PrivacyNotice.objects.create(version=version, text=text, published_at=at)
    record("notice.published", about=notice, by=by, at=at, version=version)
    return notice


@transaction.atomic
def confirm_notice(notice: PrivacyNotice, *, by: Actor, at: datetime) -> None:
    """Keep that a person has read the privacy notice. Confirming twice keeps the first time."""
    may_confirm_notice(by, notice).enforce()
    _receipt, is_new = NoticeReceipt.objects.get_or_create(
        notice=notice, person_id=by.person_id, defaults={"read_at": at}
    )
    if is_new:
        record("notice.confirmed", about=notice, by=by, at=at, version=notice.version)
