"""Draft, proposed by either side, agreed by both; nobody agrees to what they did not read."""

from datetime import date
from decimal import Decimal

import pytest

from evenhand.audit.models import Entry
from evenhand.goals.actions.agreeing import (
    agree_to_goal,
    propose_goal,
    send_back_goal,
    take_back_proposal,
)
from evenhand.goals.actions.writing import save_goal, write_goal
from evenhand.goals.drafts import SharedUnit
from evenhand.goals.kinds import GoalKind, GoalState, NoteKind, Scope, Side
from evenhand.goals.models import Agreement
from evenhand.goals.policies import visible_goals
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from evenhand.people.models import Employment, ReportingLine
from evenhand.people.weaving import reweave_chains
from tests.factories.access import TODAY, acting, standing_in, with_role
from tests.factories.goals import NOW, GoalFactory, GoalRulesFactory, draft_for
from tests.factories.people import PersonFactory, ReportingLineFactory, UnitFactory

pytestmark = pytest.mark.django_db

MINE, YOURS = "I want this.", "So do I."


@pytest.fixture
def ada():
    return PersonFactory()


@pytest.fixture
def ben(ada):
    return PersonFactory(manager=ada)


def proposed(owner, by=None, **fields):
    by = acting(by or owner)
    return propose_goal(write_goal(draft_for(owner, **fields), by=by, at=NOW), MINE, by=by, at=NOW)


def agree(goal, person, **fields):
    by = person if hasattr(person, "person_id") else acting(person)
    seen = goal.versions.order_by("-number")[0].number
    return agree_to_goal(goal, YOURS, **{"by": by, "at": NOW, "seen": seen, **fields})


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.verdict.code


def agreements(goal):
    return [(a.side, a.person, a.sentence) for a in Agreement.objects.filter(version__goal=goal)]


def change_manager(person, manager):
    line = ReportingLine.objects.get(person=person)
    line.ends_on = TODAY
    line.save()
    if manager:
        ReportingLineFactory(person=person, manager=manager, starts_on=TODAY)
    reweave_chains([person.pk])


@pytest.mark.parametrize("begins", ["owner", "manager"])
def test_either_side_proposes_and_the_other_agrees(ada, ben, begins):
    first, second = (ben, ada) if begins == "owner" else (ada, ben)
    sides = {ben: Side.OWNER, ada: Side.MANAGER}

    goal = proposed(ben, by=first)
    assert goal.state == GoalState.PROPOSED
    assert visible_goals(acting(second)).filter(pk=goal.pk).exists()

    goal = agree(goal, second)
    assert (goal.state, goal.agreed_at) == (GoalState.ACTIVE, NOW)
    assert agreements(goal) == [(sides[first], first, MINE), (sides[second], second, YOURS)]
    assert goal.versions.get().agreed_at == NOW
    assert list(Entry.objects.order_by("pk").values_list("code", flat=True)) == [
        "goal.written",
        "goal.proposed",
        "goal.agreed",
        "goal.put_in_force",
    ]


def test_agreeing_takes_a_sentence(ada, ben):
    draft = write_goal(draft_for(ben), by=acting(ben), at=NOW)

    assert refusal(propose_goal, draft, " ", by=acting(ben), at=NOW) == "sentence_missing"
    goal = propose_goal(draft, MINE, by=acting(ben), at=NOW)
    assert refusal(agree_to_goal, goal, "", by=acting(ada), at=NOW, seen=1) == "sentence_missing"
    assert (goal.state, len(agreements(goal))) == (GoalState.PROPOSED, 1)


def test_only_what_can_be_measured_and_has_its_time_is_proposed(ben):
    for fields in ({"target": None}, {"target": Decimal(60)}, {"due_on": date(2026, 1, 10)}):
        assert refusal(proposed, ben, **fields) == "not_ready"


def test_a_goal_that_is_not_ready_says_what_is_missing(ben):
    with pytest.raises(Refused, match="not_ready") as refused:
        proposed(ben, kind=GoalKind.YES_NO, metric="", measure="", target=None, baseline=None)

    assert "how one will see" in str(refused.value.verdict.reason)


def test_sent_twice_it_counts_once(ada, ben):
    goal = proposed(ben)
    assert refusal(propose_goal, goal, MINE, by=acting(ben), at=NOW) == "not_a_draft"
    assert refusal(agree, goal, ben) == "already_agreed"
    agree(goal, ada)
    assert refusal(agree, goal, ada) == "nothing_proposed"
    assert len(agreements(goal)) == 2


def test_strangers_neither_agree_nor_send_back(ben):
    goal = proposed(ben)

    assert refusal(agree, goal, PersonFactory()) == "not_a_side"
    assert refusal(send_back_goal, goal, "No", by=acting(PersonFactory()), at=NOW) == "not_a_side"


