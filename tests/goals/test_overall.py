"""What the goals of a person make together."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.goals.kinds import Ambition
from evenhand.goals.overall import Weighed, weighted_score

COMMITTED, ASPIRATIONAL = Ambition.COMMITTED, Ambition.ASPIRATIONAL
FIRST, SECOND = Decimal(10) / 13, Decimal(2) / 3


def one(*rows, ambition=COMMITTED):
    found = weighted_score(
        Weighed(ambition, weight, None if score is None else Decimal(score))
        for weight, score in rows
    )
    assert len(found) == 1
    return found[0]


def test_the_mean_by_weight():
    assert one((40, FIRST), (35, SECOND), (25, "0.7")).score == pytest.approx(
        Decimal("0.7160"), abs=Decimal("0.0001")
    )


def test_what_was_cancelled_with_approval_leaves_the_score_and_stays_uncovered():
    overall = one((40, None), (35, SECOND), (25, "0.7"))

    assert overall.score == pytest.approx(Decimal("0.6806"), abs=Decimal("0.0001"))
    assert overall.coverage == Decimal("0.6")


def test_under_sixty_percent_there_is_no_score():
    overall = one((41, None), (34, "0.9"), (25, "0.7"))

    assert (overall.score, overall.coverage) == (None, Decimal("0.59"))
    assert (overall.goals, overall.scored) == (3, 2)


def test_without_weights_all_count_the_same():
    overall = one((None, "0.2"), (None, "0.4"))

    assert (overall.score, overall.is_weighed) == (Decimal("0.3"), False)


def test_a_goal_without_a_weight_counts_like_the_mean_of_the_others():
    assert one((20, 0), (40, 0), (None, 1)).score == Decimal("0.333333")


def test_nothing_scored_is_no_score():
    assert one((100, None)).score is None
    assert weighted_score([]) == ()


def test_committed_and_aspirational_are_never_averaged():
    both = weighted_score(
        [Weighed(ASPIRATIONAL, 50, Decimal(0)), Weighed(COMMITTED, 50, Decimal(1))]
    )

    assert [(overall.ambition, overall.score) for overall in both] == [
        (COMMITTED, 1),
        (ASPIRATIONAL, 0),
    ]


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.integers(1, 100), st.decimals(0, 1, places=6)), min_size=1, max_size=10)
)
def test_a_score_lies_between_the_lowest_and_the_highest(rows):
    scores = [score for _weight, score in rows]

    assert min(scores) <= one(*rows).score <= max(scores)
