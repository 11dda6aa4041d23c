from datetime import date

import pytest

from evenhand.goals.giving import (
    Chosen,
    Why,
    job_families,
    job_titles,
    may_be_given,
    may_give_goals,
    may_prepare,
    people_in_reach,
    plan_of_giving,
    visible_batches,
)
from evenhand.goals.kinds import Scope
from evenhand.goals.models import GoalBatch
from evenhand.kernel.acting import Role
from tests.factories.access import acting, standing_in, with_role
from tests.factories.goals import NOW, GoalFactory, GoalRulesFactory, draft_for
from tests.factories.people import PersonFactory, UnitFactory, company

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return PersonFactory(family_name="Manager")


@pytest.fixture
def team(manager):
    return [PersonFactory(family_name=name, manager=manager) for name in ("Abel", "Baker")]


def gets(actor, **chosen):
    plan = plan_of_giving(actor, draft_for(PersonFactory()), Chosen(**chosen))
    return list(plan.gets)


def why(actor, draft, person):
    plan = plan_of_giving(actor, draft, Chosen(people=(person.pk,)))
    return [one.why for one in plan.left_out]


def test_managers_give_to_all_below_them_and_to_nobody_else(manager, team):
    below = PersonFactory(manager=team[0])
    PersonFactory()

    assert set(people_in_reach(acting(manager))) == {*team, below}
    assert may_give_goals(acting(manager))
    assert may_give_goals(acting(below)).code == "nobody_to_give_to"


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.HR_PARTNER])
def test_specialists_and_hr_partners_give_to_the_people_in_their_care(role):
    unit = UnitFactory(parent=company())
    inside, _outside = PersonFactory(unit=UnitFactory(parent=unit)), PersonFactory()

    assert set(people_in_reach(with_role(role, unit))) == {inside}
    assert may_give_goals(with_role(role, unit))


def test_nobody_gives_goals_to_themself(manager, team):
    specialist = with_role(Role.SPECIALIST)
    delegate = standing_in(manager, team[0])

    assert specialist.person_id not in people_in_reach(specialist).values_list("pk", flat=True)
    assert set(people_in_reach(delegate)) == {team[1]}


def test_people_are_chosen_by_name_team_unit_family_and_title():
    specialist = with_role(Role.SPECIALIST, job_family="Other", title="Specialist")
    unit = UnitFactory(parent=company())
    boss = PersonFactory(job_family="Other", title="Boss")
    named = PersonFactory(job_family="Other", title="Other")
    report = PersonFactory(manager=boss, job_family="Other", title="Other")
    below = PersonFactory(unit=UnitFactory(parent=unit), job_family="Other", title="Other")
    seller = PersonFactory(job_family="Sales", title="Other")
    welder = PersonFactory(job_family="Other", title="Welder")

    for chosen, person in (
        ({"people": (named.pk,)}, named),
        ({"teams": (boss.pk,)}, report),
        ({"units": (unit.pk,)}, below),
        ({"families": ("Sales",)}, seller),
        ({"titles": ("Welder",)}, welder),
    ):
        assert gets(specialist, **chosen) == [person]
    everyone = gets(specialist, people=(named.pk,), units=(unit.pk,), titles=("Welder",))
    assert set(everyone) == {named, below, welder}
    assert "Sales" in job_families(specialist)
    assert "Welder" in job_titles(specialist)


def test_a_unit_means_those_in_it_whom_one_can_give_goals_to(manager, team):
    PersonFactory()

    assert gets(acting(manager), units=(company().pk,)) == team


def test_everybody_who_is_left_out_by_name_is_told_with_the_reason(manager):
    GoalRulesFactory(most_goals=1)
    draft = draft_for(manager, outcome="Orders leave the house within two days of coming in")
    left = PersonFactory(manager=manager, left_on=date(2025, 1, 1))
    full = GoalFactory(owner=PersonFactory(manager=manager), outcome="Another thing altogether")
    has_it = GoalFactory(
        owner=PersonFactory(manager=manager),
        outcome="Orders leave the house within two days",
        proposed=True,
    )
    actor = acting(manager)

    for person, reason in (
        (left, Why.NOT_EMPLOYED),
        (manager, Why.ONESELF),
        (PersonFactory(), Why.NOT_IN_REACH),
        (full.owner, Why.FULL),
        (has_it.owner, Why.HAS_IT),
    ):
        assert why(actor, draft, person) == [reason]


def test_the_same_words_in_another_time_or_in_a_private_draft_keep_nobody_out(manager, team):
    words = {"outcome": "Orders leave the house within two days of coming in"}
    GoalFactory(owner=team[0], starts_on=date(2024, 1, 1), due_on=date(2024, 12, 31), **words)
    GoalFactory(owner=team[1], draft=True, **words)
    draft = draft_for(manager, **words)

    plan = plan_of_giving(acting(manager), draft, Chosen(teams=(manager.pk,)))

    assert list(plan.gets) == team


def test_more_people_cost_no_more_queries(manager, django_assert_max_num_queries):
    PersonFactory.create_batch(12, manager=manager)
    actor, draft = acting(manager), draft_for(manager)

    with django_assert_max_num_queries(8):
        plan_of_giving(actor, draft, Chosen(teams=(manager.pk,)))


def test_only_goals_of_one_person_are_given():
    assert may_be_given(draft_for(PersonFactory()))
    refused = may_be_given(draft_for(PersonFactory(), scope=Scope.TEAM, co_owner_ids=(1,)))
    assert refused.code == "for_one_person_each"


def test_a_batch_is_seen_and_changed_by_who_prepared_it(manager, team):
    batch = GoalBatch.objects.create(title="Orders", by=manager, at=NOW)
    other = acting(PersonFactory())

    assert list(visible_batches(acting(manager))) == [batch]
    assert not visible_batches(other).exists()
    assert may_prepare(acting(manager), batch)
    assert may_prepare(other, batch).code == "not_your_batch"
    batch.given_at = NOW
    assert may_prepare(acting(manager), batch).code == "given_already"
