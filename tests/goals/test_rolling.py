from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.goals.kinds import Ambition, GoalState, RollUpFrom
from evenhand.goals.models import Goal
from evenhand.goals.rolling import Rolled, Supporter, counted_score, roll_up, rolled
from tests.factories.people import PersonFactory
from tests.factories.strategy import agreed

CLOSE = Decimal("0.0001")
THIRDS = Decimal(2) / 3


def stands(goal):
    row = Goal.objects.get(pk=goal.pk)
    return row.rolled_score, row.rolled_coverage


def share(weight, score):
    return Supporter(weight, None if score is None else Decimal(score))


def test_a_figure_is_the_mean_by_share():
    """Vector 10."""
    whole = rolled([share(40, Decimal(10) / 13), share(35, THIRDS), share(25, "0.7")])

    assert abs(whole.score - Decimal("0.7160")) < CLOSE
    assert whole.coverage == 1


def test_what_has_no_score_leaves_the_mean_and_lowers_the_coverage():
    """Vector 11: exactly 60 % is enough."""
    rest = rolled([share(40, None), share(35, THIRDS), share(25, "0.7")])

    assert abs(rest.score - Decimal("0.6806")) < CLOSE
    assert rest.coverage == Decimal("0.6")


def test_ten_tenths_are_a_whole():
    """Vector 8."""
    assert rolled([share(10, "0.1")] * 10) == Rolled(Decimal("0.1"), Decimal(1))


def test_under_sixty_percent_there_is_no_score():
    assert rolled([share(41, None), share(59, 1)]) == Rolled(None, Decimal("0.59"))


def test_nothing_rolls_up_to_nothing():
    assert rolled([]) == Rolled(None, None)
    assert rolled([share(1, None)]) == Rolled(None, Decimal(0))


@pytest.mark.parametrize(
    ("source", "own", "below", "expected"),
    [
        (RollUpFrom.OWN, "0.4", "0.8", "0.4"),
        (RollUpFrom.CHILDREN, "0.4", "0.8", "0.8"),
        (RollUpFrom.BOTH, "0.4", "0.8", "0.6"),
        (RollUpFrom.BOTH, "0.4", None, None),
        (RollUpFrom.CHILDREN, "0.4", None, None),
    ],
)
def test_a_goal_counts_with_its_own_score_or_with_that_of_those_below(source, own, below, expected):
    own, below, expected = (None if v is None else Decimal(v) for v in (own, below, expected))

    assert counted_score(source, own, below) == expected


@given(
    st.lists(
        st.tuples(st.integers(1, 100), st.none() | st.decimals(0, 1, places=4)),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=60)
def test_a_figure_lies_within_what_it_is_made_of(rows):
    whole = rolled(Supporter(weight, score) for weight, score in rows)
    scores = [score for _weight, score in rows if score is not None]

    assert 0 <= whole.coverage <= 1
    assert (whole.score is None) == (whole.coverage < Decimal("0.6"))
    if whole.score is not None:
        assert min(scores) - CLOSE <= whole.score <= max(scores) + CLOSE


@pytest.mark.django_db
class TestGoalsThatSupportAnother:
    @pytest.fixture
    def above(self):
        return agreed(rolls_up_from=RollUpFrom.CHILDREN)

    def test_they_make_its_rolled_score(self, above):
        below = [
            agreed(parent=above, share=40, score="0.769231"),
            agreed(parent=above, share=35, score="0.666667"),
            agreed(parent=above, share=25, score="0.7"),
        ]

        roll_up([goal.pk for goal in below])

        assert stands(above) == (Decimal("0.716026"), 1)

    def test_one_dropped_with_approval_leaves_the_score(self, above):
        gone = {"state": GoalState.DROPPED, "drop_is_approved": True}
        agreed(parent=above, share=40, score="0.769231", **gone)
        agreed(parent=above, share=35, score="0.666667")
        last = agreed(parent=above, share=25, score="0.7")

        roll_up([last.pk])

        assert stands(above) == (Decimal("0.680556"), Decimal("0.6"))

    def test_one_dropped_without_approval_counts_nothing(self, above):
        agreed(parent=above, score="1", state=GoalState.DROPPED)
        last = agreed(parent=above, score="1")

        roll_up([last.pk])

        assert stands(above) == (Decimal("0.5"), 1)

    def test_what_is_not_agreed_does_not_count(self, above):
        for state in (GoalState.DRAFT, GoalState.PROPOSED, GoalState.DISCARDED):
            agreed(parent=above, state=state, score="0")
        last = agreed(parent=above, state=GoalState.CLOSED, score="1")

        roll_up([last.pk])

        assert stands(above) == (1, 1)

    def test_committed_and_aspirational_goals_are_not_averaged(self, above):
        agreed(parent=above, ambition=Ambition.ASPIRATIONAL, score="0.3")
        last = agreed(parent=above, score="0.9")

        roll_up([last.pk])

        assert stands(above) == (Decimal("0.9"), 1)

    def test_a_change_reaches_the_top(self, above):
        middle = agreed(parent=above, rolls_up_from=RollUpFrom.BOTH, score="0.5")
        leaf = agreed(parent=middle, score="0.9")

        roll_up([leaf.pk])

        assert stands(middle) == (Decimal("0.9"), 1)
        assert stands(above) == (Decimal("0.7"), 1)

    def test_a_goal_that_counts_its_own_measurements_counts_nothing_twice(self, above):
        middle = agreed(parent=above, rolls_up_from=RollUpFrom.OWN, score="0.5")
        leaf = agreed(parent=middle, score="0.9")

        roll_up([middle.pk, leaf.pk])

        assert stands(above) == (Decimal("0.5"), 1)

    def test_a_goal_nothing_supports_any_more_has_no_rolled_score(self, above):
        leaf = agreed(parent=above, score="0.9")
        roll_up([leaf.pk])
        Goal.objects.filter(pk=leaf.pk).update(parent=None)

        roll_up([above.pk])

        assert stands(above) == (None, None)

    def test_many_goals_cost_the_same_queries_as_a_few(self, above, django_assert_max_num_queries):
        owner = PersonFactory()
        few = [agreed(parent=above, owner=owner, score="0.5").pk for _n in range(2)]
        many = [agreed(parent=above, owner=owner, score="0.7").pk for _n in range(12)]

        with django_assert_max_num_queries(5):
            roll_up(few)
        with django_assert_max_num_queries(5):
            roll_up(many)
