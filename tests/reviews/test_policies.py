from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.cycles.kinds import CycleState
from evenhand.kernel.acting import Role
from evenhand.reviews.contents import contents_of
from evenhand.reviews.kinds import ReviewState
from evenhand.reviews.policies import (
    has_in_care,
    may_hand_over,
    may_reopen,
    may_sign_off,
    may_submit,
    may_write,
)
from tests.factories.cycles import ParticipationFactory
from tests.factories.people import PersonFactory, UnitFactory, company
from tests.factories.reviews import ManagerReviewFactory, SelfReviewFactory, acting, fill_in


@pytest.fixture
def review(db):
    return ManagerReviewFactory(draft=True)


@pytest.fixture
def specialist(db):
    return acting(PersonFactory(), Role.SPECIALIST)


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def test_the_author_writes(review):
    assert may_write(acting(review.author), review)


def test_nobody_else_writes(review, specialist):
    for other in (acting(review.subject), specialist):
        assert may_write(other, review).code == "not_your_review"


def test_a_delegate_writes_for_the_manager(review):
    assert may_write(acting(review.author, delegate=PersonFactory()), review)


def test_a_delegate_writes_nothing_about_themself(review):
    delegate = acting(review.author, delegate=review.subject)

    assert may_write(delegate, review).code == "not_your_review"


def test_nobody_writes_a_self_review_for_somebody_else(db):
    own = SelfReviewFactory()
    delegate = acting(own.subject, delegate=PersonFactory())

    assert may_write(acting(own.subject), own)
    assert may_write(delegate, own).code == "not_your_review"


def change(review, what):
    if what == "submitted":
        review.state = ReviewState.SUBMITTED
    elif what == "withdrawn":
        review.participation.withdrawn_at = timezone.now()
    elif what == "released":
        review.participation.released_at = timezone.now()
    elif what == "closed":
        review.cycle.state = CycleState.CLOSED
    elif what == "not open yet":
        review.state = ReviewState.NOT_STARTED
        review.cycle.stages.update(opens_on=tomorrow())


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("submitted", "already_submitted"),
        ("withdrawn", "withdrawn"),
        ("released", "already_released"),
        ("closed", "cycle_not_running"),
        ("not open yet", "stage_not_open"),
    ],
)
def test_when_nobody_writes(review, what, code):
    change(review, what)

    assert may_write(acting(review.author), review).code == code


def test_only_what_is_complete_is_submitted(review):
    author = acting(review.author)
    assert may_submit(author, review, contents_of(review)).code == "unanswered"

    fill_in(review)
    assert may_submit(author, review, contents_of(review))


def test_the_author_and_those_in_charge_reopen(review, specialist):
    change(review, "submitted")

    assert may_reopen(acting(review.author), review)
    assert may_reopen(specialist, review)
    assert may_reopen(acting(review.subject), review).code == "not_your_review"


def test_what_is_still_written_is_not_reopened(review):
    assert may_reopen(acting(review.author), review).code == "not_submitted"


def test_a_review_is_handed_over_even_before_writing_opens(review, specialist):
    change(review, "not open yet")

    assert may_hand_over(specialist, review)


def test_a_submitted_review_is_not_handed_over(review, specialist):
    change(review, "submitted")

    assert may_hand_over(specialist, review).code == "already_submitted"


def test_the_hr_partner_cares_for_the_unit_and_below(review):
    inside = acting(PersonFactory(), Role.HR_PARTNER, units=(company(),))
    outside = acting(PersonFactory(), Role.HR_PARTNER, units=(UnitFactory(),))

    assert has_in_care(inside, review.participation)
    assert not has_in_care(outside, review.participation)


def test_nobody_has_themself_in_their_care(review):
    assert not has_in_care(acting(review.subject, Role.SPECIALIST), review.participation)


def test_the_person_signs_after_release(db):
    participation = ParticipationFactory(released=True)

    assert may_sign_off(acting(participation.person), participation)


def test_before_release_there_is_nothing_to_sign(db):
    participation = ParticipationFactory()

    assert may_sign_off(acting(participation.person), participation).code == "not_released"
