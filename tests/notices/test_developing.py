import pytest

from evenhand.development import actions
from evenhand.notices.kinds import NoticeKind
from evenhand.notices.models import Message
from evenhand.notices.sending import mail_of
from tests.factories.access import acting
from tests.factories.development import NOW, begun
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia():
    return PersonFactory()


@pytest.fixture
def ben(mia):
    return PersonFactory(manager=mia, given_name="Ben", family_name="Subject")


def told():
    return list(Message.objects.order_by("pk").values_list("kind", "person"))


def test_each_side_learns_what_the_other_does(ben, mia, django_capture_on_commit_callbacks):
    plan = begun(ben, by=mia)
    with django_capture_on_commit_callbacks(execute=True):
        actions.propose_plan(plan, "I see to it.", by=acting(mia), at=NOW)
        actions.send_back_plan(plan, "More practice.", by=acting(ben), at=NOW)
        actions.propose_plan(plan, "Here it is.", by=acting(mia), at=NOW)
        actions.agree_to_plan(plan, "I want this.", seen=2, by=acting(ben), at=NOW)

    assert set(told()) == {
        (NoticeKind.PLAN_PROPOSED, ben.pk),
        (NoticeKind.PLAN_SENT_BACK, mia.pk),
        (NoticeKind.PLAN_AGREED, mia.pk),
    }
    for message in Message.objects.all():
        mail = mail_of(message)
        assert ("Ben Subject" in mail.subject) == (message.person == mia)
        assert f"/development/{plan.pk}/" in mail.body
        assert "More practice" not in mail.body


def test_who_reports_to_nobody_has_nobody_to_be_told(django_capture_on_commit_callbacks):
    alone = PersonFactory()
    with django_capture_on_commit_callbacks(execute=True):
        actions.propose_plan(begun(alone, by=alone), "I want this.", by=acting(alone), at=NOW)

    assert told() == []
