from datetime import date

import pytest
from django.db import IntegrityError, transaction

from evenhand.goals.kinds import GoalState
from evenhand.goals.models import GoalBatch, GoalOwner, Weighing
from tests.factories.goals import AGREED_AT, NOW, GoalFactory, GoalPartFactory
from tests.factories.people import PersonFactory
from tests.factories.strategy import ObjectiveFactory

pytestmark = pytest.mark.django_db


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_a_goal_is_named_without_its_words():
    goal = GoalFactory(outcome="Sell the plant in Lyon before anyone knows")

    assert str(goal) == f"goal {goal.pk}"
    assert "Lyon" not in str(goal.owners.get())


def test_a_goal_is_due_on_its_first_day_at_the_earliest():
    GoalFactory(starts_on=date(2026, 5, 1), due_on=date(2026, 5, 1))
    refused(lambda: GoalFactory(starts_on=date(2026, 5, 1), due_on=date(2026, 4, 30)))


def test_a_goal_supports_one_thing_and_never_itself():
    above = GoalFactory()
    refused(lambda: GoalFactory(parent=above, objective=ObjectiveFactory()))
    above.parent = above
    refused(above.save)


def test_a_goal_has_a_date_of_agreement_exactly_when_agreed():
    refused(lambda: GoalFactory(state=GoalState.ACTIVE, agreed_at=None))
    refused(lambda: GoalFactory(state=GoalState.DRAFT, agreed_at=AGREED_AT))


def test_only_a_drop_is_approved():
    GoalFactory(dropped=True, drop_is_approved=True)
    refused(lambda: GoalFactory(closed=True, drop_is_approved=True))


def test_a_score_is_a_share():
    refused(lambda: GoalFactory(score="1.1"))


def test_agreed_are_also_those_that_ended():
    assert [GoalFactory(**{state: True}).is_agreed for state in ("closed", "dropped")] == [True] * 2
    assert not GoalFactory(proposed=True).is_agreed
    assert not GoalFactory(closed=True).is_active


def test_a_person_owns_a_goal_once_with_a_weight_in_percent():
    goal = GoalFactory(weight=30)
    refused(lambda: GoalOwner.objects.create(goal=goal, person=goal.owner, starts_on=AGREED_AT))
    refused(lambda: GoalFactory(weight=101))


def test_a_part_weighs_a_percentage_and_without_a_metric_is_a_milestone():
    assert GoalPartFactory(title="Pilot runs", metric="").is_milestone
    assert str(GoalPartFactory(title="Pilot runs")) == "Pilot runs"
    refused(lambda: GoalPartFactory(weight=0))


def test_what_a_goal_once_weighed_is_never_changed():
    share = GoalFactory(weight=30).owners.get()
    once = Weighing.objects.create(share=share, weight=30, by=share.person, at=NOW)
    once.weight = 60

    refused(once.save)
    assert str(once) == "60"


def test_a_batch_says_what_was_given():
    batch = GoalBatch.objects.create(title="Safe work", by=PersonFactory(), at=NOW)

    assert str(batch) == "Safe work"
