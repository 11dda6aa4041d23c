import pytest
from django.utils import timezone

from evenhand.assessments.events import (
    AssessmentClosed,
    AssessmentOpened,
    OtherAsked,
    OtherProposed,
)
from evenhand.kernel.events import announce
from evenhand.notices.kinds import NoticeKind
from evenhand.notices.models import Message
from evenhand.notices.sending import mail_of
from tests.factories.assessments import AssessmentFactory, PartFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    manager = PersonFactory(given_name="Mia", family_name="Manager")
    subject = PersonFactory(given_name="Ben", family_name="Subject")
    return AssessmentFactory(subject=subject, manager=manager)


@pytest.fixture
def hear(django_capture_on_commit_callbacks):
    def hear(event):
        with django_capture_on_commit_callbacks(execute=True):
            announce(event)
        return list(Message.objects.order_by("pk"))

    return hear


def test_the_person_and_the_manager_are_asked_except_who_opened_it(assessment, hear):
    manager = assessment.parts.get(source="manager").assessor
    (told,) = hear(AssessmentOpened(assessment.pk, by_id=manager.pk))

    assert (told.kind, told.person) == (NoticeKind.ASSESSMENT_ASKED, assessment.subject)
    mail = mail_of(told)
    assert "what your job expects" in mail.body
    assert f"/assessments/parts/{told.about_id}/" in mail.body


def test_the_manager_is_told_about_whom(assessment, hear):
    messages = hear(AssessmentOpened(assessment.pk, by_id=assessment.subject_id))

    assert mail_of(messages[0]).subject == "You are asked about Ben Subject"


def test_one_of_the_others_is_told_that_it_stays_theirs(assessment, hear):
    part = PartFactory(assessment=assessment)
    (told,) = hear(OtherAsked(part.pk))

    assert told.person == part.assessor
    assert "shown to nobody as yours" in mail_of(told).body


def test_the_manager_learns_of_a_proposal(assessment, hear):
    proposed = PersonFactory(given_name="Ada", family_name="Other")
    part = PartFactory(assessment=assessment, assessor=proposed, state="proposed")
    (told,) = hear(OtherProposed(part.pk))

    assert told.person == assessment.parts.get(source="manager").assessor
    assert "Ada Other" in mail_of(told).body


def test_the_person_learns_that_the_result_can_be_read(assessment, hear):
    assessment.closed_at, assessment.closed_by = timezone.now(), assessment.subject
    assessment.save()
    (told,) = hear(AssessmentClosed(assessment.pk, by_id=assessment.subject_id))

    assert (told.kind, told.person) == (NoticeKind.ASSESSMENT_CLOSED, assessment.subject)
    mail = mail_of(told)
    assert mail.subject == "Your assessment can be read"
    assert f"/assessments/{assessment.pk}/" in mail.body
