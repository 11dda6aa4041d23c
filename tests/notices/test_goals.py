"""The other sides are told what happens to a goal; nobody is told of their own deed."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from evenhand.goals.actions.agreeing import (
    agree_to_goal,
    propose_change,
    propose_goal,
    send_back_goal,
    take_back_proposal,
)
from evenhand.goals.actions.ending import approve_drop, close_goal, drop_goal, take_up_again
from evenhand.goals.actions.weighing import weigh_goals
from evenhand.goals.actions.writing import write_goal
from evenhand.goals.drafts import GoalChange
from evenhand.goals.kinds import Scope
from evenhand.kernel.acting import Role
from evenhand.notices.kinds import NoticeKind
from evenhand.notices.models import Message
from evenhand.notices.sending import mail_of
from tests.factories.access import acting, with_role
from tests.factories.goals import GoalFactory, draft_for
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

SECRET = "Nobody else should know this"


@pytest.fixture
def ada():
    return PersonFactory(given_name="Ada", family_name="Stone")


@pytest.fixture
def ben(ada):
    return PersonFactory(given_name="Ben", family_name="Reed", manager=ada)


@pytest.fixture
def tell(django_capture_on_commit_callbacks):
    """Do something, and say who is told of what."""

    def tell(act, *args, by, **kwargs):
        Message.objects.all().delete()
        actor = by if hasattr(by, "person_id") else acting(by, on=timezone.localdate())
        with django_capture_on_commit_callbacks(execute=True):
            act(*args, by=actor, at=timezone.now(), **kwargs)
        return {(message.kind, message.person) for message in Message.objects.all()}

    return tell


def draft(owner, **fields):
    year = timezone.localdate().year
    days = {"starts_on": date(year, 1, 1), "due_on": date(year, 12, 31)}
    plan = draft_for(owner, outcome=f"{SECRET} about our orders", **days | fields)
    author = acting(owner, on=timezone.localdate())
    return write_goal(plan, by=author, at=timezone.now())


def proposed(owner, **fields):
    goal = draft(owner, **fields)
    author = acting(owner, on=timezone.localdate())
    return propose_goal(goal, SECRET, by=author, at=timezone.now())


def test_the_manager_is_told_of_a_proposal(tell, ada, ben):
    assert tell(propose_goal, draft(ben), "Yes.", by=ben) == {(NoticeKind.GOAL_PROPOSED, ada)}


def test_everybody_who_still_has_to_agree_is_told(tell, ada, ben):
    other = PersonFactory()
    goal = draft(ben, scope=Scope.TEAM, co_owner_ids=(other.pk,))

    assert {person for _kind, person in tell(propose_goal, goal, "Yes.", by=ben)} == {ada, other}


def test_what_is_taken_back_at_once_is_told_to_nobody(tell, ben):
    def propose_and_take_back(goal, *, by, at):
        propose_goal(goal, "Yes.", by=by, at=at)
        take_back_proposal(goal, by=by, at=at)

    assert tell(propose_and_take_back, draft(ben), by=ben) == set()


def test_where_a_specialist_agrees_no_single_one_is_told(tell):
    with_role(Role.SPECIALIST)
    alone = PersonFactory()

    assert tell(propose_goal, draft(alone), "Yes.", by=alone) == set()


def test_the_others_are_told_that_all_have_agreed(tell, ada, ben):
    other = PersonFactory()
    goal = proposed(ben, scope=Scope.TEAM, co_owner_ids=(other.pk,))

    assert tell(agree_to_goal, goal, "Yes.", by=other, seen=1) == set()
    assert tell(agree_to_goal, goal, "Yes.", by=ada, seen=1) == {
        (NoticeKind.GOAL_AGREED, ben),
        (NoticeKind.GOAL_AGREED, other),
    }


def test_who_proposed_is_told_of_sending_back(tell, ada, ben):
    told = tell(send_back_goal, proposed(ben), SECRET, by=ada)

    assert told == {(NoticeKind.GOAL_SENT_BACK, ben)}


def test_a_change_is_told_as_a_change(tell, ada, ben):
    goal = GoalFactory(owner=ben)
    change = GoalChange(draft_for(ben, target=Decimal(80)), SECRET, SECRET)

    assert tell(propose_change, goal, change, by=ada) == {(NoticeKind.GOAL_CHANGE_PROPOSED, ben)}
    assert tell(send_back_goal, goal, "No.", by=ben) == {(NoticeKind.GOAL_SENT_BACK, ada)}


def test_the_other_side_is_told_of_endings_and_of_what_waits_to_be_approved(tell, ada, ben):
    goal = GoalFactory(owner=ben)

    assert tell(drop_goal, goal, SECRET, by=ben) == {(NoticeKind.GOAL_DROPPED, ada)}
    assert tell(approve_drop, goal, by=ada) == {(NoticeKind.GOAL_DROP_APPROVED, ben)}
    assert tell(take_up_again, goal, SECRET, by=ada) == {(NoticeKind.GOAL_TAKEN_UP, ben)}
    assert tell(close_goal, goal, SECRET, by=ben) == {(NoticeKind.GOAL_CLOSED, ada)}


def test_the_other_side_is_told_of_new_weights(tell, ada, ben):
    goal = GoalFactory(owner=ben)

    assert tell(weigh_goals, ben, {goal.pk: 100}, "", by=ben) == {(NoticeKind.GOALS_WEIGHED, ada)}
    goal.owners.update(weight=None)
    assert tell(weigh_goals, ben, {goal.pk: 100}, "", by=ada) == {(NoticeKind.GOALS_WEIGHED, ben)}


def test_no_message_holds_anybodys_words(tell, ada, ben):
    goal = proposed(ben)

    tell(send_back_goal, goal, SECRET, by=ada)

    written = mail_of(Message.objects.select_related("person").get())
    assert SECRET not in str(list(Message.objects.values())) + written.body + written.subject


def test_one_is_spoken_to_about_ones_own_goals(tell, ada, ben):
    goal = GoalFactory(owner=ben)

    tell(close_goal, goal, "Done.", by=ada)
    assert "Ada Stone has closed one of your goals" in mail_of(Message.objects.get()).body
    tell(take_up_again, goal, "Not yet.", by=ben)
    written = mail_of(Message.objects.get())
    assert "A goal of Ben Reed was taken up again by Ben Reed." in written.body
    assert f"/goals/{goal.pk}/" in written.body