def test_nobody_agrees_to_words_that_were_exchanged_meanwhile(ada, ben):
    goal = proposed(ben)
    goal = take_back_proposal(goal, by=acting(ben), at=NOW)
    save_goal(goal, draft_for(ben, target=Decimal(61)), by=acting(ben), at=NOW)
    goal = propose_goal(goal, MINE, by=acting(ben), at=NOW)

    assert refusal(agree, goal, ada, seen=1) == "changed_meanwhile"
    assert agree(goal, ada, seen=2).is_active


def test_sending_back_says_what_should_differ_and_makes_it_a_draft(ada, ben):
    goal = proposed(ben)
    assert refusal(send_back_goal, goal, "  ", by=acting(ada), at=NOW) == "comment_missing"

    goal = send_back_goal(goal, "Rather 85.", by=acting(ada), at=NOW)

    assert goal.state == GoalState.DRAFT
    assert not visible_goals(acting(ada)).filter(pk=goal.pk).exists()
    assert [(n.kind, n.text) for n in goal.notes.all()] == [(NoteKind.SENT_BACK, "Rather 85.")]
    assert refusal(send_back_goal, goal, "Again", by=acting(ada), at=NOW) == "nothing_proposed"


def test_what_was_sent_back_can_be_proposed_again_as_it_is(ada, ben):
    goal = send_back_goal(proposed(ben), "Why?", by=acting(ada), at=NOW)

    goal = propose_goal(goal, "Because.", by=acting(ben), at=NOW)

    assert [version.number for version in goal.versions.all()] == [1, 2]
    assert agree(goal, ada).is_active
    assert [bool(version.agreed_at) for version in goal.versions.all()] == [False, True]


def test_who_proposed_takes_back_and_others_send_back(ada, ben):
    goal = proposed(ben)

    assert refusal(take_back_proposal, goal, by=acting(ada), at=NOW) == "not_your_proposal"
    assert refusal(send_back_goal, goal, "Hm", by=acting(ben), at=NOW) == "own_proposal"
    assert take_back_proposal(goal, by=acting(ben), at=NOW).state == GoalState.DRAFT
    assert refusal(take_back_proposal, goal, by=acting(ben), at=NOW) == "nothing_proposed"


def test_a_draft_does_not_stay_with_an_author_who_no_longer_leads_the_owner(ada, ben):
    goal = proposed(ben, by=ada)
    change_manager(ben, PersonFactory())

    goal = send_back_goal(goal, "My manager is another one now.", by=acting(ben), at=NOW)

    assert goal.author == ben


def test_a_specialist_proposes_without_agreeing(ada, ben):
    specialist = with_role(Role.SPECIALIST)
    goal = write_goal(draft_for(ben), by=specialist, at=NOW)

    goal = propose_goal(goal, MINE, by=specialist, at=NOW)

    assert agreements(goal) == []
    assert [note.text for note in goal.notes.all()] == [MINE]
    assert not agree(goal, ben).is_active
    assert agree(goal, ada).is_active


class TestWhenTheManagerChanges:
    def test_the_new_one_agrees(self, ada, ben):
        new = PersonFactory()
        goal = proposed(ben)
        change_manager(ben, new)

        assert refusal(agree, goal, ada) == "not_a_side"
        assert agree(goal, new).is_active

    def test_what_the_former_one_agreed_to_no_longer_counts(self, ada, ben):
        new = PersonFactory()
        goal = proposed(ben, by=ada)
        change_manager(ben, new)

        assert not agree(goal, ben).is_active
        assert agree(goal, new).is_active

    def test_and_nobody_follows_what_the_former_one_agreed_to_counts(self, ada, ben):
        goal = proposed(ben, by=ada)
        change_manager(ben, None)

        assert agree(goal, ben).is_active


class TestWithoutAManager:
    def test_a_specialist_agrees(self):
        goal = proposed(PersonFactory())

        assert agree(goal, with_role(Role.SPECIALIST)).is_active

    def test_nobody_agrees_with_themself(self):
        specialist = with_role(Role.SPECIALIST)
        goal = proposed(_person(specialist))

        assert refusal(agree, goal, specialist) == "already_agreed"
        assert agree(goal, with_role(Role.SPECIALIST)).is_active

    def test_a_manager_who_comes_before_all_agreed_agrees_too(self):
        owner, manager = PersonFactory(), PersonFactory()
        specialist = with_role(Role.SPECIALIST)
        goal = write_goal(draft_for(owner), by=specialist, at=NOW)
        goal = propose_goal(goal, MINE, by=specialist, at=NOW)
        assert [side for side, *_rest in agreements(goal)] == [Side.MANAGER]
        ReportingLineFactory(person=owner, manager=manager)

        assert not agree(goal, owner).is_active
        assert agree(goal, manager).is_active


