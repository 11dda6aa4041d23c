from decimal import Decimal

import pytest

from evenhand.goals.actions.giving import choose_for_batch, give_goals, prepare_batch
from evenhand.goals.giving import AT_ONCE, Chosen
from evenhand.goals.kinds import GoalState
from evenhand.goals.models import Goal, GoalBatch
from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, RoleGrantFactory, acting
from tests.factories.goals import NOW, draft_for
from tests.factories.library import LibraryGoalFactory
from tests.factories.people import PersonFactory, UnitFactory, company

pytestmark = pytest.mark.django_db

GIVING = "/goals/giving/"
PLAN = {
    "outcome": "Orders leave the house within two days of coming in",
    "kind": "kpi",
    "ambition": "committed",
    "metric": "level",
    "measure": "Share of orders that left in time",
    "unit_of_measure": "%",
    "data_source": "Dispatch list",
    "baseline": "60",
    "target": "90",
    "starts_on": "2026-01-01",
    "due_on": "2027-12-31",
    "cadence_days": "30",
    "openness": "line",
    "parts-TOTAL_FORMS": "0",
    "parts-INITIAL_FORMS": "0",
}


def text(response):
    return response.content.decode()


@pytest.fixture
def manager(client):
    person = PersonFactory(family_name="Manager")
    client.force_login(AccountFactory(person=person))
    return person


@pytest.fixture
def team(manager):
    return [PersonFactory(family_name=name, manager=manager) for name in ("Abel", "Baker")]


@pytest.fixture
def batch(manager, team):
    return prepare_batch(draft_for(manager), by=acting(manager), at=NOW)


def given(batch, person):
    chosen = Chosen(teams=(person.pk,))
    batch = choose_for_batch(batch, chosen, by=acting(person), at=NOW)
    give_goals(batch, "For all of us.", by=acting(person), at=NOW)
    return f"{GIVING}{batch.pk}/"


def test_a_manager_writes_a_goal_chooses_the_team_looks_and_gives_it(client, manager, team):
    assert "Nothing given to many yet" in text(client.get(GIVING))

    page = client.post(f"{GIVING}new/", PLAN, follow=True)
    url = page.request["PATH_INFO"]
    assert "Nobody yet" in text(page)

    page = text(client.post(f"{url}people/", {"teams": manager.pk}, follow=True))
    assert "Give it to 2 people" in page
    assert "Abel" in page

    page = text(client.post(f"{url}proposal/", {"sentence": "For all of us."}, follow=True))
    assert "Each of them still agrees" in page
    assert "Waits for agreement: 2" in page
    assert Goal.objects.filter(state=GoalState.PROPOSED).count() == 2


def test_who_is_left_out_is_named_with_the_reason(client, manager, team, batch):
    stranger = PersonFactory(family_name="Elsewhere")

    page = client.post(f"{GIVING}{batch.pk}/people/", {"people": stranger.pk}, follow=True)

    assert "Elsewhere" in text(page)
    assert "Neither below you nor in your care" in text(page)


def test_people_teams_units_and_jobs_are_added_and_removed(client, manager, team, batch):
    url = f"{GIVING}{batch.pk}/people/"
    unit = UnitFactory(name="Warehouse", parent=company())
    for added in (
        {"people": team[0].pk},
        {"teams": manager.pk},
        {"units": unit.pk},
        {"families": "Engineering"},
        {"titles": "Engineer"},
    ):
        client.post(url, added)

    page = text(client.post(url, {"remove": f"people:{team[0].pk}"}, follow=True))

    batch.refresh_from_db()
    assert batch.chosen == {
        "people": [],
        "teams": [manager.pk],
        "units": [unit.pk],
        "families": ["Engineering"],
        "titles": ["Engineer"],
    }
    assert "Warehouse" in page


