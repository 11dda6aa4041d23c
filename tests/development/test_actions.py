from datetime import date

import pytest

from evenhand.audit.models import Entry
from evenhand.development import actions
from evenhand.development.contents import ActionPart, actions_of
from evenhand.development.kinds import ActionState, PlanState, Side
from evenhand.development.models import DevelopmentPlan
from evenhand.goals.kinds import GoalKind
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import TODAY, acting, standing_in, with_role
from tests.factories.development import (
    MENTORING,
    NOW,
    PRACTICE,
    agreed,
    begun,
    contents,
    proposed,
)
from tests.factories.goals import GoalFactory
from tests.factories.people import PersonFactory, ReportingLineFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia():
    return PersonFactory(given_name="Mia")


@pytest.fixture
def ben(mia):
    return PersonFactory(given_name="Ben", manager=mia)


def do(action, *args, by, **kwargs):
    return action(*args, by=acting(by) if hasattr(by, "given_name") else by, at=NOW, **kwargs)


def refusal(action, *args, by, **kwargs):
    with pytest.raises(Refused) as caught:
        do(action, *args, by=by, **kwargs)
    return caught.value.verdict.code


def changed(plan, by, **fields):
    """A change of an agreed plan, proposed."""
    do(actions.save_plan, plan, contents(**fields), by=by)
    return do(actions.propose_plan, plan, "So it fits better.", by=by)


def test_either_side_begins_and_nobody_else(ben, mia):
    plan = begun(ben, by=mia)
    version = plan.versions.get()

    assert (plan.state, version.author, version.strengths) == ("draft", mia, "Listens well.")
    assert [part.what for part in actions_of(version)] == [MENTORING.what]
    for stranger in (PersonFactory(), PersonFactory(manager=mia)):
        assert refusal(actions.begin_plan, ben, contents(), by=stranger) == "not_a_side"
    specialist = with_role(Role.SPECIALIST)
    assert refusal(actions.begin_plan, ben, contents(), by=specialist) == "not_a_side"


def test_both_sides_may_draft_but_one_plan_is_under_way(ben, mia):
    begun(ben, by=mia)
    own = begun(ben, by=ben)
    assert refusal(actions.begin_plan, ben, contents(), by=ben) == "under_way"
    do(actions.propose_plan, own, "I want this.", by=ben)
    others = DevelopmentPlan.objects.get(state=PlanState.DRAFT)

    assert refusal(actions.propose_plan, others, "Mine is better.", by=mia) == "under_way"
    assert refusal(actions.begin_plan, ben, contents(), by=ben) == "under_way"


def test_who_does_not_work_here_begins_nothing(mia):
    gone = PersonFactory(left_on=date(2026, 11, 1))

    assert refusal(actions.begin_plan, gone, contents(), by=gone) == "not_employed"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"due_on": date(2020, 1, 1)}, "ends_before_it_starts"),
        ({"actions": (ActionPart(" ", due_on=TODAY),)}, "action_incomplete"),
        ({"actions": (ActionPart("Read"),)}, "action_incomplete"),
        ({"actions": (MENTORING,) * 21}, "too_many_actions"),
    ],
)
def test_what_cannot_be_followed_is_not_kept(ben, wrong, code):
    assert refusal(actions.begin_plan, ben, contents(**wrong), by=ben) == code


def test_only_the_author_writes_on(ben, mia):
    plan = begun(ben, by=mia)
    do(actions.save_plan, plan, contents(needs="Patience"), by=mia)

    assert plan.versions.get().needs == "Patience"
    assert refusal(actions.save_plan, plan, contents(), by=ben) == "not_the_author"


