from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from evenhand.goals.actions.agreeing import propose_goal
from evenhand.goals.kinds import GoalState, NoteKind
from evenhand.goals.models import Agreement
from tests.factories.access import acting
from tests.factories.goals import GoalVersionFactory
from tests.factories.people import PersonFactory
from tests.web.goals.plans import goal_of, sign_in, words

pytestmark = pytest.mark.django_db

SENTENCE = "I make sure that orders leave in time."


@pytest.fixture
def mia():
    return PersonFactory(given_name="Mia", family_name="Manager")


@pytest.fixture
def ben(mia):
    return PersonFactory(given_name="Ben", family_name="Worker", manager=mia)


@pytest.fixture
def draft(ben):
    return goal_of(ben, draft=True)


@pytest.fixture
def proposed(ben, draft):
    actor = acting(ben, on=timezone.localdate())
    return propose_goal(draft, SENTENCE, by=actor, at=timezone.now())


def post(client, goal, part, **form):
    return client.post(f"/goals/{goal.pk}/{part}/", form, follow=True)


def test_a_draft_is_proposed_with_a_sentence(client, ben, draft):
    sign_in(client, ben)
    page = words(client.get(f"/goals/{draft.pk}/proposal/"))
    assert "By proposing you agree to it yourself" in page

    page = words(post(client, draft, "proposal", sentence=SENTENCE, seen=1, is_a_stretch="on"))

    draft.refresh_from_db()
    kept = Agreement.objects.get().sentence
    assert draft.state == GoalState.PROPOSED
    assert kept.startswith(SENTENCE)
    assert "It asks for more than would happen anyway." in kept
    assert "could hardly be reached" not in kept
    assert "It waits for the agreement of:" in page
    assert "Mia Manager" in page


def test_what_cannot_be_agreed_yet_is_told_beside_the_sentence(client, ben):
    draft = goal_of(ben, draft=True, measure="", data_source="")
    sign_in(client, ben)

    response = client.post(f"/goals/{draft.pk}/proposal/", {"sentence": SENTENCE})

    assert response.status_code == 422
    assert "Say where the figures come from." in words(response)
    assert SENTENCE in words(response)
    draft.refresh_from_db()
    assert draft.state == GoalState.DRAFT


def test_without_a_sentence_nothing_is_proposed(client, ben, draft):
    sign_in(client, ben)

    assert client.post(f"/goals/{draft.pk}/proposal/", {}).status_code == 422
    assert not Agreement.objects.exists()


def test_the_manager_reads_the_plan_and_agrees(client, mia, proposed):
    sign_in(client, mia)
    page = words(client.get(f"/goals/{proposed.pk}/agreement/"))
    assert "The plan as it will stand" in page
    assert SENTENCE in page

    page = words(post(client, proposed, "agreement", sentence="I clear the way.", seen=1))

    proposed.refresh_from_db()
    assert proposed.state == GoalState.ACTIVE
    assert "All have agreed." in page
    assert "I clear the way." in page


def test_agreeing_twice_keeps_one_agreement(client, mia, proposed):
    sign_in(client, mia)
    first, second = (
        client.post(f"/goals/{proposed.pk}/agreement/", {"sentence": "Yes.", "seen": 1})
        for _time in range(2)
    )

    assert (first.status_code, second.status_code) == (302, 409)
    assert Agreement.objects.filter(person=mia).count() == 1


def test_nobody_agrees_to_words_they_have_not_read(client, mia, proposed):
    GoalVersionFactory(goal=proposed, was_proposed=False)
    sign_in(client, mia)

    response = client.post(f"/goals/{proposed.pk}/agreement/", {"sentence": "Yes.", "seen": 1})

    assert response.status_code == 409
    assert not Agreement.objects.filter(person=mia).exists()


def test_who_has_no_side_does_not_agree(client, proposed):
    above = PersonFactory()
    sign_in(client, above)

    assert client.get(f"/goals/{proposed.pk}/agreement/").status_code == 404


def test_sent_back_it_is_a_draft_again_with_the_comment(client, ben, mia, proposed):
    sign_in(client, mia)
    response = post(client, proposed, "objection", words="Make it ninety-five.")

    proposed.refresh_from_db()
    assert proposed.state == GoalState.DRAFT
    assert response.redirect_chain[-1][0] == "/"  # a draft is its author's own
    assert proposed.notes.get().kind == NoteKind.SENT_BACK
    sign_in(client, ben)
    assert "Make it ninety-five." in words(client.get(f"/goals/{proposed.pk}/"))


def test_sending_back_needs_words(client, mia, proposed):
    sign_in(client, mia)

    assert client.post(f"/goals/{proposed.pk}/objection/", {"words": " "}).status_code == 422
    proposed.refresh_from_db()
    assert proposed.state == GoalState.PROPOSED


def test_who_proposed_takes_it_back(client, ben, proposed):
    sign_in(client, ben)
    page = words(post(client, proposed, "withdrawal"))

    proposed.refresh_from_db()
    assert proposed.state == GoalState.DRAFT
    assert "Your proposal is taken back." in page


def test_both_write_to_each_other(client, mia, proposed):
    sign_in(client, mia)
    page = words(post(client, proposed, "notes", words="When shall we talk?"))

    assert "When shall we talk?" in page
    assert "Mia Manager wrote" in page
    assert "Write a few words first" in words(post(client, proposed, "notes", words=""))


def test_a_target_that_moves_late_is_shown_with_both_scores(client, ben, mia):
    goal = goal_of(ben, actual=Decimal(75), score=Decimal("0.5"), starts_on=date(2020, 1, 1))
    GoalVersionFactory(goal=goal, agreed_at=None, target=Decimal(80), reason="The market turned.")
    sign_in(client, mia)

    page = words(client.get(f"/goals/{goal.pk}/agreement/"))

    assert "The market turned." in page
    assert "90 %" in page
    assert "80 %" in page
    assert "the score is 50% on" in " ".join(page.split())
    assert "75% on the new one" in " ".join(page.split())
