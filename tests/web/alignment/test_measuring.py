import pytest

from evenhand.goals.models import Goal
from evenhand.kernel.acting import Role
from tests.factories.people import PersonFactory, UnitFactory
from tests.factories.strategy import ObjectiveFactory, agreed
from tests.web.alignment.test_views import EVER, text
from tests.web.cycles.test_views import signed_in

pytestmark = pytest.mark.django_db


def test_each_figure_says_what_it_is_made_of(client):
    signed_in(client, Role.SPECIALIST)
    for _n in range(7):
        agreed(objective=ObjectiveFactory(**EVER))
    for _n in range(3):
        agreed()
    ObjectiveFactory(**EVER)

    page = text(client.get("/alignment/figures/"))

    assert "70%" in page
    assert "7 of 10 active goals" in page
    assert "Not reached" in page
    assert "7 of 8 objectives" in page
    assert "of 10 people" in page


def test_without_goals_nothing_is_judged(client):
    signed_in(client, Role.SPECIALIST)

    assert "No active goals here yet" in text(client.get("/alignment/figures/"))


def test_a_partner_looks_into_the_units_in_their_care(client):
    sales = UnitFactory(name="Sales")
    inner = UnitFactory(name="Inner sales", parent=sales)
    signed_in(client, Role.HR_PARTNER, sales)
    agreed(unit=inner)

    page = text(client.get("/alignment/figures/"))
    assert "Sales" in page
    assert f"?unit={inner.pk}" in page
    assert "1 active goals of 1 person" in text(
        client.get("/alignment/figures/", {"unit": inner.pk})
    )
    assert client.get("/alignment/figures/", {"unit": UnitFactory().pk}).status_code == 403


def test_a_manager_finds_the_people_below(client):
    me = signed_in(client)
    owner = PersonFactory(manager=None)
    agreed(owner=owner)
    assert client.get("/alignment/figures/").status_code == 404
    assert client.get("/alignment/figures/", {"team": 1}).status_code == 403

    report = PersonFactory(manager=PersonFactory._meta.model.objects.get(pk=me.person_id))
    agreed(owner=report, objective=ObjectiveFactory(**EVER))

    page = text(client.get("/alignment/figures/"))
    assert "People below me" in page
    assert "1 of 1 active goals" in page


def test_an_executive_gets_no_figures_about_a_few(client):
    signed_in(client, Role.EXECUTIVE)
    for _n in range(4):
        agreed()
    assert "Fewer than five people" in text(client.get("/alignment/figures/"))

    agreed()
    assert "0 of 5 active goals" in text(client.get("/alignment/figures/"))


def test_many_goals_are_counted_once_in_a_while(client, monkeypatch):
    signed_in(client, Role.SPECIALIST)
    monkeypatch.setattr("evenhand.goals.alignment.WORTH_KEEPING", 2)
    agreed()
    assert "0 of 1 active goals" in text(client.get("/alignment/figures/"))
    agreed()
    assert "0 of 2 active goals" in text(client.get("/alignment/figures/"))
    Goal.objects.all().delete()

    assert "0 of 2 active goals" in text(client.get("/alignment/figures/"))
