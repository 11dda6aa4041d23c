from datetime import timedelta

import pytest
from django.utils import timezone

from evenhand.access.models import Delegation
from evenhand.audit.models import Entry
from evenhand.goals.actions.agreeing import agree_to_goal, send_back_goal
from evenhand.goals.actions.giving import (
    change_batch,
    choose_for_batch,
    discard_batch,
    give_goals,
    go_on_giving,
    prepare_batch,
    take_back_batch,
)
from evenhand.goals.actions.writing import write_goal
from evenhand.goals.giving import AT_ONCE, Chosen
from evenhand.goals.kinds import GoalState, Side
from evenhand.goals.models import Agreement, Goal, GoalBatch, GoalRules
from evenhand.goals.packing import draft_of_row
from evenhand.jobs.actions import cancel_job, retry_job
from evenhand.jobs.kinds import JobState
from evenhand.jobs.performing import perform_job
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import DelegationFactory, acting, standing_in, with_role
from tests.factories.goals import NOW, draft_for
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

SENTENCE = "This is what our customers ask of us this year."


@pytest.fixture
def manager():
    return PersonFactory(family_name="Manager")


@pytest.fixture
def team(manager):
    return PersonFactory.create_batch(3, manager=manager)


def prepared(actor, **chosen):
    batch = prepare_batch(draft_for(PersonFactory()), by=actor, at=NOW)
    return choose_for_batch(batch, Chosen(**chosen), by=actor, at=NOW)


def agree(goal, person):
    actor = acting(person)
    seen = goal.versions.order_by("-number")[0].number
    return agree_to_goal(goal, "I take it on.", by=actor, at=NOW, seen=seen)


def refusal_of(attempt):
    with pytest.raises(Refused) as refusal:
        attempt()
    return refusal.value.verdict.code


def test_each_person_gets_a_goal_of_their_own_that_waits_for_them(manager, team):
    batch = prepared(acting(manager), teams=[manager.pk])

    give_goals(batch, SENTENCE, by=acting(manager), at=NOW)

    goals = Goal.objects.filter(batch=batch)
    assert {goal.owner for goal in goals} == set(team)
    assert {goal.state for goal in goals} == {GoalState.PROPOSED}
    assert agree(goals[0], goals[0].owner).state == GoalState.ACTIVE


def test_the_sentence_of_the_manager_is_their_agreement(manager, team):
    give_goals(prepared(acting(manager), teams=[manager.pk]), SENTENCE, by=acting(manager), at=NOW)

    agreements = Agreement.objects.all()
    assert {(one.side, one.person_id, one.sentence) for one in agreements} == {
        (Side.MANAGER, manager.pk, SENTENCE)
    }


def test_of_anybody_else_it_is_a_comment_and_owner_and_manager_both_still_agree(manager, team):
    specialist = with_role(Role.SPECIALIST)

    give_goals(prepared(specialist, people=[team[0].pk]), SENTENCE, by=specialist, at=NOW)

    goal = Goal.objects.get()
    assert not Agreement.objects.exists()
    assert goal.notes.get().text == SENTENCE
    assert agree(goal, team[0]).state == GoalState.PROPOSED
    assert agree(goal, manager).state == GoalState.ACTIVE


def test_hr_partners_give_goals_to_people_in_their_care(team):
    partner = with_role(Role.HR_PARTNER)

    give_goals(prepared(partner, people=[team[0].pk]), SENTENCE, by=partner, at=NOW)

    assert Goal.objects.get().owner == team[0]


def test_one_entry_stands_for_the_batch_and_one_for_each_goal(manager, team):
    give_goals(prepared(acting(manager), teams=[manager.pk]), SENTENCE, by=acting(manager), at=NOW)

    assert Entry.objects.get(code="goal_batch.given").details == {"people": 3, "left_out": 0}
    assert Entry.objects.filter(code="goal.given").count() == 3
    assert not Entry.objects.filter(details__icontains="customers").exists()


def test_what_was_interrupted_goes_on_and_gives_nothing_twice(manager, team):
    actor = acting(manager)
    batch = prepared(actor, people=[team[0].pk])
    give_goals(batch, SENTENCE, by=actor, at=NOW)
    batch.refresh_from_db()
    # As after a process that was killed: one has it, of one only the draft was written.
    batch.recipients = [person.pk for person in team]
    batch.save()
    draft = draft_of_row(batch.draft, owner_id=team[1].pk, unit_id=None, batch_id=batch.pk)
    write_goal(draft, by=actor, at=NOW)

    go_on_giving(batch, by=actor, at=NOW)
    go_on_giving(batch, by=actor, at=NOW)

    goals = Goal.objects.filter(batch=batch, state=GoalState.PROPOSED)
    assert sorted(goals.values_list("owner", flat=True)) == sorted(one.pk for one in team)
    assert Goal.objects.count() == 3


def test_who_sent_it_back_is_not_given_it_again(manager, team):
    actor = acting(manager)
    batch = prepared(actor, people=[team[0].pk])
    give_goals(batch, SENTENCE, by=actor, at=NOW)
    send_back_goal(Goal.objects.get(), "Too much.", by=acting(team[0]), at=NOW)

    go_on_giving(GoalBatch.objects.get(), by=actor, at=NOW)

    assert Goal.objects.get().state == GoalState.DRAFT


def test_a_batch_is_given_once(manager, team):
    batch = prepared(acting(manager), teams=[manager.pk])
    give_goals(batch, SENTENCE, by=acting(manager), at=NOW)

    code = refusal_of(lambda: give_goals(batch, SENTENCE, by=acting(manager), at=NOW))

    assert code == "given_already"
    assert Goal.objects.count() == 3


