from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from evenhand.notices.kinds import NoticeKind
from evenhand.notices.models import Message
from evenhand.people.models import Person


def send_notice(
    kind: NoticeKind, person: Person, *, about: models.Model, at: datetime, context: dict[str, Any]
) -> None:
    """Write a message to a person, to be sent soon. The same news at the same time is sent once."""
    message = draft(kind, person.pk, about=about, at=at, context=context)
    message.key = f"{message.key}:{at:%Y%m%d%H%M%S}"
    keep_messages([message])


def draft(
    kind: NoticeKind,
    person_id: int,
    *,
    about: models.Model,
    at: datetime,
    context: dict[str, Any],
) -> Message:
    """A message not yet kept, with a key that stands for this news about this thing."""
    label = about._meta.label_lower
    return Message(
        person_id=person_id,
        kind=kind,
        key=f"{kind}:{label}:{about.pk}:{person_id}",
        about=label,
        about_id=about.pk,
        context=context,
        created_at=at,
        send_after=at,
    )


def keep_messages(messages: Iterable[Message]) -> None:
    """Keep messages to be sent; those whose news is already kept are left out."""
    Message.objects.bulk_create(messages, batch_size=1000, ignore_conflicts=True)
