import numpy as np
import pytest

from evenhand.analytics.audit.measuring.dependence import measure_dependence
from evenhand.analytics.audit.measuring.design import measure_design
from evenhand.analytics.audit.measuring.modelling import model_of
from evenhand.analytics.audit.ratings import Choices
from tests.factories.ratings import crossed_ratings, ratings_of

# Shrout and Fleiss (1979), six targets by four judges.
JUDGED = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def dependence(ratings):
    design = measure_design(ratings)
    return measure_dependence(model_of(ratings, design), design, Choices())


def judged():
    return ratings_of([(i, j, JUDGED[i][j]) for i in range(6) for j in range(4)])


def test_the_parts_of_a_published_table_are_found():
    found = dependence(judged())

    assert (found.person, found.rater, found.residual) == pytest.approx(
        (2.5556, 5.2444, 1.0194), abs=1e-4
    )
    assert found.share_rater == pytest.approx(5.2444 / (2.5556 + 5.2444 + 1.0194), abs=1e-4)


def test_reliability_counts_raters_as_error():
    found = dependence(judged())

    assert found.reliability.phi == pytest.approx(0.62005, abs=1e-4)
    assert found.reliability.g == pytest.approx(0.9093, abs=1e-4)
    assert found.reliability.needed == 10


def test_how_far_a_rating_moves_has_an_interval_around_it():
    found = dependence(crossed_ratings(np.random.default_rng(7))[0])

    low, high = found.moves_between
    assert low < found.moves < high
    assert low < 0.4 < high


def test_without_second_raters_no_reliability_is_claimed():
    rng = np.random.default_rng(8)
    rows = [(f"P{i}", f"R{i % 8}", rng.normal(3, 1)) for i in range(200)]

    found = dependence(ratings_of(rows))

    assert found.one_rater_each
    assert (found.person, found.reliability) == (None, None)
    assert found.rater is not None


@pytest.mark.parametrize(("k", "persons", "is_told"), [(5, 4, False), (5, 5, True), (6, 5, False)])
def test_parts_of_the_ratings_of_a_handful_of_people_are_not_told(k, persons, is_told):
    rng = np.random.default_rng(9)
    rows = [(f"P{i}", f"R{j}", rng.normal(3, 1)) for i in range(persons) for j in range(8)]
    ratings = ratings_of(rows)
    design = measure_design(ratings)

    found = measure_dependence(model_of(ratings, design), design, Choices(k=k))

    assert (found.rater is not None, found.reliability is not None) == (is_told, is_told)


def test_a_handful_of_second_raters_is_as_good_as_none():
    rng = np.random.default_rng(8)
    rows = [(f"P{i}", f"R{i % 8}", rng.normal(3, 1)) for i in range(200)]
    rows += [(f"P{i}", f"R{(i + 1) % 8}", rng.normal(3, 1)) for i in range(4)]

    assert dependence(ratings_of(rows)).one_rater_each


def test_nothing_is_claimed_of_ratings_that_are_all_alike():
    found = dependence(ratings_of([(f"P{i}", f"R{i % 4}", 3) for i in range(40)]))

    assert (found.rater, found.share_rater, found.moves) == (None, None, None)
    assert found.reason
