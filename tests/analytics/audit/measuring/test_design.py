import numpy as np

from evenhand.analytics.audit.measuring.design import measure_design
from evenhand.analytics.audit.ratings import Ratings
from tests.factories.ratings import FIVE, coded, crossed_ratings, ratings_of

LINKED = [("P1", "A", 3), ("P2", "A", 4), ("P2", "B", 3), ("P3", "B", 5)]


def test_raters_who_share_people_are_connected():
    answers = measure_design(ratings_of(LINKED))

    assert (answers.persons, answers.raters, answers.linked_persons) == (3, 2, 1)
    assert answers.is_connected
    assert answers.raters_per_person == ((1, 2), (2, 1))


def test_raters_who_share_nobody_stand_apart():
    answers = measure_design(ratings_of([*LINKED, ("P4", "C", 2), ("P5", "C", 3)]))

    assert not answers.is_connected
    assert [(i.persons, i.raters, i.ratings) for i in answers.islands] == [(3, 2, 4), (2, 1, 2)]
    assert not any(island.is_comparable for island in answers.islands)


def test_the_mean_number_of_raters_is_the_harmonic_one():
    answers = measure_design(ratings_of(LINKED))

    assert answers.effective_raters == 3 / (1 + 1 / 2 + 1)


def test_one_rater_each_cannot_be_told_from_a_weaker_team():
    answers = measure_design(ratings_of([(f"P{i}", f"R{i % 4}", 3) for i in range(40)]))

    assert answers.one_rater_each
    assert not answers.can_separate
    assert len(answers.islands) == 4


def test_a_few_people_with_two_raters_are_not_enough():
    rows = [(f"P{i}", f"R{i % 4}", 3) for i in range(100)]
    some = [(f"P{i}", f"R{(i + 1) % 4}", 3) for i in range(9)]

    assert not measure_design(ratings_of(rows + some)).can_separate
    assert measure_design(ratings_of([*rows, *some, ("P9", "R3", 3)])).can_separate


def test_the_same_rater_twice_is_a_repetition_and_no_second_rater():
    answers = measure_design(ratings_of([("P1", "A", 3), ("P1", "A", 4), ("P2", "A", 3)]))

    assert (answers.repeated, answers.linked_persons) == (1, 0)


def test_without_raters_only_people_are_counted():
    ratings = Ratings(coded(["P1", "P2", "P2"]), np.array([3.0, 4.0, 5.0]), FIVE)

    answers = measure_design(ratings)

    assert (answers.persons, answers.raters, answers.islands) == (2, 0, ())
    assert not answers.is_connected


def test_the_order_of_ratings_changes_nothing():
    ratings, _severity = crossed_ratings(np.random.default_rng(1))
    turned = Ratings(
        coded(np.array(ratings.person.labels)[ratings.person.codes[::-1]]),
        ratings.value[::-1],
        FIVE,
        coded(np.array(ratings.rater.labels)[ratings.rater.codes[::-1]]),
    )

    assert measure_design(turned) == measure_design(ratings)
