import pytest

from evenhand.workshops.kinds import Stage
from evenhand.workshops.models import Placement, Workshop
from tests.factories.people import PersonFactory
from tests.factories.workshops import (
    IncidentFactory,
    WorkshopFactory,
    first_competency,
    place,
    sorters_of,
)

pytestmark = pytest.mark.django_db


def words(answer):
    return " ".join(answer.content.decode().split())


def begun(browser_of, incidents=3, stage=Stage.SORTING):
    workshop = WorkshopFactory(stage=stage, sorters=3, incidents=incidents)
    return workshop, browser_of(sorters_of(workshop)[0].person)


def test_one_goes_from_incident_to_incident_until_all_are_sorted(browser_of):
    workshop, client = begun(browser_of)
    address = f"/workshops/{workshop.pk}/votes/"
    next_one = f"{address}{workshop.incidents.first().pk}/"
    for number in range(3):
        assert f"{number} of 3 sorted" in words(client.get(next_one))
        next_one = client.post(next_one, {"choice": "none"}).url

    assert next_one == address
    seen = words(client.get(address))
    assert "3 of 3 sorted" in seen
    assert "only then do they count" in seen
    client.post(f"{address}handing-in/", {"stage": "sorting"})
    assert "You have handed in." in words(client.get(address))


def test_a_sorter_sees_neither_the_collectors_choice_nor_the_collector(browser_of):
    workshop, client = begun(browser_of, incidents=1)
    incident = workshop.incidents.get()
    seen = words(client.get(f"/workshops/{workshop.pk}/votes/{incident.pk}/"))

    assert incident.situation in seen
    assert "checked" not in seen
    assert incident.collector.person.name not in seen


def test_one_sees_ones_own_vote_and_nobody_elses(browser_of):
    workshop, client = begun(browser_of, incidents=1)
    incident = workshop.incidents.get()
    place(incident, "ABB")
    seen = words(client.get(f"/workshops/{workshop.pk}/votes/{incident.pk}/"))

    assert seen.count("checked") == 1
    own = first_competency(workshop).pk
    assert seen.index(f'value="{own}"') < seen.index("checked")


def test_a_vote_without_a_choice_is_asked_for_again(browser_of):
    workshop, client = begun(browser_of, incidents=1)
    answer = client.post(f"/workshops/{workshop.pk}/votes/{workshop.incidents.get().pk}/")

    assert answer.status_code == 422
    assert "Please choose one of these first." in words(answer)


@pytest.mark.parametrize("choice", ["9", "half", "2.5"])
def test_levels_that_are_none_are_refused(browser_of, choice):
    workshop, client = begun(browser_of, 1, Stage.SCALING)
    address = f"/workshops/{workshop.pk}/votes/{workshop.incidents.get().pk}/"
    assert "Outstanding" in words(client.get(address))

    assert client.post(address, {"choice": choice}).status_code == 422


def test_a_level_is_kept(browser_of):
    workshop, client = begun(browser_of, 1, Stage.SCALING)
    address = f"/workshops/{workshop.pk}/votes/"
    client.post(f"{address}{workshop.incidents.get().pk}/", {"choice": "4"})

    assert "Level 4" in words(client.get(address))


def test_what_is_not_of_this_round_is_not_there(browser_of):
    workshop, client = begun(browser_of)
    other = IncidentFactory()
    for number in (other.pk, 987654):
        assert client.get(f"/workshops/{workshop.pk}/votes/{number}/").status_code == 404
    chosen = {"choice": str(PersonFactory().pk + 5000)}
    first = workshop.incidents.first().pk
    assert client.post(f"/workshops/{workshop.pk}/votes/{first}/", chosen).status_code == 404


def test_with_the_last_one_the_page_says_it_is_over(browser_of):
    workshop = WorkshopFactory(stage=Stage.SORTING, sorters=3, incidents=1)
    for sorter in sorters_of(workshop):
        client = browser_of(sorter.person)
        address = f"/workshops/{workshop.pk}/votes/"
        client.post(f"{address}{workshop.incidents.get().pk}/", {"choice": "none"})
        told = client.post(f"{address}handing-in/", {"stage": "sorting"}, follow=True)

    assert Workshop.objects.get().stage == Stage.SORTED
    assert "See the results" in words(told)
    assert client.get(address).status_code == 409
    assert Placement.objects.count() == 3


def test_a_long_list_is_shown_page_by_page(browser_of):
    workshop, client = begun(browser_of, incidents=51)
    address = f"/workshops/{workshop.pk}/votes/"

    assert "51." not in words(client.get(address))
    assert "51." in words(client.get(f"{address}?after=50"))