def test_people_and_units_are_found_by_name(client, manager, team, batch):
    UnitFactory(name="Warehouse", parent=company())

    asked = {"person_q": "Baker", "unit_q": "ware"}
    page = text(client.get(f"{GIVING}{batch.pk}/", asked))

    assert f'name="people" value="{team[1].pk}"' in page
    assert "Warehouse" in page
    nobody = text(client.get(f"{GIVING}{batch.pk}/", {"person_q": "xyz"}))
    assert "Nobody and no unit is called so" in nobody


def test_a_goal_without_a_sentence_is_not_given(client, manager, team, batch):
    answer = client.post(f"{GIVING}{batch.pk}/proposal/", {"sentence": ""})

    assert answer.status_code == 422
    assert not Goal.objects.exists()


def test_a_goal_that_cannot_be_measured_says_so_before_it_is_given(client, manager, team):
    page = text(client.post(f"{GIVING}new/", PLAN | {"target": ""}, follow=True))

    assert "Say where it should stand at the end" in page
    assert "disabled" in page


def test_the_goal_is_written_anew_until_it_is_given(client, manager, team, batch):
    url = f"{GIVING}{batch.pk}/goal/"

    assert client.post(url, PLAN | {"outcome": ""}).status_code == 422
    page = text(client.post(url, PLAN | {"target": "95"}, follow=True))

    assert "95 %" in page
    given(batch, manager)
    assert client.get(url).status_code == 409


def test_it_is_taken_back_where_nobody_agreed(client, manager, team, batch):
    url = given(batch, manager)

    assert "Take it back where it is not agreed" in text(client.get(url))
    page = text(client.post(f"{url}withdrawal/", follow=True))

    assert "Taken back: 2" in page
    assert "Take it back where it is not agreed" not in page


def test_what_was_interrupted_can_go_on(client, manager, team, batch):
    url = given(batch, manager)
    newcomer = PersonFactory(manager=manager)
    GoalBatch.objects.update(recipients=[*(one.pk for one in team), newcomer.pk])

    assert "1 person does not have it yet" in text(client.get(url))
    page = text(client.post(f"{url}continuation/", follow=True))

    assert "Waits for agreement: 3" in page
    assert "does not have it yet" not in page


def test_many_get_it_by_a_job_that_shows_how_far_it_is(client, manager, team, batch):
    PersonFactory.create_batch(AT_ONCE, manager=manager)

    url = given(batch, manager)

    assert "Giving “" in text(client.get(url))


def test_a_goal_of_the_library_is_meant_for_its_job_families(client, manager, team):
    RoleGrantFactory(person=manager, role=Role.SPECIALIST)
    found = LibraryGoalFactory(job_families=["Engineering"])
    url = f"{GIVING}new/?library={found.code}"

    assert found.outcome in text(client.get(url))
    page = client.post(url, PLAN | {"outcome": found.outcome}, follow=True)

    assert GoalBatch.objects.get().draft["library_code"] == found.code
    assert "job family" in text(page)
    assert "Abel" in text(page)


def test_a_batch_in_preparation_is_put_away(client, manager, team, batch):
    page = client.post(f"{GIVING}{batch.pk}/removal/", follow=True)

    assert "It is put away" in text(page)
    assert not GoalBatch.objects.exists()


def test_for_others_neither_the_batch_nor_the_place_is_there(client, batch):
    client.force_login(AccountFactory())

    for url in (GIVING, f"{GIVING}new/", f"{GIVING}{batch.pk}/"):
        assert client.get(url).status_code == 404
    assert client.post(f"{GIVING}{batch.pk}/people/").status_code == 404


def test_pages_cost_the_same_for_more_people(
    client, manager, team, batch, django_assert_max_num_queries
):
    PersonFactory.create_batch(10, manager=manager)
    choose_for_batch(batch, Chosen(teams=(manager.pk,)), by=acting(manager), at=NOW)
    other = prepare_batch(draft_for(manager, target=Decimal(80)), by=acting(manager), at=NOW)

    with django_assert_max_num_queries(22):
        client.get(f"{GIVING}{batch.pk}/")
    url = given(other, manager)
    with django_assert_max_num_queries(18):
        client.get(url)
