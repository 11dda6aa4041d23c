import pytest
from django.utils import timezone

from evenhand.kernel.events import announce
from evenhand.notices.kinds import NoticeKind
from evenhand.notices.models import Message
from evenhand.notices.sending import mail_of
from evenhand.workshops.events import RoundClosed, WorkshopTaskGiven
from evenhand.workshops.kinds import Group, Stage
from tests.factories.workshops import ParticipantFactory, WorkshopFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hear(django_capture_on_commit_callbacks):
    def hear(event):
        with django_capture_on_commit_callbacks(execute=True):
            announce(event)
        return list(Message.objects.order_by("pk"))

    return hear


@pytest.mark.parametrize(
    ("stage", "group", "kind", "said"),
    [
        (Stage.COLLECTING, Group.COLLECTORS, NoticeKind.WORKSHOP_COLLECTING, "Leave names out"),
        (Stage.SORTING, Group.SORTERS, NoticeKind.WORKSHOP_SORTING, "put each incident"),
        (Stage.SCALING, Group.SORTERS, NoticeKind.WORKSHOP_SCALING, "which level, from 1 to 5"),
    ],
)
def test_who_can_begin_is_told_what_to_do(hear, stage, group, kind, said):
    one = ParticipantFactory(workshop__stage=stage, workshop__name="Calls", group=group)

    (message,) = hear(WorkshopTaskGiven(one.pk))

    assert (message.kind, message.person) == (kind, one.person)
    mail = mail_of(message)
    assert "Calls" in mail.subject
    assert "Calls" in mail.body
    assert said in mail.body
    assert f"/workshops/{one.workshop_id}/" in mail.body


def test_who_left_meanwhile_or_comes_too_late_is_told_nothing(hear):
    gone = ParticipantFactory(left_at=timezone.now())
    late = ParticipantFactory(workshop__stage=Stage.SORTED, group=Group.SORTERS)
    hear(WorkshopTaskGiven(gone.pk))

    assert hear(WorkshopTaskGiven(late.pk)) == []


def test_who_opened_a_workshop_learns_that_the_votes_are_in(hear):
    workshop = WorkshopFactory(stage=Stage.SORTED)

    (message,) = hear(RoundClosed(workshop.pk))

    assert message.person == workshop.opened_by
    assert "without names" in mail_of(message).body
