from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from evenhand.goals.measuring import measure_goals
from evenhand.goals.models import GoalOwner
from evenhand.reviews.actions import reopen_review, submit_review
from evenhand.reviews.goals_beside import goals_beside
from evenhand.reviews.models import GoalsSnapshot, Review
from evenhand.reviews.reading import read_both
from tests.factories.check_ins import agreed_goal, checked_in
from tests.factories.cycles import CycleFactory, ParticipationFactory
from tests.factories.reviews import ManagerReviewFactory, acting, fill_in

pytestmark = pytest.mark.django_db

AT = timezone.now()
YEAR = {"period_starts_on": date(2026, 1, 1), "period_ends_on": date(2026, 12, 31)}


@pytest.fixture
def review():
    cycle = CycleFactory(**YEAR)
    cycle.version.sections.filter(place=1).update(shows_goals=True)
    written = fill_in(
        ManagerReviewFactory(participation=ParticipationFactory(cycle=cycle), draft=True)
    )
    return Review.objects.select_related("cycle").get(pk=written.pk)


def measured(review, value, *, weight=None, **given):
    goal = agreed_goal(owner=review.subject, **given)
    GoalOwner.objects.filter(goal=goal).update(weight=weight)
    checked_in(goal, value)
    measure_goals([goal.pk])
    return goal


def test_the_goals_of_the_period_stand_beside_with_their_weighted_score(review):
    measured(review, "80", weight=60)
    measured(review, "30", weight=40)

    (committed,) = goals_beside(review).overall

    assert committed.score == Decimal("0.6")
    assert committed.coverage == 1


def test_committed_and_aspirational_goals_are_told_apart(review):
    measured(review, "80")
    measured(review, "30", ambition="aspirational")

    scores = {o.ambition.value: o.score for o in goals_beside(review).overall}

    assert scores == {"committed": Decimal("0.8"), "aspirational": Decimal("0.3")}


def test_without_goals_the_form_says_so_and_nothing_breaks(review):
    assert goals_beside(review).lines == ()


def test_who_reads_the_review_reads_the_goals_beside_it(review):
    goal = measured(review, "80")

    sheet = read_both(acting(review.author), review.pk).sheet

    assert [line.id for line in sheet.goals.lines] == [goal.pk]
    assert sheet.sections[0].shows_goals


def test_a_form_that_shows_no_goals_asks_for_none():
    review = fill_in(ManagerReviewFactory(draft=True))

    assert read_both(acting(review.author), review.pk).sheet.goals is None


def test_what_stood_there_is_kept_when_the_review_is_handed_in(review):
    goal = measured(review, "80")
    submitted = submit_review(review, by=acting(review.author), at=AT)
    checked_in(goal, "20", on=date(2026, 6, 1))
    measure_goals([goal.pk])

    kept = goals_beside(submitted)

    assert [line.score for line in kept.lines] == [Decimal("0.8")]
    assert kept.kept_at == AT


def test_each_handing_in_keeps_its_own(review):
    goal = measured(review, "80")
    author = acting(review.author)
    first = submit_review(review, by=author, at=AT)
    again = reopen_review(first, reason="A figure was wrong.", by=author, at=AT)
    checked_in(goal, "20", on=date(2026, 6, 1))
    measure_goals([goal.pk])
    second = submit_review(again, by=author, at=AT + timedelta(hours=1))

    assert [line.score for line in goals_beside(second).lines] == [Decimal("0.2")]
    assert GoalsSnapshot.objects.filter(review=review).count() == 2


def test_the_database_refuses_to_change_what_was_kept(review):
    measured(review, "80")
    submit_review(review, by=acting(review.author), at=AT)

    with pytest.raises(DatabaseError), transaction.atomic():
        GoalsSnapshot.objects.update(number=9)
