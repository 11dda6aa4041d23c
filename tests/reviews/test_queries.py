from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.cycles.kinds import CycleState, StageKind
from evenhand.reviews.kinds import ReviewKind, ReviewState, SignOffDecision
from evenhand.reviews.models import SignOff
from evenhand.reviews.queries import my_reviews, waiting_for, written_reviews
from tests.factories.cycles import CycleFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import ManagerReviewFactory, SelfReviewFactory, acting

pytestmark = pytest.mark.django_db


def days(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def bo():
    return PersonFactory()


@pytest.fixture
def cycle():
    return CycleFactory()


def test_reviews_to_write_come_with_their_day_the_nearest_first(bo, cycle):
    manager = ManagerReviewFactory(author=bo, participation__cycle=cycle, draft=True)
    own = SelfReviewFactory(participation__person=bo, participation__cycle=cycle)

    waiting = waiting_for(acting(bo))

    assert [(task.review_id, task.due_on) for task in waiting.to_write] == [
        (own.pk, days(10)),
        (manager.pk, days(20)),
    ]
    assert [task.is_begun for task in waiting.to_write] == [False, True]


def test_what_is_late_says_so_and_still_waits(bo, cycle):
    ManagerReviewFactory(author=bo, participation__cycle=cycle)
    cycle.stages.update(opens_on=days(-9), due_on=days(-1))

    (task,) = waiting_for(acting(bo)).to_write
    assert task.is_late


def test_what_has_not_opened_is_still_to_come(bo, cycle):
    cycle.stages.filter(kind=StageKind.MANAGER_REVIEW).update(opens_on=days(3))
    ManagerReviewFactory(author=bo, participation__cycle=cycle)

    waiting = waiting_for(acting(bo))
    assert waiting.to_write == ()
    assert [task.opens_on for task in waiting.to_come] == [days(3)]


@pytest.mark.parametrize("why", ["submitted", "withdrawn", "released", "closed"])
def test_what_is_done_or_over_does_not_wait(bo, cycle, why):
    review = ManagerReviewFactory(author=bo, participation__cycle=cycle)
    assert waiting_for(acting(bo)).to_write

    if why == "submitted":
        review.state, review.submitted_at = ReviewState.SUBMITTED, timezone.now()
    elif why == "closed":
        cycle.state = CycleState.CLOSED
    else:
        setattr(review.participation, f"{why}_at", timezone.now())
        review.participation.withdrawn_because = "Left" if why == "withdrawn" else ""
    for thing in (review, review.participation, cycle):
        thing.save()

    assert waiting_for(acting(bo)).to_write == ()


def test_a_delegate_sees_the_manager_reviews_only_and_none_about_themself(bo, cycle):
    delegate = PersonFactory()
    SelfReviewFactory(participation__person=bo, participation__cycle=cycle)
    ManagerReviewFactory(author=bo, participation__cycle=cycle, participation__person=delegate)
    other = ManagerReviewFactory(author=bo, participation__cycle=cycle)

    waiting = waiting_for(acting(bo, delegate=delegate))
    assert [task.review_id for task in waiting.to_write] == [other.pk]


@pytest.fixture
def released(bo, cycle):
    return ManagerReviewFactory(
        participation__person=bo,
        participation__cycle=cycle,
        participation__released=True,
        submitted=True,
    )


def test_a_released_review_waits_to_be_signed(bo, released):
    (task,) = waiting_for(acting(bo)).to_sign
    assert (task.review_id, task.due_on) == (released.pk, days(45))

    assert waiting_for(acting(bo, delegate=PersonFactory())).to_sign == ()
    assert waiting_for(acting(released.author)).to_sign == ()


def test_what_is_signed_does_not_wait(bo, released):
    sign(released)

    assert waiting_for(acting(bo)).to_sign == ()


def sign(review):
    SignOff.objects.create(
        participation=review.participation,
        decision=SignOffDecision.SIGNED,
        by=review.subject,
        at=timezone.now(),
    )


def test_home_asks_the_same_queries_for_one_and_for_many(bo, django_assert_num_queries):
    for _ in range(25):
        ManagerReviewFactory(author=bo)

    with django_assert_num_queries(2):
        waiting = waiting_for(acting(bo))
    assert len(waiting.to_write) == 20
    assert waiting.are_more


def test_my_reviews_go_back_over_the_cycles(bo, released):
    earlier = CycleFactory(today=days(-400), state=CycleState.CLOSED)
    SelfReviewFactory(participation__person=bo, participation__cycle=earlier, submitted=True)
    SelfReviewFactory(participation=released.participation, draft=True)
    sign(released)

    latest, first = my_reviews(acting(bo))

    assert (latest.manager_id, latest.decision) == (released.pk, SignOffDecision.SIGNED)
    assert latest.self_state == ReviewState.DRAFT
    assert (first.cycle, first.is_running, first.manager_id) == (earlier.name, False, None)


def test_before_release_my_reviews_do_not_lead_to_the_manager_review(bo, released):
    released.participation.released_at = None
    released.participation.save()

    (row,) = my_reviews(acting(bo))
    assert row.manager_id is None


def test_written_reviews_are_those_about_others(bo):
    first, second = ManagerReviewFactory(author=bo), ManagerReviewFactory(author=bo)
    SelfReviewFactory(participation__person=bo)
    ManagerReviewFactory(kind=ReviewKind.MANAGER)

    page = written_reviews(acting(bo), limit=1)
    rest = written_reviews(acting(bo), cursor=page.next_cursor, limit=1)

    assert {row.review_id for row in (*page.rows, *rest.rows)} == {first.pk, second.pk}
    assert rest.next_cursor == ""
