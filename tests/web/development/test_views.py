from datetime import date

import pytest
from django.urls import reverse

from evenhand.audit.models import Entry
from evenhand.development.kinds import ActionState, PlanState
from evenhand.development.models import DevelopmentPlan
from evenhand.goals.kinds import GoalKind
from evenhand.kernel.acting import Role
from tests.factories.access import AccountFactory, RoleGrantFactory
from tests.factories.assessments import AssessmentFactory, answer, closed
from tests.factories.development import MENTORING, agreed, begun, proposed
from tests.factories.goals import GoalFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

FORM = {
    "starts_on": "2026-11-22",
    "due_on": "2027-11-21",
    "strengths": "Listens well.",
    "needs": "Planning.",
    "actions-TOTAL_FORMS": "2",
    "actions-INITIAL_FORMS": "0",
    "actions-0-what": "Lead the next planning",
    "actions-0-support": "mentor",
    "actions-0-support_words": "Ada",
    "actions-0-due_on": "2027-03-31",
    "actions-1-what": "",
    "actions-1-support": "practice",
}


@pytest.fixture
def mia():
    return PersonFactory(given_name="Mia")


@pytest.fixture
def ben(mia):
    return PersonFactory(given_name="Ben", family_name="Subject", manager=mia)


@pytest.fixture
def sign_in(client):
    def sign_in(person):
        client.force_login(AccountFactory(person=person))
        return client

    return sign_in


def address(name, *args):
    return reverse(f"development:{name}", args=args)


def text(answered):
    return " ".join(answered.content.decode().split())


def test_an_empty_page_says_what_a_plan_is(sign_in):
    page = text(sign_in(PersonFactory()).get(reverse("development")))

    assert "A development plan says what you are good at" in page
    assert address("new") in page


def test_a_plan_is_begun_with_what_the_newest_assessment_says(sign_in, ben, mia):
    one = AssessmentFactory(subject=ben, manager=mia)
    answer(one, ben, [2, 3, 4])
    closed(one)
    page = text(sign_in(ben).get(address("new")))

    assert "Writing Planning</textarea>" in page
    assert "Listening</textarea>" in page
    link = f"{reverse('goals:new_goal')}?for={ben.pk}&amp;kind=learning&amp;outcome=Listening"
    assert link in page


def test_the_goal_form_opens_with_the_words_that_were_given(sign_in, ben):
    asked = {"outcome": "Plan two weeks ahead", "kind": "learning"}
    answered = sign_in(ben).get(reverse("goals:new_goal"), asked)

    form = answered.context["form"]
    assert form.initial["outcome"] == "Plan two weeks ahead"
    assert form.initial["kind"] == GoalKind.LEARNING


def test_a_manager_writes_for_somebody_below_and_proposes(sign_in, ben, mia):
    client = sign_in(mia)
    client.post(f"{address('new')}?for={ben.pk}", FORM)
    plan = DevelopmentPlan.objects.get(person=ben)
    assert plan.versions.get().author == mia

    client.post(address("proposal", plan.pk), {"sentence": "I see to the time."})
    plan.refresh_from_db()
    assert plan.state == PlanState.PROPOSED
    page = text(client.get(address("plan", plan.pk)))
    assert "I see to the time." in page
    assert "Take it back" in page


def test_an_action_without_a_day_comes_back_with_its_words(sign_in, ben):
    answered = sign_in(ben).post(address("new"), FORM | {"actions-0-due_on": ""})

    assert answered.status_code == 422
    assert "Say until when." in text(answered)
    assert "Lead the next planning" in text(answered)
    assert not DevelopmentPlan.objects.exists()


def test_the_days_of_a_plan_follow_one_another(sign_in, ben):
    answered = sign_in(ben).post(address("new"), FORM | {"due_on": "2020-01-01"})

    assert "The last day lies before the first day." in text(answered)


