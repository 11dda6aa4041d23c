from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.goals.alignment import ALIGNED_AIM, Share, alignment_of, concentration
from evenhand.goals.kinds import GoalState, Scope, Side
from evenhand.goals.models import (
    Agreement,
    Goal,
    GoalOwner,
    GoalVersion,
    StrategicObjective,
    UnitPart,
)
from tests.factories.people import PersonFactory, UnitFactory
from tests.factories.strategy import YEAR, ObjectiveFactory, agreed

ON = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def measured():
    return alignment_of(Goal.objects.all(), StrategicObjective.objects.all(), ON)


@pytest.mark.django_db
def test_ten_goals_of_which_seven_reach_three_of_four_objectives():
    """Vector 14."""
    objectives = [ObjectiveFactory() for _n in range(4)]
    owner = PersonFactory()
    for number in range(7):
        agreed(objective=objectives[number % 3], owner=owner)
    given_up = agreed(objective=objectives[3], state=GoalState.DROPPED, owner=owner)
    agreed(parent=given_up, owner=owner)
    agreed(owner=owner)
    agreed(owner=owner, local_reason="Only our laboratory needs it")

    found = measured()

    assert found.aligned_share == Share(7, 10)
    assert found.aligned_share.value == Decimal("0.7")
    assert found.coverage == Share(3, 4)
    assert found.coverage.value == Decimal("0.75")
    assert (found.dangling, found.orphans, found.local, found.people) == (1, 1, 1, 1)
    assert found.goals_by_objective == (3, 2, 2)


@pytest.mark.django_db
def test_an_objective_that_does_not_hold_counts_neither_as_reached_nor_as_missing():
    agreed(objective=ObjectiveFactory(withdrawn=True))
    agreed(objective=ObjectiveFactory(starts_on=date(2025, 1, 1), ends_on=date(2026, 1, 1)))

    found = measured()

    assert (found.aligned_share, found.coverage) == (Share(0, 2), Share(0, 0))
    assert (found.coverage.value, found.concentration) == (None, None)
    assert found.dangling == 2


@pytest.mark.django_db
def test_only_active_goals_count():
    objective = ObjectiveFactory()
    for state in GoalState:
        agreed(objective=objective, state=state)

    assert measured().aligned_share == Share(1, 1)


@pytest.mark.django_db
def test_the_share_by_weight_is_out_of_what_was_weighed():
    aligned, orphan, _unweighed = agreed(objective=ObjectiveFactory()), agreed(), agreed()
    GoalOwner.objects.filter(goal=aligned).update(weight=60)
    GoalOwner.objects.filter(goal=orphan).update(weight=40)

    found = measured()

    assert (found.weight_share, found.weighed_goals) == (Share(60, 100), 2)


@pytest.mark.django_db
def test_copies_and_long_chains_are_counted():
    goal = agreed(outcome="Level 1 is reached by everybody here")
    for level in range(2, 6):
        goal = agreed(parent=goal, outcome=f"Something else at depth number {level}")

    found = measured()

    assert (found.deepest, found.too_deep, found.near_copies) == (5, 1, 3)


@pytest.mark.django_db
def test_a_shared_goal_waits_until_both_units_agreed():
    goal = agreed(state=GoalState.PROPOSED, scope=Scope.SHARED)
    version = GoalVersion.objects.create(
        goal=goal, number=1, author=goal.owner, written_at=AT, proposed_at=AT, **YEAR
    )
    parts = [
        UnitPart.objects.create(goal=goal, unit=UnitFactory(), responsible=PersonFactory())
        for _n in range(2)
    ]

    for waiting, part in zip((1, 1), parts, strict=True):
        assert measured().waiting_for_a_unit == waiting
        Agreement.objects.create(
            version=version,
            side=Side.UNIT,
            person=part.responsible,
            unit=part.unit,
            sentence="We do our part.",
            at=AT,
        )
    assert measured().waiting_for_a_unit == 0


@pytest.mark.django_db
def test_without_goals_nothing_is_said_to_be_aligned():
    found = measured()

    assert found.aligned_share.value is None
    assert found.aligned_share.reaches(ALIGNED_AIM) is None
    assert found.deepest == 0


def test_an_aim_is_compared_in_whole_numbers():
    assert Share(4, 5).reaches(ALIGNED_AIM)
    assert not Share(79_999, 100_000).reaches(ALIGNED_AIM)


def test_goals_spread_alike_are_least_concentrated():
    assert concentration([5, 5, 5, 5]) == Decimal("0.25")
    assert concentration([20]) == 1
    assert concentration([]) is None


@given(st.lists(st.integers(1, 500), min_size=1, max_size=12))
@settings(max_examples=50)
def test_concentration_lies_between_all_alike_and_all_in_one(counts):
    assert Decimal(1) / len(counts) - Decimal("0.000001") <= concentration(counts) <= 1


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 5])
def test_figures_cost_the_same_queries_for_any_number_of_goals(count, django_assert_num_queries):
    for _n in range(count):
        agreed(objective=ObjectiveFactory())

    with django_assert_num_queries(5):
        measured()