def test_who_proposes_agrees_in_a_sentence_and_the_other_answers(ben, mia):
    plan = begun(ben, by=mia)
    assert refusal(actions.propose_plan, plan, " ", by=mia) == "words_missing"
    plan = do(actions.propose_plan, plan, "I see to the time.", by=mia)

    assert plan.state == PlanState.PROPOSED
    assert refusal(actions.agree_to_plan, plan, "Yes.", seen=1, by=mia) == "you_proposed"
    assert refusal(actions.save_plan, plan, contents(), by=mia) == "being_decided"
    assert refusal(actions.agree_to_plan, plan, "Yes.", seen=7, by=ben) == "changed_meanwhile"
    assert refusal(actions.agree_to_plan, plan, "", seen=1, by=ben) == "words_missing"

    plan = do(actions.agree_to_plan, plan, "I want this.", seen=1, by=ben)
    said = set(plan.versions.get().agreements.values_list("side", "person"))
    assert said == {(Side.MANAGER, mia.pk), (Side.PERSON, ben.pk)}
    assert plan.state == PlanState.AGREED
    action = plan.actions_agreed.get()
    assert (action.what, action.support, action.support_words, action.due_on, action.state) == (
        MENTORING.what,
        "mentor",
        "Ada",
        MENTORING.due_on,
        ActionState.OPEN,
    )
    assert refusal(actions.agree_to_plan, plan, "Yes.", seen=1, by=ben) == "nothing_proposed"


def test_a_delegate_agrees_for_the_manager_and_never_about_themself(ben, mia):
    dora = PersonFactory()
    plan = proposed(ben, by=ben)
    own = standing_in(mia, ben)
    assert refusal(actions.agree_to_plan, plan, "Yes.", seen=1, by=own) == "not_a_side"

    delegate = standing_in(mia, dora)
    plan = do(actions.agree_to_plan, plan, "Yes.", seen=1, by=delegate)
    agreement = plan.versions.get().agreements.get(side=Side.MANAGER)
    assert (agreement.person, agreement.delegate) == (mia, dora)


def test_an_empty_plan_is_not_proposed(ben):
    plan = begun(ben, by=ben, actions=())

    assert refusal(actions.propose_plan, plan, "I want this.", by=ben) == "nothing_in_it"


def test_learning_goals_of_the_person_belong_to_a_plan(ben):
    own = GoalFactory(owner=ben, kind=GoalKind.LEARNING)
    other = GoalFactory()
    plan = begun(ben, by=ben, actions=(), goal_ids=frozenset({own.pk, other.pk}))

    assert list(plan.versions.get().goals.all()) == [own]
    assert do(actions.propose_plan, plan, "I want this.", by=ben).state == PlanState.PROPOSED


def test_a_proposal_is_sent_back_with_words_and_its_author_goes_on(ben, mia):
    plan = proposed(ben, by=mia)
    assert refusal(actions.send_back_plan, plan, "", by=ben) == "words_missing"
    plan = do(actions.send_back_plan, plan, "More practice, please.", by=ben)

    first, second = plan.versions.all()
    assert plan.state == PlanState.DRAFT
    assert first.ended_at
    assert (second.author, second.needs, second.proposed_at) == (mia, first.needs, None)
    assert plan.notes.get().text == "More practice, please."
    assert do(actions.propose_plan, plan, "Here it is.", by=mia).state == PlanState.PROPOSED


def test_a_proposal_can_be_taken_back_by_who_made_it(ben, mia):
    plan = do(actions.send_back_plan, proposed(ben, by=ben), "I forgot something.", by=ben)

    assert plan.state == PlanState.DRAFT
    assert refusal(actions.send_back_plan, plan, "Hm.", by=mia) == "nothing_proposed"


def test_an_agreed_plan_changes_only_when_both_agree_again(ben, mia):
    plan = agreed(ben, mia, actions=(MENTORING, PRACTICE))
    kept, gone = plan.actions_agreed.all()
    do(actions.set_action, kept, ActionState.DONE, by=ben)
    first = actions_of(plan.versions.get())
    new = ActionPart("Write it down", due_on=date(2027, 2, 1))
    plan = changed(plan, ben, actions=(first[0], new))

    assert plan.state == PlanState.AGREED
    assert plan.actions_agreed.count() == 2
    plan = do(actions.agree_to_plan, plan, "Yes.", seen=2, by=mia)
    rows = {action.what: action for action in plan.actions_agreed.all()}
    assert rows[MENTORING.what].state == ActionState.DONE
    assert rows[new.what].state == ActionState.OPEN
    assert rows[PRACTICE.what].pk == gone.pk
    assert rows[PRACTICE.what].state == ActionState.DROPPED
    assert rows[PRACTICE.what].dropped_because
    assert plan.versions.filter(agreed_at__isnull=False).count() == 2


