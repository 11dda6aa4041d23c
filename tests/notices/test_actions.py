import pytest

from evenhand.notices.actions import draft, keep_messages, send_notice
from evenhand.notices.kinds import NoticeKind
from evenhand.notices.models import Message
from tests.factories.jobs import MORNING
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_the_same_news_is_kept_once():
    person = PersonFactory()
    news = [
        draft(NoticeKind.REMINDER, person.pk, about=person, at=MORNING, context={})
        for _ in range(2)
    ]

    keep_messages(news)
    keep_messages(news[:1])

    assert Message.objects.count() == 1


def test_news_that_happens_again_is_told_again():
    person = PersonFactory()
    for hour in (9, 9, 10):
        send_notice(
            NoticeKind.REVIEW_REOPENED,
            person,
            about=person,
            at=MORNING.replace(hour=hour),
            context={"cycle": "2025"},
        )

    assert Message.objects.count() == 2
