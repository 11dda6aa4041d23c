import pytest

from evenhand.goals.kinds import Openness
from evenhand.kernel.acting import Role
from tests.factories.people import PersonFactory, UnitFactory
from tests.factories.strategy import ObjectiveFactory, agreed
from tests.web.cycles.test_views import signed_in

pytestmark = pytest.mark.django_db
PART = {"HTTP_HX_REQUEST": "true"}
EVER = {"starts_on": "2020-01-01", "ends_on": "2100-01-01"}


def text(answer):
    return " ".join(answer.content.decode().split())


def test_the_map_teaches_when_it_is_empty(client):
    signed_in(client)

    page = text(client.get("/alignment/"))

    assert "No objective holds today" in page
    assert "My goals" in page


def test_the_map_begins_with_objectives_or_with_units(client):
    signed_in(client, Role.SPECIALIST)
    ObjectiveFactory(title="Customers stay", **EVER)
    UnitFactory(name="Harbour")

    by_objective, by_unit = (
        text(client.get("/alignment/", {"by": by})) for by in ("objective", "unit")
    )

    assert "Customers stay" in by_objective
    assert "No agreed goal yet" in by_objective
    assert "Goals that support nothing" in by_objective
    assert "Harbour" in by_unit
    assert "Customers stay" not in by_unit


def test_without_scripts_every_line_is_a_link_that_leads_down(client):
    signed_in(client, Role.SPECIALIST)
    objective = ObjectiveFactory(title="Customers stay", **EVER)
    top = agreed(objective=objective, outcome="Nine of ten stay", score="0.3")
    agreed(parent=top, outcome="Answer within a day")

    assert f'href="/alignment/?at=o{objective.pk}"' in text(client.get("/alignment/"))
    page = text(client.get("/alignment/", {"at": f"o{objective.pk}"}))
    assert "Nine of ten stay" in page
    assert "Off track" in page
    assert "30%" in page
    assert f'href="/alignment/?at=g{top.pk}"' in page
    page = text(client.get("/alignment/", {"at": f"g{top.pk}"}))
    assert "Answer within a day" in page
    assert "Customers stay" in page


def test_an_objective_is_found_by_its_number(client):
    signed_in(client, Role.SPECIALIST)
    objective = ObjectiveFactory(title="Customers stay", **EVER)

    assert "Customers stay" in text(client.get("/alignment/", {"objective": objective.pk}))


def test_a_branch_comes_as_a_part(client):
    signed_in(client, Role.SPECIALIST)
    objective = ObjectiveFactory(**EVER)
    agreed(objective=objective, outcome="Nine of ten stay")

    part = text(client.get("/alignment/below/", {"at": f"o{objective.pk}"}, **PART))

    assert "Nine of ten stay" in part
    assert "<html" not in part


def test_a_branch_of_many_goals_goes_on(client):
    signed_in(client, Role.SPECIALIST)
    objective, owner = ObjectiveFactory(**EVER), PersonFactory()
    for number in range(52):
        agreed(objective=objective, owner=owner, outcome=f"Outcome {number:02}")

    part = text(client.get("/alignment/below/", {"at": f"o{objective.pk}"}, **PART))

    assert part.count("Outcome") == 50
    assert "Show more" in part


def test_what_is_not_open_to_one_is_not_there(client):
    signed_in(client)
    hidden = agreed(openness=Openness.LINE)

    for address in ("/alignment/", "/alignment/below/"):
        assert client.get(address, {"at": f"g{hidden.pk}"}).status_code == 404
        assert client.get(address, {"at": "g999999"}).status_code == 404
        assert client.get(address, {"at": "nonsense"}).status_code == 404
    assert client.get("/alignment/below/").status_code == 404


def test_above_an_open_goal_what_is_not_open_has_no_name(client):
    signed_in(client)
    hidden = agreed(openness=Openness.LINE, outcome="Between two")
    goal = agreed(parent=hidden, openness=Openness.ORGANIZATION, outcome="Open to all")

    page = text(client.get("/alignment/", {"at": f"g{goal.pk}"}))

    assert "Open to all" in page
    assert "A goal that is not open to you" in page
    assert "Between two" not in page
