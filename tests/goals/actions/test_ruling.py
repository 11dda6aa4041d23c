from dataclasses import replace

import pytest

from evenhand.audit.models import Entry
from evenhand.goals.actions.ruling import (
    FEWER_THAN_MANY,
    NARROWER_THAN_USUAL,
    NO_DAYS,
    REASON_MISSING,
    RULES_CHANGED,
    WEIGHTS_DO_NOT_FIT,
    RulesPlan,
    may_rule_so,
    set_rules,
)
from evenhand.goals.kinds import Openness
from evenhand.goals.limits import rules_in_force
from evenhand.goals.models import GoalRules
from evenhand.goals.policies import NOT_THE_SPECIALIST
from evenhand.kernel.acting import Role
from evenhand.kernel.verdict import Refused
from tests.factories.access import with_role
from tests.factories.goals import NOW, GoalRulesFactory

pytestmark = pytest.mark.django_db

WHY = "Half a year is too long without a word."


@pytest.fixture
def specialist():
    return with_role(Role.SPECIALIST)


@pytest.fixture
def plan():
    return RulesPlan.of(GoalRules())


def test_the_rules_stand_from_now_on_and_former_ones_are_kept(specialist, plan):
    former = GoalRulesFactory()
    set_rules(replace(plan, cadence_days=14), WHY, by=specialist, at=NOW, seen=former.pk)

    standing = rules_in_force()
    assert (standing.cadence_days, standing.reason) == (14, WHY)
    assert standing.author_id == specialist.person_id
    assert GoalRules.objects.filter(pk=former.pk, cadence_days=30).exists()
    assert Entry.objects.get().code == "goal_rules.set"


def test_sent_twice_they_are_kept_once(specialist, plan):
    for _time in range(2):
        set_rules(replace(plan, most_goals=8), WHY, by=specialist, at=NOW, seen=None)

    assert GoalRules.objects.count() == Entry.objects.count() == 1


def test_nobody_overwrites_rules_they_have_not_read(specialist, plan):
    GoalRulesFactory(cadence_days=7)

    with pytest.raises(Refused) as refused:
        set_rules(replace(plan, most_goals=8), WHY, by=specialist, at=NOW, seen=None)

    assert refused.value.verdict == RULES_CHANGED


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SPECIALIST])
def test_only_the_specialist_sets_the_rules(plan, role):
    with pytest.raises(Refused) as refused:
        set_rules(plan, WHY, by=with_role(role), at=NOW, seen=None)

    assert refused.value.verdict == NOT_THE_SPECIALIST
    assert not GoalRules.objects.exists()


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"default_openness": "organization", "widest_openness": "team"}, NARROWER_THAN_USUAL),
        ({"many_goals": 11}, FEWER_THAN_MANY),
        ({"many_goals": 0}, FEWER_THAN_MANY),
        ({"lowest_weight": 70}, WEIGHTS_DO_NOT_FIT),
        ({"lowest_weight": 0}, WEIGHTS_DO_NOT_FIT),
        ({"highest_weight": 101}, WEIGHTS_DO_NOT_FIT),
        ({"cadence_days": 0}, NO_DAYS),
    ],
)
def test_rules_fit_together(plan, change, verdict):
    assert may_rule_so(plan, WHY)
    assert may_rule_so(replace(plan, **change), WHY) == verdict


def test_rules_may_keep_every_goal_to_the_line(plan):
    narrow = replace(plan, default_openness=Openness.LINE, widest_openness=Openness.LINE)

    assert may_rule_so(narrow, WHY)


def test_rules_change_for_a_reason(plan):
    assert may_rule_so(plan, "  ") == REASON_MISSING
