from datetime import date

import pytest

from evenhand.goals.models import Goal
from tests.factories.access import AccountFactory
from tests.factories.goals import GoalFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

LAST_YEAR = {"starts_on": date(2025, 1, 1), "due_on": date(2025, 12, 31), "closed": True}


@pytest.fixture
def owner(client):
    person = PersonFactory()
    client.force_login(AccountFactory(person=person))
    return person


def text(response):
    return response.content.decode()


def test_former_goals_become_drafts_of_the_next_period(client, owner):
    former = GoalFactory.create_batch(2, owner=owner, **LAST_YEAR)
    assert former[0].outcome in text(client.get("/goals/copies/"))

    chosen = {"goals": [goal.pk for goal in former], "years": "1"}
    page = text(client.post("/goals/copies/", chosen, follow=True))

    assert "2 drafts are ready" in page
    assert Goal.objects.filter(copied_from__in=former, due_on=date(2026, 12, 31)).count() == 2


def test_without_former_goals_the_page_says_what_will_be_here(client, owner):
    assert "No former goals" in text(client.get("/goals/copies/"))


def test_nothing_chosen_is_said(client, owner):
    GoalFactory(owner=owner, **LAST_YEAR)

    assert client.post("/goals/copies/", {"years": "1"}).status_code == 422


def test_a_manager_begins_goals_of_a_report_anew_and_a_colleague_does_not(client, owner):
    report = PersonFactory(manager=owner)
    former = GoalFactory(owner=report, **LAST_YEAR)
    stranger = PersonFactory()

    url = f"/goals/copies/?for={report.pk}"
    client.post(url, {"goals": [former.pk], "years": "2"})

    assert former.copies.get().due_on == date(2027, 12, 31)
    assert client.get(f"/goals/copies/?for={stranger.pk}").status_code == 404
