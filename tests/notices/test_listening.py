import pytest
from django.utils import timezone

from evenhand.cycles.kinds import StageKind
from evenhand.jobs.models import Job
from evenhand.kernel.events import announce
from evenhand.notices import telling
from evenhand.notices.kinds import NoticeKind
from evenhand.notices.models import Message
from evenhand.reviews.events import (
    CycleLaunched,
    PersonJoined,
    RemindersAsked,
    ReviewHandedOver,
    ReviewReopened,
    ReviewsReleased,
    ReviewSubmitted,
)
from evenhand.reviews.models import Reopening
from tests.factories.cycles import ParticipationFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import ManagerReviewFactory, SelfReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hear(django_capture_on_commit_callbacks):
    """Announce something and let its listeners, and the jobs they ask for, do their work."""

    def hear(event):
        with django_capture_on_commit_callbacks(execute=True):
            announce(event)
        return [(message.kind, message.person) for message in Message.objects.order_by("person_id")]

    return hear


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    """Messages to many people are written in several steps also when a test has few people."""
    monkeypatch.setattr(telling, "STEP", 1)


def pair(**fields):
    own = SelfReviewFactory(**fields)
    return own, ManagerReviewFactory(participation=own.participation)


def test_at_launch_everyone_with_a_self_review_is_told_on_the_day_it_opens(hear):
    first = SelfReviewFactory()
    second = SelfReviewFactory(participation__cycle=first.cycle)
    withdrawn = ParticipationFactory(
        cycle=first.cycle, withdrawn_at=timezone.now(), withdrawn_because="Left."
    )
    SelfReviewFactory(participation=withdrawn)
    stage = first.cycle.stage(StageKind.SELF_REVIEW)

    told = hear(CycleLaunched(first.cycle_id))
    hear(CycleLaunched(first.cycle_id))

    assert told == [
        (NoticeKind.CYCLE_LAUNCHED, first.author),
        (NoticeKind.CYCLE_LAUNCHED, second.author),
    ]
    assert Message.objects.count() == 2
    message = Message.objects.first()
    assert timezone.localdate(message.send_after) >= stage.opens_on
    assert message.context["due_on"] == stage.due_on.isoformat()


def test_who_joins_later_is_told_too(hear):
    own, _ = pair()

    assert hear(PersonJoined(own.participation_id)) == [(NoticeKind.CYCLE_LAUNCHED, own.author)]


def test_the_manager_learns_that_a_self_review_is_in(hear):
    own, theirs = pair(submitted=True)

    told = hear(ReviewSubmitted(own.pk))

    assert told == [(NoticeKind.SELF_REVIEW_SUBMITTED, theirs.author)]
    assert Message.objects.get().about_id == theirs.pk


def test_nobody_learns_that_a_manager_review_is_in(hear):
    _, theirs = pair()

    assert hear(ReviewSubmitted(theirs.pk)) == []


def test_after_release_only_those_released_then_are_told(hear):
    now = timezone.now()
    released = ParticipationFactory(released_at=now)
    ParticipationFactory(cycle=released.cycle, released_at=None)

    told = hear(ReviewsReleased(released.cycle_id, now.isoformat()))

    assert told == [(NoticeKind.RESULTS_RELEASED, released.person)]


def test_the_new_author_of_a_review_is_told(hear):
    _, theirs = pair()

    told = hear(ReviewHandedOver(theirs.pk, former_author_id=PersonFactory().pk))

    assert told == [(NoticeKind.REVIEW_HANDED_OVER, theirs.author)]


def test_an_author_is_told_of_a_reopening_by_another_only(hear):
    _, theirs = pair()
    reopening = {"review": theirs, "at": timezone.now(), "reason": "A slip."}
    Reopening.objects.create(by=theirs.author, **reopening)
    assert hear(ReviewReopened(theirs.pk)) == []

    Reopening.objects.create(by=PersonFactory(), **reopening)
    assert hear(ReviewReopened(theirs.pk)) == [(NoticeKind.REVIEW_REOPENED, theirs.author)]


def test_an_author_gets_one_reminder_a_day_for_all_reviews(hear):
    author = PersonFactory()
    first = ManagerReviewFactory(author=author)
    second = ManagerReviewFactory(author=author, participation__cycle=first.cycle)
    done = ManagerReviewFactory(submitted=True, participation__cycle=first.cycle)
    asked = RemindersAsked((first.pk, second.pk, done.pk))

    told = hear(asked)
    hear(asked)

    assert told == [(NoticeKind.REMINDER, author)]
    assert Message.objects.get().context["number"] == 2


def test_no_message_holds_anybodys_words(hear):
    own, theirs = pair(submitted=True)
    Reopening.objects.create(
        review=theirs, by=PersonFactory(), at=timezone.now(), reason="Words in confidence"
    )

    hear(ReviewSubmitted(own.pk))
    hear(ReviewReopened(theirs.pk))

    assert "confidence" not in str(list(Message.objects.values()))
    assert "confidence" not in str(list(Job.objects.values()))