def test_a_change_that_is_sent_back_leaves_what_stands(ben, mia):
    plan = changed(agreed(ben, mia), ben, needs="Everything")
    plan = do(actions.send_back_plan, plan, "That is too much.", by=mia)

    assert plan.state == PlanState.AGREED
    assert plan.actions_agreed.get().state == ActionState.OPEN
    assert refusal(actions.save_plan, plan, contents(), by=mia) == "not_the_author"


def test_when_the_author_has_gone_the_other_side_writes_anew(ben, mia):
    plan = agreed(ben, mia)
    do(actions.save_plan, plan, contents(needs="Half a thought"), by=mia)
    line = ben.lines_to_managers.get()
    line.ends_on = date(2026, 11, 1)
    line.save()
    new = PersonFactory()
    ReportingLineFactory(person=ben, manager=new, starts_on=date(2026, 11, 1))

    do(actions.save_plan, plan, contents(needs="A whole one"), by=new)
    _agreed, left, written = plan.versions.all()
    assert left.ended_at
    assert (written.author, written.needs) == (new, "A whole one")


def test_actions_are_done_dropped_with_a_reason_and_opened_again(ben, mia):
    action = agreed(ben, mia).actions_agreed.get()
    assert do(actions.set_action, action, ActionState.DONE, by=mia).state == ActionState.DONE
    assert refusal(actions.set_action, action, ActionState.DONE, by=ben) == "not_changed"
    do(actions.set_action, action, ActionState.OPEN, by=ben)
    assert refusal(actions.set_action, action, ActionState.DROPPED, by=ben) == "words_missing"
    dropped = do(actions.set_action, action, ActionState.DROPPED, "Ada has left.", by=ben)

    assert (dropped.state, dropped.dropped_because) == (ActionState.DROPPED, "Ada has left.")
    assert refusal(actions.set_action, action, ActionState.OPEN, by=PersonFactory()) == "not_a_side"


def test_both_keep_notes_of_when_they_looked_at_it(ben, mia):
    plan = agreed(ben, mia)
    day = date(2026, 11, 20)
    for person in (ben, mia):
        do(actions.write_note, plan, " It goes well. ", on=day, by=person)

    assert set(plan.notes.values_list("author", "on")) == {(ben.pk, day), (mia.pk, day)}
    assert {note.text for note in plan.notes.all()} == {"It goes well."}
    assert refusal(actions.write_note, plan, " ", on=day, by=ben) == "words_missing"
    draft = begun(PersonFactory(manager=mia), by=mia)
    assert refusal(actions.write_note, draft, "Hm.", on=day, by=mia) == "not_agreed"


def test_a_closed_plan_changes_no_more_and_the_next_can_begin(ben, mia):
    plan = agreed(ben, mia)
    do(actions.save_plan, plan, contents(), by=ben)
    plan = do(actions.close_plan, plan, by=mia)

    assert (plan.state, plan.closed_at) == (PlanState.CLOSED, NOW)
    assert not plan.versions.filter(agreed_at=None, ended_at=None).exists()
    assert refusal(actions.close_plan, plan, by=mia) == "closed"
    assert refusal(actions.save_plan, plan, contents(), by=ben) == "closed"
    assert begun(ben, by=ben).state == PlanState.DRAFT


def test_a_draft_is_put_away_by_its_author_and_a_proposal_by_nobody(ben, mia):
    assert do(actions.close_plan, begun(ben, by=ben), by=ben).state == PlanState.CLOSED
    plan = proposed(ben, by=mia)

    assert refusal(actions.close_plan, plan, by=mia) == "being_decided"
    do(actions.agree_to_plan, plan, "Yes.", seen=1, by=ben)
    changed(plan, ben)
    assert refusal(actions.close_plan, plan, by=mia) == "being_decided"


def test_the_record_tells_steps_and_no_words(ben, mia):
    agreed(ben, mia)
    codes = list(Entry.objects.order_by("pk").values_list("code", "details"))

    assert codes == [
        ("development.begun", {}),
        ("development.proposed", {"version": 1}),
        ("development.agreed", {"version": 1}),
    ]