def test_a_goal_that_nobody_can_get_or_that_is_not_measurable_is_not_given(manager, team):
    actor = acting(manager)
    nobody = prepared(actor, people=[PersonFactory().pk])
    vague = prepare_batch(draft_for(manager, target=None), by=actor, at=NOW)

    for batch, sentence, code in (
        (nobody, SENTENCE, "nobody_gets_it"),
        (nobody, " ", "sentence_missing"),
        (vague, SENTENCE, "not_ready"),
    ):
        assert refusal_of(lambda b=batch, s=sentence: give_goals(b, s, by=actor, at=NOW)) == code
    assert not Goal.objects.exists()


def test_only_who_has_people_prepares_and_only_who_prepared_changes(manager, team):
    batch = prepared(acting(manager), teams=[manager.pk])
    draft = draft_for(manager, outcome="Something else is reached before the summer")
    stranger = acting(team[0])

    for attempt, code in (
        (lambda: prepare_batch(draft, by=stranger, at=NOW), "nobody_to_give_to"),
        (lambda: change_batch(batch, draft, by=stranger, at=NOW), "not_your_batch"),
        (lambda: choose_for_batch(batch, Chosen(), by=stranger, at=NOW), "not_your_batch"),
        (lambda: give_goals(batch, SENTENCE, by=stranger, at=NOW), "not_your_batch"),
        (lambda: take_back_batch(batch, by=stranger, at=NOW), "not_your_batch"),
        (lambda: discard_batch(batch, by=stranger, at=NOW), "not_your_batch"),
    ):
        assert refusal_of(attempt) == code
    assert change_batch(batch, draft, by=acting(manager), at=NOW).title == draft.outcome


def test_a_batch_in_preparation_is_put_away(manager, team):
    discard_batch(prepared(acting(manager), teams=[manager.pk]), by=acting(manager), at=NOW)

    assert not GoalBatch.objects.exists()


def test_a_goal_is_taken_back_from_all_who_have_not_agreed(manager, team):
    actor = acting(manager)
    batch = prepared(actor, teams=[manager.pk])
    give_goals(batch, SENTENCE, by=actor, at=NOW)
    agree(Goal.objects.get(owner=team[0]), team[0])

    take_back_batch(batch, by=actor, at=NOW)
    take_back_batch(batch, by=actor, at=NOW)

    states = dict(Goal.objects.values_list("owner", "state"))
    assert states == {
        team[0].pk: GoalState.ACTIVE,
        team[1].pk: GoalState.DISCARDED,
        team[2].pk: GoalState.DISCARDED,
    }


def test_nothing_is_given_any_more_once_it_is_taken_back(manager, team):
    actor = acting(manager)
    batch = prepared(actor, people=[team[0].pk])
    give_goals(batch, SENTENCE, by=actor, at=NOW)
    before = GoalBatch.objects.get()
    before.recipients = [person.pk for person in team]
    before.save()
    take_back_batch(batch, by=actor, at=NOW)

    # As a job that had begun before it was taken back.
    go_on_giving(before, by=actor, at=NOW)

    assert Goal.objects.count() == 1
    assert GoalBatch.objects.get().left_out == []


def test_what_is_prepared_twice_at_once_is_prepared_once(manager, team):
    draft = draft_for(manager)

    first = prepare_batch(draft, by=acting(manager), at=NOW)

    assert prepare_batch(draft, by=acting(manager), at=NOW) == first


def test_who_fills_up_meanwhile_is_left_out_and_the_others_get_it(manager, team):
    actor = acting(manager)
    batch = prepared(actor, teams=[manager.pk])
    give_goals(batch, SENTENCE, by=actor, at=NOW)
    batch.refresh_from_db()
    gone = PersonFactory(left_on=NOW.date() - timedelta(days=1))
    batch.recipients = [*batch.recipients, gone.pk]
    batch.save()

    go_on_giving(batch, by=actor, at=NOW)

    batch.refresh_from_db()
    assert batch.left_out == [[gone.pk, "does_not_work_here"]]


def test_many_are_served_by_a_job_that_can_be_stopped_and_goes_on(manager):
    PersonFactory.create_batch(AT_ONCE + 1, manager=manager)
    actor = acting(manager, on=timezone.localdate())
    batch = prepared(actor, teams=[manager.pk])

    job = give_goals(batch, SENTENCE, by=actor, at=NOW)
    cancel_job(job, by=actor, at=NOW)
    retry_job(job, by=actor, at=NOW)
    perform_job(job.pk, timezone.now)

    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, AT_ONCE + 1)
    assert job.result["url"] == f"/goals/giving/{batch.pk}/"
    assert Goal.objects.filter(batch=batch, state=GoalState.PROPOSED).count() == AT_ONCE + 1
    assert SENTENCE not in str(job.arguments)

    back = take_back_batch(batch, by=actor, at=NOW)
    perform_job(back.pk, timezone.now)

    assert not Goal.objects.exclude(state=GoalState.DISCARDED).exists()


def test_a_delegate_whose_delegation_ended_gives_nothing_more(manager):
    PersonFactory.create_batch(AT_ONCE + 1, manager=manager)
    today = timezone.localdate()
    delegation = DelegationFactory(principal=manager)
    actor = standing_in(manager, delegation.delegate, on=today)
    job = give_goals(prepared(actor, teams=[manager.pk]), SENTENCE, by=actor, at=NOW)
    Delegation.objects.update(ends_on=today)

    perform_job(job.pk, timezone.now)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "delegation" in job.problem
    assert not Goal.objects.exists()
    assert not GoalRules.objects.exists()
