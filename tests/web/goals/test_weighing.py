import pytest

from evenhand.goals.models import GoalOwner, Weighing
from tests.factories.people import PersonFactory
from tests.web.goals.plans import goal_of, sign_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben():
    return PersonFactory(given_name="Ben", manager=PersonFactory(given_name="Mia"))


@pytest.fixture
def goals(ben):
    return [goal_of(ben) for _n in range(3)]


def weights_of(person):
    return list(
        GoalOwner.objects.filter(person=person).order_by("goal").values_list("weight", flat=True)
    )


def sent(goals, *weights, **more):
    fields = {f"goal-{goal.pk}": weight for goal, weight in zip(goals, weights, strict=True)}
    return fields | more


def test_all_goals_are_weighed_at_once(client, ben, goals):
    sign_in(client, ben)
    page = words(client.get(f"/goals/people/{ben.pk}/weights/"))
    assert "Each weighs between 5 and 60" in " ".join(page.split()).replace("\n", " ")

    response = client.post(f"/goals/people/{ben.pk}/weights/", sent(goals, 50, 30, 20))

    assert response.url == "/goals/"
    assert weights_of(ben) == [50, 30, 20]
    assert Weighing.objects.count() == 3


def test_weights_that_do_not_sum_are_told_and_kept_on_the_page(client, ben, goals):
    sign_in(client, ben)
    response = client.post(f"/goals/people/{ben.pk}/weights/", sent(goals, 50, 30, 30))

    assert response.status_code == 422
    assert "The weights sum to 110." in words(response)
    assert 'value="50"' in words(response)
    assert weights_of(ben) == [None, None, None]


def test_once_weighed_a_change_needs_a_reason(client, ben, goals):
    sign_in(client, ben)
    address = f"/goals/people/{ben.pk}/weights/"
    client.post(address, sent(goals, 50, 30, 20))

    assert client.post(address, sent(goals, 40, 40, 20)).status_code == 422
    client.post(address, sent(goals, 40, 40, 20, reason="The second matters more now."))
    assert weights_of(ben) == [40, 40, 20]


def test_the_manager_weighs_too_and_a_colleague_does_not(client, ben, goals):
    address = f"/goals/people/{ben.pk}/weights/"
    sign_in(client, PersonFactory())
    assert client.get(address).status_code == 403

    manager = ben.lines_to_managers.get().manager
    sign_in(client, manager)
    assert client.post(address, sent(goals, 34, 33, 33)).url == f"/goals/people/{ben.pk}/"


def test_without_goals_there_is_nothing_to_weigh(client, ben):
    sign_in(client, ben)

    assert "Nothing to weigh yet" in words(client.get(f"/goals/people/{ben.pk}/weights/"))
