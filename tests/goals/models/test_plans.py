from decimal import Decimal

import pytest

from evenhand.goals.drafts import PLAN_FIELDS
from evenhand.goals.models import Goal, GoalVersion
from tests.factories.goals import GoalFactory

pytestmark = pytest.mark.django_db


def test_a_goal_and_its_versions_say_the_same_things():
    for model in (Goal, GoalVersion):
        assert set(PLAN_FIELDS) <= {field.name for field in model._meta.get_fields()}


def test_large_and_small_figures_stay_exact():
    goal = GoalFactory(baseline=Decimal("0.0001"), target=Decimal("9999999999.9999"))
    goal.refresh_from_db()

    assert (goal.baseline, goal.target) == (Decimal("0.0001"), Decimal("9999999999.9999"))
