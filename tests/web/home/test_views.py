from datetime import datetime

import pytest
from django.utils import timezone

from evenhand.access.models import Delegation
from evenhand.web.home.views import greeting
from tests.factories.access import AccountFactory, DelegationFactory
from tests.factories.assessments import PartFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import ManagerReviewFactory, SelfReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo(client):
    bo = PersonFactory(given_name="Bo")
    client.force_login(AccountFactory(person=bo))
    return bo


def home(client):
    return client.get("/").content.decode()


@pytest.mark.parametrize(("hour", "words"), [(8, "morning"), (12, "afternoon"), (18, "evening")])
def test_one_is_greeted_as_the_hour_has_it(hour, words):
    assert words in greeting(datetime(2026, 11, 22, hour, tzinfo=timezone.get_current_timezone()))


def test_home_says_what_needs_the_person_now(client, bo):
    own = SelfReviewFactory(participation__person=bo, draft=True)
    ManagerReviewFactory(author=bo, participation__cycle=own.cycle)
    page = home(client)

    assert ", Bo" in page
    assert "Write your self review" in page
    assert "draft saved" in page
    assert f'href="/reviews/{own.pk}/"' in page


def test_a_released_review_is_there_to_be_read(client, bo):
    ManagerReviewFactory(participation__person=bo, participation__released=True, submitted=True)

    assert "Read your review and sign it" in home(client)


def test_when_nothing_waits_home_says_so(client, bo):
    assert "Nothing needs you now" in home(client)


def test_home_asks_the_same_whatever_waits(client, bo, django_assert_max_num_queries):
    for _ in range(12):
        ManagerReviewFactory(author=bo)

    with django_assert_max_num_queries(16):
        home(client)


def test_home_offers_to_act_for_whom_one_stands_in(client, bo):
    DelegationFactory(delegate=bo, principal__given_name="Ada", reason="On leave.")

    page = home(client)
    assert "Act for Ada" in page

    client.post("/profile/acting/", {"delegation": Delegation.objects.get().pk})
    assert "Act for Ada" not in home(client)


def test_home_says_in_which_assessments_one_is_asked(client, bo):
    part = PartFactory(assessor=bo)

    page = home(client)
    assert f"What you see of {part.assessment.subject.name}" in page
    assert f"/assessments/parts/{part.pk}/" in page
