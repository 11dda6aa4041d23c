import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.analytics.audit.measuring.gaps import measure_gaps
from evenhand.analytics.audit.measuring.gaps_left_out import without_the_few
from evenhand.analytics.audit.measuring.gaps_people import people_of
from evenhand.analytics.audit.ratings import Choices, Coded, Ratings
from tests.factories.groups import FIVE


def of(**sizes):
    """People in groups of these sizes; a group named `unsaid` is not known."""
    words = [group for group, size in sizes.items() for _person in range(size)]
    said = ["" if word == "unsaid" else word for word in words]
    names = tuple(f"P{number:03}" for number in range(len(words)))
    value = np.resize([2.0, 3.0, 4.0, 3.0, 5.0], len(words))
    groups = {"sex": Coded.of(said)}
    return Ratings(Coded(np.arange(len(words)), names), value, FIVE, groups=groups)


def kept(ratings, k=5):
    return set(without_the_few(people_of(ratings), k).names)


def test_nobody_is_left_out_where_nobody_needs_it():
    ratings = of(F=40, M=30)

    assert len(kept(ratings)) == 70


def test_two_groups_stay_comparable_beside_a_third_of_very_few():
    answers = measure_gaps(of(F=40, M=30, X=2), Choices())

    assert {row.group for row in answers.rows} == {"F", "M"}
    assert answers.m
    assert answers.left_out == 5


def test_the_few_go_with_others_so_that_no_difference_to_a_total_is_theirs():
    ratings = of(F=40, M=30, X=2)
    out = set(people_of(ratings).names) - kept(ratings)

    assert {"P070", "P071"} < out
    assert len(out) == 5


def test_the_lot_falls_on_the_same_people_whatever_the_order():
    ratings = of(F=40, M=30, X=2)
    turned = Ratings(
        Coded(ratings.person.codes[::-1], ratings.person.labels),
        ratings.value[::-1],
        FIVE,
        groups={"sex": Coded(ratings.groups["sex"].codes[::-1], ratings.groups["sex"].labels)},
    )

    assert kept(turned) == kept(ratings)


def test_the_lot_falls_into_the_largest_group_and_makes_no_other_too_small():
    answers = measure_gaps(of(F=40, M=6, X=1), Choices())

    assert {row.group: row.n for row in answers.rows} == {"F": 36, "M": 6}


def test_where_several_groups_are_left_to_compare_small_ones_are_hidden_as_usual():
    assert len(kept(of(A=40, B=30, C=20, D=2))) == 92


@given(
    sizes=st.lists(st.integers(0, 12), min_size=2, max_size=5),
    unsaid=st.integers(0, 7),
    k=st.integers(2, 6),
)
@settings(max_examples=60)
def test_either_nobody_or_at_least_k_people_are_left_out(sizes, unsaid, k):
    ratings = of(unsaid=unsaid, **{f"g{number}": size for number, size in enumerate(sizes)})
    everybody = people_of(ratings).n

    out = everybody - len(kept(ratings, k))

    assert out == 0 or out >= min(k, everybody)
