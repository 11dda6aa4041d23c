from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from evenhand.goals.measuring import measure_goals
from evenhand.reviews.actions import submit_review
from tests.factories.access import AccountFactory
from tests.factories.check_ins import agreed_goal, checked_in
from tests.factories.cycles import CycleFactory, ParticipationFactory
from tests.factories.reviews import ManagerReviewFactory, acting, fill_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    cycle = CycleFactory(period_starts_on=date(2026, 1, 1), period_ends_on=date(2026, 12, 31))
    cycle.version.sections.filter(place=1).update(shows_goals=True)
    part = ParticipationFactory(cycle=cycle)
    goal = agreed_goal(owner=part.person, outcome="Answer customers within one day")
    checked_in(goal, "80")
    measure_goals([goal.pk])
    return fill_in(ManagerReviewFactory(participation=part, draft=True))


def page_of(client, review):
    client.force_login(AccountFactory(person=review.author))
    return client.get(reverse("reviews:review", args=[review.pk])).content.decode()


def test_the_goals_stand_beside_the_form_as_evidence(client, review):
    page = page_of(client, review)

    assert "Answer customers within one day" in page
    assert "from 0 to 100 %" in page
    assert "80% of the way by weight, from 1 of 1 goals" in page
    assert "It is evidence, not a rating" in page


def test_what_was_handed_in_says_of_which_day_the_goals_are(client, review):
    submit_review(review, by=acting(review.author), at=timezone.now())

    page = page_of(client, review)

    assert "Answer customers within one day" in page
    assert "when the review was handed in" in page
