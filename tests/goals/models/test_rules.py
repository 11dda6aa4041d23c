import pytest
from django.db import IntegrityError, transaction

from evenhand.goals.models import GoalRules, LibraryGoal
from tests.factories.goals import GoalRulesFactory

pytestmark = pytest.mark.django_db


def test_the_newest_rules_come_first():
    former, newest = GoalRulesFactory(), GoalRulesFactory(most_goals=8)

    assert list(GoalRules.objects.all()) == [newest, former]
    assert str(newest) == f"rules {newest.pk}"


def test_rules_that_held_once_are_never_changed():
    rules = GoalRulesFactory()
    rules.most_goals = 99

    with pytest.raises(IntegrityError), transaction.atomic():
        rules.save()


def test_a_goal_of_the_library_has_a_code_of_its_own():
    goal = LibraryGoal.objects.create(code="quick-orders", outcome="Orders leave sooner")

    assert str(goal) == "Orders leave sooner"
    with pytest.raises(IntegrityError), transaction.atomic():
        LibraryGoal.objects.create(code="quick-orders", outcome="Orders leave later")
