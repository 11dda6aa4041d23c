from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from evenhand.notices.kinds import NoticeKind
from evenhand.notices.models import Message
from evenhand.notices.sending import claim_messages, mail_of, send_due_messages
from tests.factories.jobs import MORNING
from tests.factories.notices import MessageFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

LATER = MORNING + timedelta(minutes=20)
WORDS = {"cycle": "Annual review 2025", "subject": "Ada & Ben", "number": 3}


class Unwilling(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise SMTPException


class Counting(EmailBackend):
    opened = 0

    def open(self):
        type(self).opened += 1


def test_a_message_is_sent_once():
    message = MessageFactory()

    assert [send_due_messages(MORNING), send_due_messages(LATER)] == [1, 0]

    (sent,) = mail.outbox
    assert sent.to == [message.person.email]
    assert sent.subject == "Your review for Annual review 2025 can be read"


def test_a_message_waits_for_its_day():
    MessageFactory(send_after=LATER)

    assert send_due_messages(MORNING) == 0
    assert send_due_messages(LATER) == 1


def test_who_claims_first_sends():
    MessageFactory.create_batch(3)

    assert len(claim_messages(MORNING)) == 3
    assert send_due_messages(MORNING) == 0


def test_what_a_dead_process_had_claimed_is_sent_after_all():
    MessageFactory()
    claim_messages(MORNING)

    assert send_due_messages(LATER) == 1


def test_people_who_left_or_have_no_address_get_none():
    MessageFactory(person=PersonFactory(left_on=MORNING.date() - timedelta(days=1)))
    MessageFactory(person=PersonFactory(email=""))

    assert send_due_messages(MORNING) == 0

    reasons = Message.objects.order_by("pk").values_list("given_up_because", flat=True)
    assert list(reasons) == ["left", "no_address"]
    assert send_due_messages(LATER) == 0


def test_what_the_mail_server_does_not_take_is_tried_later_and_not_for_ever(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Unwilling"
    message = MessageFactory()
    assert send_due_messages(MORNING) == 0
    message.refresh_from_db()
    assert message.send_after == MORNING + timedelta(minutes=5)

    for hours in range(1, 20):
        send_due_messages(MORNING + timedelta(hours=hours))

    message.refresh_from_db()
    assert (message.attempts, message.given_up_because) == (6, "not_accepted")


def test_many_messages_share_one_connection(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Counting"
    MessageFactory.create_batch(20)

    assert send_due_messages(MORNING) == 20
    assert Counting.opened == 1


OF_NO_CYCLE = (
    *("assessment_", "check_ins_", "goal_", "goals_moved", "goals_weighed", "plan_", "workshop_"),
)


@pytest.mark.parametrize("kind", list(NoticeKind))
@pytest.mark.parametrize("about", ["reviews.review", "cycles.cycle"])
def test_every_message_greets_says_what_is_new_and_where_to_go(kind, about, settings):
    settings.BASE_URL = "https://evenhand.example"
    message = MessageFactory(kind=kind, about=about, about_id=7, context=WORDS)

    written = mail_of(message)

    assert written.body.startswith(f"Hello {message.person.first_name},")
    assert "https://evenhand.example/" in written.body
    if not kind.startswith(OF_NO_CYCLE):
        assert "Annual review 2025" in written.body
    assert "&amp;" not in written.body + written.subject
    assert "\n" not in written.subject


def test_the_day_it_is_due_is_said_as_people_say_it():
    context = WORDS | {"due_on": "2026-03-20"}
    message = MessageFactory(kind=NoticeKind.CYCLE_LAUNCHED, context=context)

    assert "It is due on Friday, 20 March 2026." in mail_of(message).body
