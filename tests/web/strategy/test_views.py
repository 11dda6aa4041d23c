from datetime import date

import pytest

from evenhand.goals.kinds import Openness
from evenhand.goals.models import StrategicObjective
from evenhand.kernel.acting import Role
from tests.factories.people import PersonFactory, UnitFactory
from tests.factories.strategy import ObjectiveFactory, agreed
from tests.web.cycles.test_views import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def executive(client):
    return signed_in(client, Role.EXECUTIVE)


def words(**changed):
    owner = PersonFactory()
    said = {
        "title": "Customers stay with us",
        "purpose": "Half of our growth.",
        "person": owner.pk,
        "starts_on": "2026-01-01",
        "last_day": "2026-12-31",
    }
    return said | changed


def text(answer):
    return answer.content.decode()


def test_the_list_teaches_when_it_is_empty(client, executive):
    assert "Set the first one" in text(client.get("/strategy/"))


def test_who_keeps_no_objectives_is_offered_none_to_write(client):
    signed_in(client)

    assert "Set the first one" not in text(client.get("/strategy/"))
    assert client.get("/strategy/new/").status_code == 403


def test_an_objective_is_set_for_the_organization_or_a_unit(client, executive):
    sales = UnitFactory(name="Sales")

    for unit in ("", sales.pk):
        answer = client.post("/strategy/new/", words(unit=unit), follow=True)
        assert "The objective is set" in text(answer)

    assert set(StrategicObjective.objects.values_list("unit", "ends_on")) == {
        (None, date(2027, 1, 1)),
        (sales.pk, date(2027, 1, 1)),
    }


def test_without_a_last_day_it_has_no_end_yet(client, executive):
    answer = client.post("/strategy/new/", words(last_day=""), follow=True)

    assert "No end yet" in text(answer)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": ""}, "This field is required"),
        ({"person": ""}, "Find the owner and choose one."),
        ({"last_day": "2025-12-31"}, "cannot come before the first"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(client, executive, changed, said):
    answer = client.post("/strategy/new/", words(**changed))

    assert answer.status_code == 422
    assert said in text(answer)
    assert not StrategicObjective.objects.exists()


def test_a_change_shows_both_versions_and_why(client, executive):
    objective = ObjectiveFactory(title="Grow")
    form = text(client.get(f"/strategy/{objective.pk}/change/"))
    assert objective.owner.name in form
    sent = words(
        title="Nine of ten customers stay",
        person=objective.owner_id,
        reason="It needs a number.",
        seen=1,
    )

    page = text(client.post(f"/strategy/{objective.pk}/change/", sent, follow=True))

    assert "Nine of ten customers stay" in page
    assert "Grow" in page
    assert "It needs a number." in page


def test_an_objective_is_withdrawn_and_brought_back(client, executive):
    objective = ObjectiveFactory()
    address = f"/strategy/{objective.pk}"

    page = text(
        client.post(f"{address}/withdrawal/", {"reason": "The market is gone."}, follow=True)
    )
    assert "has been withdrawn" in page
    assert "Bring back" in page
    assert client.post(f"{address}/change/", words(reason="x")).status_code == 409

    page = text(client.post(f"{address}/return/", {"reason": "It is back."}, follow=True))
    assert "The objective holds again." in page


def test_the_lists_hold_what_is_now_coming_past_and_withdrawn(client):
    signed_in(client)
    ObjectiveFactory(title="Present", starts_on=date(2020, 1, 1), ends_on=date(2100, 1, 1))
    ObjectiveFactory(title="Future", starts_on=date(2099, 1, 1), ends_on=date(2100, 1, 1))
    ObjectiveFactory(title="Bygone", starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    ObjectiveFactory(title="Given up", withdrawn=True)

    found = {
        shown: {name for name in ("Present", "Future", "Bygone", "Given up") if name in page}
        for shown in ("now", "coming", "past", "withdrawn")
        for page in [text(client.get("/strategy/", {"list": shown}))]
    }

    assert found == {
        "now": {"Present"},
        "coming": {"Future"},
        "past": {"Bygone"},
        "withdrawn": {"Given up"},
    }


def test_an_objective_shows_the_goals_one_may_see(client):
    signed_in(client)
    objective = ObjectiveFactory()
    agreed(objective=objective, outcome="Open to all", openness=Openness.ORGANIZATION)
    agreed(objective=objective, outcome="Between two", openness=Openness.LINE)

    page = text(client.get(f"/strategy/{objective.pk}/"))

    assert "Open to all" in page
    assert "Between two" not in page
