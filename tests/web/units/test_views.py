import pytest
from django.utils import timezone

from evenhand.kernel.acting import Role
from evenhand.people.models import Unit, UnitTree
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.factories.people import PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

CHANGES = ["name", "place", "closure"]


@pytest.fixture
def employee(client):
    account = AccountFactory()
    client.force_login(account)
    return account.person


@pytest.fixture
def specialist(employee):
    RoleGrantFactory(person=employee, role=Role.SPECIALIST)
    return employee


def text(response):
    return response.content.decode()


def test_the_tree_is_walked_from_the_top_with_everyone_counted(client, employee):
    top = UnitFactory(name="Hospital")
    ward = UnitFactory(name="Ward", parent=top)
    PersonFactory.create_batch(2, unit=ward)

    page = client.get("/units/")
    below = text(client.get(f"/units/{top.pk}/"))

    assert {row.name: row.people for row in page.context["rows"]} == {"Company": 1, "Hospital": 2}
    assert "2 people work here" in below
    assert "Ward" in below


def test_a_unit_shows_where_it_stands_and_who_works_there(client, employee):
    ward = UnitFactory(name="Ward", parent=UnitFactory(name="Hospital"))
    PersonFactory(unit=ward, family_name="Okafor")

    page = text(client.get(f"/units/{ward.pk}/"))

    assert "Hospital" in page
    assert "Okafor" in page


def test_three_units_cost_as_many_queries_as_one(client, specialist, django_assert_max_num_queries):
    top = UnitFactory()
    PersonFactory(unit=UnitFactory(parent=top))
    with django_assert_max_num_queries(15) as one:
        client.get(f"/units/{top.pk}/")
    for _ in range(2):
        PersonFactory(unit=UnitFactory(parent=top))

    with django_assert_max_num_queries(15) as three:
        client.get(f"/units/{top.pk}/")

    assert len(three) == len(one)


def test_units_are_found_by_words(client, employee):
    UnitFactory(name="Laboratory North")

    assert "Laboratory North" in text(client.get("/units/", {"q": "north lab"}))


@pytest.mark.parametrize("change", CHANGES)
def test_nobody_else_may_change_units(client, employee, change):
    unit = UnitFactory()

    assert client.get(f"/units/{unit.pk}/{change}/").status_code == 403
    assert client.post(f"/units/{unit.pk}/{change}/", {}).status_code == 403
    assert client.get("/units/new/").status_code == 403


@pytest.mark.parametrize("change", CHANGES)
def test_a_form_is_shown_and_an_empty_answer_comes_back(client, specialist, change):
    unit = UnitFactory()

    assert client.get(f"/units/{unit.pk}/{change}/").status_code == 200
    assert client.post(f"/units/{unit.pk}/{change}/", {}).status_code == 422


def test_a_unit_is_added_in_another_renamed_moved_and_closed(client, specialist):
    top, other = UnitFactory(), UnitFactory()
    assert f'value="{top.pk}"' in text(client.get("/units/new/", {"parent": top.pk}))

    new = {"name": "Ward", "code": "W", "parent": top.pk, "on": "2026-01-01"}
    client.post("/units/new/", new)
    ward = Unit.objects.get(code="W")
    client.post(f"/units/{ward.pk}/name/", {"name": "Ward 1"})
    client.post(f"/units/{ward.pk}/place/", {"parent": other.pk, "on": "2026-02-01"})
    assert UnitTree.objects.filter(ancestor=other, descendant=ward).exists()
    client.post(f"/units/{ward.pk}/closure/", {"last_day": "2026-03-01"})

    ward.refresh_from_db()
    assert ward.name == "Ward 1"
    assert not ward.holds_on(timezone.localdate())


def test_a_unit_does_not_move_into_itself(client, specialist):
    top = UnitFactory()
    ward = UnitFactory(parent=top)

    answer = client.post(f"/units/{top.pk}/place/", {"parent": ward.pk, "on": "2026-01-01"})

    assert answer.status_code == 422
    assert "cannot stand in itself" in text(answer)
