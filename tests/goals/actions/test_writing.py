"""A goal in writing: private, kept edition by edition, never overwritten by accident."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from evenhand.audit.models import Entry
from evenhand.goals.actions.writing import bring_back_goal, discard_goal, save_goal, write_goal
from evenhand.goals.drafts import SharedUnit, draft_of
from evenhand.goals.kinds import GoalKind, GoalState, Openness, Scope
from evenhand.goals.models import Goal
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import acting, standing_in, with_role
from tests.factories.goals import NOW, GoalFactory, GoalRulesFactory, draft_for, key_results
from tests.factories.people import PersonFactory, UnitFactory
from tests.factories.strategy import ObjectiveFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben():
    return PersonFactory(manager=PersonFactory(), unit=UnitFactory())


def write(person, *, by=None, at=NOW, **fields):
    return write_goal(draft_for(person, **fields), by=by or acting(person), at=at)


def codes():
    return list(Entry.objects.order_by("pk").values_list("code", flat=True))


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.verdict.code


def test_a_goal_begins_as_a_draft_of_its_author(ben):
    goal = write(ben)

    assert (goal.state, goal.author, goal.owner) == (GoalState.DRAFT, ben, ben)
    assert goal.unit == ben.positions.get().unit
    assert [share.person for share in goal.owners.all()] == [ben]
    assert [version.number for version in goal.versions.all()] == [1]
    assert codes() == ["goal.written"]


def test_the_usual_openness_is_that_of_the_rules(ben):
    assert write(ben).openness == Openness.TEAM
    GoalRulesFactory(default_openness=Openness.LINE)
    assert write(ben, outcome="Another one").openness == Openness.LINE


def test_a_manager_writes_for_somebody_below_them(ben):
    manager = ben.lines_to_managers.get().manager

    goal = write(ben, by=acting(manager))

    assert (goal.owner, goal.author) == (ben, manager)


def test_nobody_writes_for_a_stranger(ben):
    assert refusal(write, ben, by=acting(PersonFactory())) == "not_for_them"


def test_the_specialist_writes_for_anybody(ben):
    assert write(ben, by=with_role(Role.SPECIALIST)).owner == ben


def test_a_delegate_writes_for_those_below_the_manager_and_both_names_are_kept(ben):
    manager, delegate = ben.lines_to_managers.get().manager, PersonFactory()

    goal = write(ben, by=standing_in(manager, delegate))

    assert goal.author == manager
    assert Entry.objects.get().delegate_id == delegate.pk
    assert refusal(write, manager, by=standing_in(manager, delegate)) == "not_for_them"
    assert refusal(write, ben, by=standing_in(manager, ben)) == "not_for_them"


def test_sent_twice_it_is_one_goal(ben):
    first, again = write(ben), write(ben, at=NOW + timedelta(seconds=5))

    assert first == again
    assert codes() == ["goal.written"]
    assert write(ben, at=NOW + timedelta(minutes=5)) != first
    assert write(ben, parts=key_results(100), kind=GoalKind.OKR) != first


def test_blanks_and_odd_signs_are_taken_away(ben):
    goal = write(ben, outcome="  Fewer\x00 faults ", description="One\r\ntwo")

    assert (goal.outcome, goal.description) == ("Fewer faults", "One\ntwo")


def test_every_save_is_kept(ben):
    goal = write(ben)

    save_goal(goal, draft_for(ben, target=Decimal(95)), by=acting(ben), at=NOW, seen=1)

    goal.refresh_from_db()
    assert goal.target == 95
    assert [v.target for v in goal.versions.order_by("number")] == [90, 95]


def test_a_save_that_changes_nothing_is_none(ben):
    goal = write(ben)

    for _time in range(2):
        save_goal(goal, draft_for(ben), by=acting(ben), at=NOW, seen=1)

    assert goal.versions.count() == 1
    assert codes() == ["goal.written"]


def test_a_save_sent_twice_counts_once(ben):
    goal, new = write(ben), draft_for(ben, target=Decimal(95))

    for _time in range(2):
        save_goal(goal, new, by=acting(ben), at=NOW, seen=1)

    assert goal.versions.count() == 2


def test_of_two_windows_the_second_does_not_overwrite_the_first(ben):
    goal = write(ben)
    save_goal(goal, draft_for(ben, target=Decimal(95)), by=acting(ben), at=NOW, seen=1)

    late = draft_for(ben, target=Decimal(70))

    assert refusal(save_goal, goal, late, by=acting(ben), at=NOW, seen=1) == "changed_meanwhile"
    goal.refresh_from_db()
    assert goal.target == 95


def test_only_the_author_writes_on_a_draft(ben):
    goal = write(ben)
    manager = acting(ben.lines_to_managers.get().manager)

    assert refusal(save_goal, goal, draft_for(ben), by=manager, at=NOW) == "not_the_author"


def test_nobody_writes_on_what_was_proposed(ben):
    goal = GoalFactory(owner=ben, proposed=True)

    assert refusal(save_goal, goal, draft_for(ben), by=acting(ben), at=NOW) == "not_a_draft"


def test_parts_keep_their_numbers_while_one_writes(ben):
    goal = write(ben, kind=GoalKind.OKR, parts=key_results(50, 50))
    first, second = draft_of(goal).parts
    changed = replace(draft_of(goal), parts=(replace(second, weight=60), key_results(40)[0]))

    save_goal(goal, changed, by=acting(ben), at=NOW)

    kept = goal.parts.all()
    assert [(part.place, part.weight, part.is_in_use) for part in kept] == [
        (1, 60, True),
        (2, 40, True),
    ]
    assert kept[0].pk == second.id
    assert first.id not in {part.pk for part in kept}
    assert [row["id"] for row in goal.versions.order_by("number").last().parts] == [
        part.pk for part in kept
    ]


def test_a_part_of_another_goal_is_refused(ben):
    other = write(PersonFactory(), kind=GoalKind.OKR, parts=key_results(100))
    goal = write(ben, kind=GoalKind.OKR, parts=key_results(100))
    stolen = replace(draft_of(goal), parts=draft_of(other).parts[:1])
    stolen = replace(stolen, parts=(replace(stolen.parts[0], weight=99),))

    assert refusal(save_goal, goal, stolen, by=acting(ben), at=NOW) == "unknown_part"


def test_owners_and_units_are_those_named_last(ben):
    one, other, units = PersonFactory(), PersonFactory(), (UnitFactory(), UnitFactory())
    goal = write(ben, scope=Scope.TEAM, co_owner_ids=(one.pk,))

    team = draft_for(ben, scope=Scope.TEAM, co_owner_ids=(other.pk,))
    goal = save_goal(goal, team, by=acting(ben), at=NOW)
    assert {share.person for share in goal.owners.all()} == {ben, other}

    shared = tuple(SharedUnit(u.pk, p.pk) for u, p in zip(units, (one, other), strict=True))
    goal = save_goal(
        goal, draft_for(ben, scope=Scope.SHARED, shared_with=shared), by=acting(ben), at=NOW
    )
    assert {share.person for share in goal.owners.all()} == {ben}
    assert {(part.unit, part.responsible) for part in goal.unit_parts.all()} == {
        (units[0], one),
        (units[1], other),
    }


def test_nobody_is_named_who_left(ben):
    gone = PersonFactory(left_on=date(2026, 10, 1))

    code = refusal(write, ben, scope=Scope.TEAM, co_owner_ids=(gone.pk,))
    assert code == "does_not_work_here"
    assert refusal(write, gone, by=with_role(Role.SPECIALIST)) == "does_not_work_here"


def test_a_unit_must_be_there(ben):
    closed = UnitFactory(ends_on=date(2026, 10, 1))

    assert refusal(write, ben, unit_id=closed.pk) == "unit_unknown"


def test_a_goal_supports_what_its_author_sees(ben):
    manager = ben.lines_to_managers.get().manager
    open_goal = GoalFactory(owner=manager, openness=Openness.ORGANIZATION)
    hidden = GoalFactory(owner=manager)

    assert write(ben, parent_id=open_goal.pk).parent == open_goal
    assert refusal(write, ben, outcome="Another", parent_id=hidden.pk) == "not_to_support"
    assert Goal.objects.filter(outcome="Another").count() == 0


def test_a_goal_supports_an_objective_that_stands(ben):
    standing, withdrawn = ObjectiveFactory(), ObjectiveFactory(withdrawn=True)

    goal = write(ben, objective_id=standing.pk)
    assert (goal.objective, goal.top_objective) == (standing, standing)
    assert refusal(write, ben, objective_id=withdrawn.pk) == "not_to_support"
    goal = save_goal(goal, draft_for(ben, local_reason="My own."), by=acting(ben), at=NOW)
    assert (goal.objective, goal.top_objective) == (None, None)


def test_what_it_supports_may_end_while_one_goes_on_writing(ben):
    parent = GoalFactory(openness=Openness.ORGANIZATION)
    goal = write(ben, parent_id=parent.pk)
    Goal.objects.filter(pk=parent.pk).update(state=GoalState.DROPPED, openness=Openness.LINE)

    later = draft_for(ben, parent_id=parent.pk, target=Decimal(95))

    assert save_goal(goal, later, by=acting(ben), at=NOW).target == 95


def test_a_discarded_draft_keeps_its_words_and_comes_back(ben):
    goal = write(ben)

    goal = discard_goal(goal, by=acting(ben), at=NOW)
    assert goal.state == GoalState.DISCARDED
    assert refusal(discard_goal, goal, by=acting(ben), at=NOW) == "not_a_draft"

    goal = bring_back_goal(goal, by=acting(ben), at=NOW)
    assert (goal.state, goal.outcome) == (GoalState.DRAFT, draft_for(ben).outcome)
    assert refusal(bring_back_goal, goal, by=acting(ben), at=NOW) == "not_discarded"
    assert codes() == ["goal.written", "goal.discarded", "goal.brought_back"]


def test_only_the_author_discards_and_brings_back(ben):
    draft, discarded = GoalFactory(owner=ben, draft=True), GoalFactory(owner=ben, discarded=True)
    other = with_role(Role.SPECIALIST)

    assert refusal(discard_goal, draft, by=other, at=NOW) == "not_the_author"
    assert refusal(bring_back_goal, discarded, by=other, at=NOW) == "not_the_author"