def test_the_other_side_agrees_to_what_was_read(sign_in, ben, mia):
    plan = proposed(ben, by=mia)
    client = sign_in(ben)
    assert 'name="seen" value="1"' in text(client.get(address("plan", plan.pk)))
    client.post(address("agreement", plan.pk), {"sentence": "I want this.", "seen": "1"})

    page = text(client.get(address("plan", plan.pk)))
    assert "What we agreed" in page
    assert "I want this." in page
    assert MENTORING.what in page


def test_a_proposal_is_sent_back_with_words(sign_in, ben, mia):
    plan = proposed(ben, by=mia)
    client = sign_in(ben)
    client.post(address("objection", plan.pk), {"words": "More practice, please."})

    page = text(client.get(address("plan", plan.pk)))
    assert "More practice, please." in page
    assert "read by its author alone" in page


def test_a_change_begins_with_what_stands(sign_in, ben, mia):
    own = GoalFactory(owner=ben, kind=GoalKind.LEARNING)
    plan = agreed(ben, mia, goal_ids=frozenset({own.pk}))
    client = sign_in(ben)
    page = text(client.get(address("draft", plan.pk)))
    assert MENTORING.what in page
    assert 'value="1-1"' in page
    words = FORM | {"actions-0-key": "1-1", "goals": [str(own.pk)]}
    client.post(address("draft", plan.pk), words)

    version = plan.versions.latest("number")
    assert (version.number, version.author, version.agreed_at) == (2, ben, None)
    assert list(version.goals.all()) == [own]


def test_what_became_of_an_action_is_noted(sign_in, ben, mia):
    action = agreed(ben, mia).actions_agreed.get()
    client = sign_in(ben)
    client.post(address("action", action.pk), {"state": "done"})
    action.refresh_from_db()
    assert action.state == ActionState.DONE
    client.post(address("action", action.pk), {"state": "dropped", "reason": "Ada has left."})

    assert "Ada has left." in text(client.get(address("plan", action.plan_id)))


def test_a_state_that_is_none_changes_nothing(sign_in, ben, mia):
    action = agreed(ben, mia).actions_agreed.get()
    answered = sign_in(ben).post(address("action", action.pk), {"state": "perhaps"})

    assert answered.status_code == 409


def test_notes_carry_the_day_on_which_the_plan_was_looked_at(sign_in, ben, mia):
    plan = agreed(ben, mia)
    client = sign_in(mia)
    client.post(address("notes", plan.pk), {"on": "2026-11-20", "text": "It goes well."})

    assert plan.notes.get().on == date(2026, 11, 20)
    assert "It goes well." in text(client.get(address("plan", plan.pk)))


def test_a_plan_is_closed_and_stays_to_be_read(sign_in, ben, mia):
    plan = agreed(ben, mia)
    client = sign_in(ben)
    client.post(address("closing", plan.pk))

    page = text(client.get(address("plan", plan.pk)))
    assert "What we agreed" in page
    assert "Keep this note" not in page


def test_a_team_is_listed_with_its_plans(sign_in, ben, mia):
    PersonFactory(manager=mia, given_name="Ada")
    plan = agreed(ben, mia)
    page = text(sign_in(mia).get(address("team")))

    assert address("plan", plan.pk) in page
    assert "Ada" in page
    assert "Begin a plan" in page


def test_a_plan_can_be_taken_as_a_document(sign_in, ben, mia):
    plan = agreed(ben, mia)
    answered = sign_in(ben).get(address("document", plan.pk))

    assert answered["Content-Type"] == "application/pdf"
    assert answered.content.startswith(b"%PDF")


def test_who_reads_by_role_is_put_on_record(sign_in, ben, mia):
    plan = agreed(ben, mia)
    specialist = PersonFactory()
    RoleGrantFactory(person=specialist, role=Role.SPECIALIST)
    sign_in(specialist).get(address("plan", plan.pk))

    assert Entry.objects.filter(code="development.read", by_id=specialist.pk).count() == 1


def test_a_draft_of_the_other_side_is_not_there(sign_in, ben, mia):
    plan = begun(ben, by=mia)

    assert sign_in(ben).get(address("plan", plan.pk)).status_code == 404
