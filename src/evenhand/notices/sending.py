"""Sends the messages that are due, over one connection, each once.

Who sends a message claims it first. A claim that was left by a process that died is free again
after a while; a message is marked as sent right after it left, one by one.
"""

import logging
import time
import uuid
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_date

from evenhand.notices.models import Message
from evenhand.people.models import Employment

logger = logging.getLogger(__name__)

BATCH = 50
BUDGET = 8.0
CLAIM_HOLDS = timedelta(minutes=15)
FIRST_WAIT = timedelta(minutes=5)
ENOUGH_ATTEMPTS = 6
PLACES = {
    "workshops.workshop": "/workshops/{}/",
    "reviews.review": "/reviews/{}/",
    "goals.goal": "/goals/{}/",
    "assessments.assessment": "/assessments/{}/",
    "development.developmentplan": "/development/{}/",
    "assessments.assessmentpart": "/assessments/parts/{}/",
}


def send_due_messages(at: datetime) -> int:
    """Send what is due, for a few seconds at most, so that other chores get their turn."""
    began = time.monotonic()
    sent = 0
    while time.monotonic() - began < BUDGET and (batch := claim_messages(at)):
        sent += _send(batch, at)
    return sent


def claim_messages(at: datetime) -> list[Message]:
    """Take some messages that are due and that nobody else holds."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=at - CLAIM_HOLDS)
    due = Message.objects.filter(free, sent_at=None, given_up_at=None, send_after__lte=at)
    ids = list(due.order_by("send_after", "pk").values_list("pk", flat=True)[:BATCH])
    if not ids:
        return []
    mark = uuid.uuid4().hex
    due.filter(pk__in=ids).update(claim=mark, claimed_at=at)
    employed = Employment.objects.on(timezone.localdate(at)).filter(person=OuterRef("person"))
    held = Message.objects.filter(claim=mark).annotate(works_here=Exists(employed))
    return list(held.select_related("person").order_by("send_after", "pk"))


def _send(batch: list[Message], at: datetime) -> int:
    connection = get_connection()
    sent = 0
    try:
        connection.open()
        for message in batch:
            sent += _send_one(message, connection, at)
    except (SMTPException, OSError):
        logger.exception("The mail server does not answer.")
        for message in batch:
            _put_off(message, at)
    finally:
        connection.close()
    return sent


def _send_one(message: Message, connection: BaseEmailBackend, at: datetime) -> bool:
    if reason := _nobody_to_tell(message):
        _mine(message).update(given_up_at=at, given_up_because=reason, claim="")
        return False
    try:
        mail_of(message, connection).send()
    except (SMTPException, OSError):
        logger.exception("Message %s was not accepted.", message.pk)
        _put_off(message, at)
        return False
    _mine(message).update(sent_at=timezone.now(), claim="", attempts=F("attempts") + 1)
    return True


def _nobody_to_tell(message: Message) -> str:
    if not message.works_here:  # type: ignore[attr-defined]  # annotated when it was claimed
        return "left"
    return "" if message.person.email else "no_address"


def mail_of(message: Message, connection: BaseEmailBackend | None = None) -> EmailMessage:
    """The message in words: a plain greeting, what is new, and where to go."""
    context = dict(message.context)
    if "due_on" in context:
        context["due_on"] = parse_date(context["due_on"])
    words = {
        **context,
        "person": message.person,
        "home_url": f"{settings.BASE_URL}/",
        "url": f"{settings.BASE_URL}{_path(message)}",
    }
    subject = render_to_string(f"notices/{message.kind}_subject.txt", words)
    text = render_to_string(f"notices/{message.kind}.txt", words)
    return EmailMessage(
        " ".join(subject.split()),
        text.strip() + "\n",
        to=[message.person.email],
        connection=connection,
    )


def _path(message: Message) -> str:
    place = PLACES.get(message.about)
    return place.format(message.about_id) if place else "/"


def _put_off(message: Message, at: datetime) -> None:
    """Try again later, a little later every time, and not for ever."""
    attempts = message.attempts + 1
    facts = {"attempts": attempts, "claim": "", "claimed_at": None}
    if attempts >= ENOUGH_ATTEMPTS:
        _mine(message).update(given_up_at=at, given_up_because="not_accepted", **facts)
    else:
        wait: timedelta = FIRST_WAIT * 2 ** (attempts - 1)
        _mine(message).update(send_after=at + wait, **facts)


def _mine(message: Message) -> QuerySet[Message]:
    return Message.objects.filter(pk=message.pk, claim=message.claim)
