import pytest

from evenhand.goals.kinds import GoalKind
from evenhand.goals.models import LibraryGoal
from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.factories.library import LibraryGoalFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

LIBRARY = "/goals/library/"


def signed_in(client, *roles):
    person = PersonFactory(job_family="Finance")
    for role in roles:
        RoleGrantFactory(person=person, role=role)
    client.force_login(AccountFactory(person=person))
    return client


@pytest.fixture
def reader(client):
    return signed_in(client)


@pytest.fixture
def keeper(client):
    return signed_in(client, Role.SPECIALIST)


def written(**changes):
    return {
        "outcome": "Ship every release on the promised day",
        "job_families": "Software\nInformation technology\n",
        "kind": "milestones",
        "ambition": "committed",
        "cadence_days": "30",
        "parts-TOTAL_FORMS": "2",
        "parts-INITIAL_FORMS": "0",
        "parts-0-title": "The first one is out",
        "parts-0-weight": "40",
        "parts-1-title": "The second one is out",
        "parts-1-weight": "60",
    } | changes


def text(response):
    return response.content.decode()


def test_an_empty_library_is_filled_with_one_click_by_who_keeps_it(keeper):
    assert "Bring in 121 goals" in text(keeper.get(LIBRARY))

    page = text(keeper.post(f"{LIBRARY}beginning/", follow=True))

    assert "121 goals are in the library now" in page
    assert LibraryGoal.objects.count() == 121


def test_an_empty_library_tells_everybody_else_what_will_be_there(reader):
    page = text(reader.get(LIBRARY))

    assert "Write a goal" in page
    assert "Bring in" not in page


def test_everybody_starts_from_what_the_library_offers(reader):
    found = LibraryGoalFactory(job_families=["Finance"])

    for page in (text(reader.get(LIBRARY)), text(reader.get(f"{LIBRARY}{found.pk}/"))):
        assert f"/goals/new/?library={found.code}" in page
        assert "Offer it no longer" not in page


def test_the_library_is_searched_by_family_kind_and_words(reader):
    wanted = LibraryGoalFactory(outcome="Close the books", job_families=["Finance"])
    other = LibraryGoalFactory(outcome="Ship it", kind=GoalKind.YES_NO, job_families=["Software"])

    for asked in ({"family": "Finance"}, {"kind": "kpi"}, {"q": "books"}):
        page = text(reader.get(LIBRARY, asked))
        assert wanted.outcome in page
        assert other.outcome not in page
    assert "Nothing fits" in text(reader.get(LIBRARY, {"q": "nowhere"}))


def test_a_goal_is_added_with_its_milestones(keeper):
    page = text(keeper.post(f"{LIBRARY}new/", written(), follow=True))

    kept = LibraryGoal.objects.get()
    assert "The second one is out" in page
    assert kept.job_families == ["Software", "Information technology"]
    assert [part["weight"] for part in kept.parts] == [40, 60]


def test_what_is_missing_is_said_beside_the_field(keeper):
    page = keeper.post(f"{LIBRARY}new/", written(outcome=""))

    assert page.status_code == 422
    assert "This field is required" in text(page)
    assert not LibraryGoal.objects.exists()


def test_a_goal_is_changed_on_the_form_that_shows_it(keeper):
    found = LibraryGoalFactory()
    url = f"{LIBRARY}{found.pk}/change/"
    form = keeper.get(url).context["form"]

    keeper.post(url, written(seen=form.initial["seen"]))

    found.refresh_from_db()
    assert found.outcome == "Ship every release on the promised day"


def test_a_goal_is_retired_and_offered_again(keeper):
    found = LibraryGoalFactory()
    url = f"{LIBRARY}{found.pk}/retirement/"

    assert "It is no longer offered" in text(keeper.post(url, follow=True))
    assert found.outcome in text(keeper.get(LIBRARY, {"retired": "on"}))
    assert found.outcome not in text(keeper.get(LIBRARY))
    assert "It is offered again" in text(keeper.post(url, {"again": "yes"}, follow=True))


def test_what_is_retired_is_not_there_for_others(reader):
    found = LibraryGoalFactory(retired=True)

    assert reader.get(f"{LIBRARY}{found.pk}/").status_code == 404
    assert reader.get(f"{LIBRARY}new/").status_code == 404


def test_the_list_costs_the_same_however_long_it_is(reader, django_assert_max_num_queries):
    LibraryGoalFactory.create_batch(30)

    with django_assert_max_num_queries(15):
        reader.get(LIBRARY)
