import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.kernel.acting import Role
from tests.factories.access import RoleGrantFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_people_come_in_pages_and_each_once(machine):
    caller = PersonFactory()
    everybody = {caller.pk, *(person.pk for person in PersonFactory.create_batch(4))}
    client = machine(caller)

    seen, cursor = [], ""
    while True:
        page = client.get("/api/v1/people/", {"limit": 2, "cursor": cursor}).json()
        seen += [person["id"] for person in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break

    assert sorted(seen) == sorted(everybody)


def test_people_are_found_by_the_beginnings_of_their_names(machine):
    PersonFactory(given_name="Zoë", family_name="Okonkwo")

    found = machine(PersonFactory()).get("/api/v1/people/", {"q": "oko zoe"}).json()["items"]

    assert [person["name"] for person in found] == ["Zoë Okonkwo"]


def test_a_person_comes_with_position_and_manager(machine):
    manager = PersonFactory()
    person = PersonFactory(manager=manager, title="Welder")

    said = machine(manager).get(f"/api/v1/people/{person.pk}").json()

    assert (said["title"], said["manager_id"]) == ("Welder", manager.pk)


def test_who_has_left_is_there_for_the_specialist_only(machine):
    gone = PersonFactory(left_on="2024-01-01")
    specialist = RoleGrantFactory(role=Role.SPECIALIST).person
    url = f"/api/v1/people/{gone.pk}"

    assert machine(specialist, Role.SPECIALIST).get(url).status_code == 200
    assert machine(specialist).get(url).status_code == 404
    assert machine(PersonFactory()).get(url).status_code == 404


def test_a_list_costs_the_same_for_one_and_three(machine):
    client = machine(PersonFactory())
    client.get("/api/v1/people/")
    with CaptureQueriesContext(connection) as for_one:
        client.get("/api/v1/people/")
    PersonFactory.create_batch(2)
    with CaptureQueriesContext(connection) as for_three:
        client.get("/api/v1/people/")

    assert len(for_one) == len(for_three)


@pytest.mark.parametrize("asked", ["limmit=1", "=1", "q=Ada&page=2"])
def test_a_slip_of_the_pen_in_the_address_is_noticed(machine, asked):
    answer = machine(PersonFactory()).get(f"/api/v1/people/?{asked}")

    assert answer.status_code == 422
    assert "knows no" in answer.json()["errors"][0]["detail"]
