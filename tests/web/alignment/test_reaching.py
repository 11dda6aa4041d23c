import pytest

from evenhand.kernel.acting import Role
from evenhand.people.models import Person
from tests.factories.access import RoleGrantFactory
from tests.factories.people import UnitFactory, company
from tests.factories.strategy import ObjectiveFactory, agreed
from tests.web.alignment.test_views import EVER, text
from tests.web.cycles.test_views import signed_in

pytestmark = pytest.mark.django_db


def test_leaders_read_how_far_groups_are(client):
    signed_in(client, Role.EXECUTIVE)
    objective = ObjectiveFactory(title="Customers stay", **EVER)
    sales, works = (UnitFactory(name=name, parent=company()) for name in ("Sales", "Works"))
    for _n in range(6):
        agreed(objective=objective, unit=sales, score="0.5")
    for _n in range(2):
        agreed(objective=objective, unit=works, score="0.9")

    page = text(client.get("/alignment/results/"))

    assert "60%" in page
    assert "8 goals of 8 people, 100% measured" in page
    assert page.count("Hidden </span>") == 2  # the small unit, and the next one with it
    assert "90%" not in page


def test_before_there_are_objectives_the_page_says_what_will_come(client):
    signed_in(client, Role.EXECUTIVE)

    assert "Results appear once" in text(client.get("/alignment/results/"))


def test_leaders_of_two_units_choose_between_them(client):
    sales, works = UnitFactory(name="Sales"), UnitFactory(name="Works")
    actor = signed_in(client, Role.EXECUTIVE, sales)
    person = Person.objects.get(pk=actor.person_id)
    RoleGrantFactory(person=person, role=Role.EXECUTIVE, unit=works)

    page = text(client.get("/alignment/results/", {"unit": works.pk}))

    assert f"?unit={sales.pk}" in page
    assert "Works" in page


def test_others_find_nothing_here(client):
    signed_in(client)

    assert client.get("/alignment/results/").status_code == 404
    assert client.get("/alignment/results/", {"unit": UnitFactory().pk}).status_code == 403
