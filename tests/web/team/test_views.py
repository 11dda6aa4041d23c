import pytest

from tests.factories.access import AccountFactory
from tests.factories.cycles import CycleFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import ManagerReviewFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo(client):
    bo = PersonFactory()
    client.force_login(AccountFactory(person=bo))
    return bo


def team(client, headers=None, **asked):
    return client.get("/team/", asked, headers=headers).content.decode()


def test_a_team_shows_each_person_with_the_state_of_both_reviews(client, bo):
    cy = PersonFactory(manager=bo, given_name="Cy", family_name="Young")
    review = ManagerReviewFactory(author=bo, participation__person=cy, draft=True)

    page = team(client)

    assert "Cy Young" in page
    assert "In writing" in page
    assert f'href="/reviews/{review.pk}/"' in page


def test_people_are_found_by_a_part_of_the_page(client, bo):
    PersonFactory(manager=bo, family_name="Young")
    PersonFactory(manager=bo, family_name="Zimmer")

    part = team(client, q="zim", headers={"HX-Request": "true"})

    assert "Zimmer" in part
    assert "Young" not in part
    assert "<html" not in part


def test_nobody_found_says_what_to_try(client, bo):
    assert "Nobody here has this name" in team(client, q="nobody")


def test_without_a_team_the_page_says_who_would_stand_there(client, bo):
    assert "Nobody reports to you" in team(client)


def test_an_odd_address_is_no_trouble(client, bo):
    CycleFactory()

    assert client.get("/team/", {"cycle": "x", "reach": "?", "q": "\x00"}).status_code == 200
    assert client.get("/team/", {"cursor": "!!"}).status_code == 422


def test_a_team_asks_the_same_for_one_and_for_many(client, bo, django_assert_max_num_queries):
    cycle = CycleFactory()
    for _ in range(8):
        ManagerReviewFactory(author=bo, participation__cycle=cycle)

    with django_assert_max_num_queries(15):
        assert team(client).count("Not started") == 8
