from datetime import UTC, datetime, timedelta

import pytest

from evenhand.goals.models import GoalReminder
from evenhand.goals.reminding import remind_of_check_ins
from evenhand.jobs.models import Job
from evenhand.jobs.performing import perform_job
from evenhand.notices.kinds import NoticeKind
from evenhand.notices.models import Message
from evenhand.notices.sending import mail_of
from tests.factories.check_ins import agreed_goal
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 16, 5, tzinfo=UTC)
LONG_AGO = MONDAY - timedelta(days=60)


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Remind, and say what each person is told, and of how many goals."""

    def told():
        with django_capture_on_commit_callbacks(execute=True):
            remind_of_check_ins(MONDAY)
        for job in Job.objects.filter(state="waiting"):
            perform_job(job.pk, lambda: MONDAY)
        rows = Message.objects.select_related("person")
        return {(m.kind, m.person): m.context["number"] for m in rows}

    return told


def test_owners_and_managers_get_one_message_each_whatever_the_number_of_goals(told):
    manager = PersonFactory()
    owner = PersonFactory(manager=manager)
    for _n in range(3):
        agreed_goal(owner=owner, checked_in_at=LONG_AGO)
    agreed_goal(owner=manager, checked_in_at=LONG_AGO)

    assert told() == {
        (NoticeKind.CHECK_INS_DUE, owner): 3,
        (NoticeKind.CHECK_INS_DUE, manager): 1,
        (NoticeKind.CHECK_INS_LATE, manager): 3,
    }


def test_reminding_again_on_a_day_tells_nobody_twice(told):
    agreed_goal(owner=PersonFactory(), checked_in_at=LONG_AGO)

    told()
    GoalReminder.objects.all().delete()
    told()

    assert Message.objects.count() == 1


def test_nobody_is_written_to_before_the_morning(told):
    agreed_goal(owner=PersonFactory(), checked_in_at=LONG_AGO)
    told()

    assert Message.objects.get().send_after.hour >= 7


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("kind", [NoticeKind.CHECK_INS_DUE, NoticeKind.CHECK_INS_LATE])
def test_a_message_says_how_many_and_where_and_blames_nobody(kind, number):
    message = Message(person=PersonFactory(), kind=kind, context={"number": number})

    mail = mail_of(message)

    assert "/goals/" in mail.body
    assert mail.subject
    assert "overdue" not in mail.body
    assert ("3" in mail.body) == (number == 3)


def test_without_anybody_to_remind_there_is_no_work(told):
    assert told() == {}
    assert not Job.objects.exists()