class TestADelegate:
    def test_agrees_for_the_manager_and_both_names_are_kept(self, ada, ben):
        delegate = PersonFactory()

        goal = agree(proposed(ben), standing_in(ada, delegate))

        assert goal.is_active
        given = Agreement.objects.get(side=Side.MANAGER)
        assert (given.person, given.delegate) == (ada, delegate)

    def test_never_agrees_to_their_own_goal(self, ada, ben):
        assert refusal(agree, proposed(ben), standing_in(ada, ben)) == "not_a_side"

    def test_never_agrees_as_the_owner(self, ada, ben):
        goal = proposed(ben, by=ada)

        assert refusal(agree, goal, standing_in(ben, PersonFactory())) == "not_a_side"


class TestSeveralOwners:
    @pytest.fixture
    def others(self):
        return [PersonFactory(), PersonFactory()]

    def team(self, ben, others):
        return proposed(ben, scope=Scope.TEAM, co_owner_ids=tuple(p.pk for p in others))

    def test_each_agrees(self, ada, ben, others):
        goal = self.team(ben, others)
        for person in (others[0], ada):
            assert not agree(goal, person).is_active

        assert agree(goal, others[1]).is_active

    def test_any_of_them_sends_it_back(self, ben, others):
        goal = send_back_goal(self.team(ben, others), "Not me.", by=acting(others[0]), at=NOW)

        assert goal.state == GoalState.DRAFT

    def test_a_goal_of_several_has_several(self, ben):
        assert refusal(proposed, ben, scope=Scope.TEAM) == "co_owner_missing"

    def test_a_manager_among_them_agrees_for_both_sides_at_once(self, ada, ben):
        goal = self.team(ben, [ada])

        assert agree(goal, ada).is_active
        assert {side for side, person, _sentence in agreements(goal) if person == ada} == {
            Side.OWNER,
            Side.MANAGER,
        }

    def test_who_left_since_need_not_agree(self, ada, ben, others):
        goal = self.team(ben, others)
        for person in (others[0], ada):
            agree(goal, person)
        Employment.objects.filter(person=others[1]).update(ends_on=TODAY)

        assert agree(goal, ben).is_active
        assert [note.text for note in goal.notes.all()] == [YOURS]

    def test_each_has_room_for_it(self, ada, ben, others):
        GoalRulesFactory(most_goals=1)
        GoalFactory(owner=others[0])
        goal = self.team(ben, others)
        for person in others:
            agree(goal, person)

        assert refusal(agree, goal, ada) == "too_many_goals"
        assert goal.versions.get().is_open_proposal


class TestAGoalOfTwoUnits:
    def shared(self, ben, one, other):
        units = (UnitFactory(), UnitFactory())
        parts = zip(units, (one, other), strict=True)
        shared_with = tuple(SharedUnit(unit.pk, person.pk) for unit, person in parts)
        return proposed(ben, scope=Scope.SHARED, shared_with=shared_with)

    def test_waits_until_both_accept(self, ada, ben):
        one, other = PersonFactory(), PersonFactory()
        goal = self.shared(ben, one, other)
        for person in (ada, one):
            assert not agree(goal, person).is_active

        assert agree(goal, other).is_active
        units = Agreement.objects.filter(side=Side.UNIT).values_list("unit", flat=True)
        assert set(units) == set(goal.unit_parts.values_list("unit", flat=True))

    def test_who_answers_for_a_unit_may_own_it_too(self, ada, ben):
        other = PersonFactory()
        goal = self.shared(ben, ben, other)
        agree(goal, ada)

        assert agree(goal, other).is_active

    def test_a_specialist_stands_in_where_that_person_left(self, ada, ben):
        one, other = PersonFactory(), PersonFactory()
        goal = self.shared(ben, one, other)
        for person in (ada, one):
            agree(goal, person)
        Employment.objects.filter(person=other).update(ends_on=TODAY)

        assert agree(goal, with_role(Role.SPECIALIST)).is_active

    def test_needs_two(self, ben):
        assert refusal(proposed, ben, scope=Scope.SHARED) == "units_missing"


def test_nobody_agrees_to_a_goal_whose_owner_left(ada, ben):
    goal = proposed(ben)
    Employment.objects.filter(person=ben).update(ends_on=TODAY)

    assert refusal(agree, goal, ada) == "owner_left"


def _person(actor):
    return Employment.objects.get(person=actor.person_id).person
