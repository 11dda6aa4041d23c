import pytest

from evenhand.goals.models import GoalRules
from evenhand.kernel.acting import Role
from tests.factories.access import RoleGrantFactory
from tests.factories.people import PersonFactory
from tests.web.goals.plans import sign_in, words

pytestmark = pytest.mark.django_db

RULES = {
    "default_openness": "line",
    "widest_openness": "team",
    "many_goals": "5",
    "most_goals": "8",
    "lowest_weight": "10",
    "highest_weight": "50",
    "cadence_days": "14",
    "grace_days": "2",
    "reason": "Fewer goals, looked at more often.",
}


@pytest.fixture
def as_specialist(client):
    person = PersonFactory()
    RoleGrantFactory(person=person, role=Role.SPECIALIST)
    return sign_in(client, person)


def test_the_specialist_sets_the_rules_and_why_stands_beside_them(as_specialist):
    page = words(as_specialist.post("/goals/rules/", RULES, follow=True))

    assert GoalRules.objects.get().most_goals == 8
    assert "The rules stand from now on." in page
    assert "Fewer goals, looked at more often." in page


def test_rules_that_do_not_fit_together_are_told_on_the_page(as_specialist):
    response = as_specialist.post("/goals/rules/", RULES | {"default_openness": "organization"})

    assert response.status_code == 422
    assert "The usual openness is wider than the widest." in words(response)
    assert "Fewer goals, looked at more often." in words(response)
    assert not GoalRules.objects.exists()


def test_the_usual_openness_and_cadence_stand_in_a_new_goal(as_specialist):
    as_specialist.post("/goals/rules/", RULES)

    page = words(as_specialist.get("/goals/new/"))

    assert 'name="cadence_days" value="14"' in page
    assert '<option value="line" selected>' in page
    assert '<option value="organization">' not in page


def test_others_do_not_set_the_rules(client):
    sign_in(client, PersonFactory())

    assert client.get("/goals/rules/").status_code == 403
    assert client.post("/goals/rules/", RULES).status_code == 403
