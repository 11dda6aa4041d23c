import numpy as np
import pytest

from evenhand.analytics.audit.measuring.design import measure_design
from evenhand.analytics.audit.measuring.modelling import model_of
from evenhand.analytics.audit.ratings import Coded
from tests.factories.ratings import coded, crossed_ratings, ratings_of


def modelled(ratings):
    return model_of(ratings, measure_design(ratings))


def test_people_and_raters_are_told_apart_where_people_share_raters():
    ratings, severity = crossed_ratings(np.random.default_rng(2))

    model = modelled(ratings)

    assert set(model.fit.variances) == {"person", "rater"}
    effects = model.fit.effects["rater"].estimate
    assert np.corrcoef(effects, severity)[0, 1] > 0.9
    assert model.can_separate


def test_people_with_one_rater_each_have_no_part_of_their_own():
    rows = [(f"P{i}", f"R{i % 8}", 3 + (i * 7 % 5 - 2) / 2) for i in range(200)]

    model = modelled(ratings_of(rows))

    assert set(model.fit.variances) == {"rater"}
    assert not model.can_separate


def test_units_that_are_the_raters_under_another_name_are_dropped():
    rng = np.random.default_rng(3)
    rows = [(f"P{i}", f"R{i % 8}", rng.normal(3, 1)) for i in range(200)]
    ratings = ratings_of(rows, unit=coded([f"U{i % 8}" for i in range(200)]))

    model = modelled(ratings)

    assert model.dropped == ("unit",)
    assert set(model.fit.variances) == {"rater"}


def test_a_few_units_are_held_equal_and_many_are_a_part():
    rng = np.random.default_rng(4)
    base, _severity = crossed_ratings(rng)
    few = crossed_ratings(rng, unit=Coded(base.person.codes % 3, ("A", "B", "C")))[0]
    many = crossed_ratings(rng, unit=Coded(base.person.codes % 9, tuple("ABCDEFGHI")))[0]

    assert "unit" not in modelled(few).fit.variances
    assert len(modelled(few).fit.fixed.names) == 3
    assert "unit" in modelled(many).fit.variances


def test_rows_that_do_not_say_who_rated_are_left_out():
    ratings, _severity = crossed_ratings(np.random.default_rng(5))
    ratings.rater.codes[:10] = -1

    model = modelled(ratings)

    assert model.fit.n == ratings.n - 10
    assert len(model.rater_codes) == 40


@pytest.mark.parametrize("value", [3.0, 5.0])
def test_ratings_that_are_all_alike_have_no_parts(value):
    ratings = ratings_of([(f"P{i}", f"R{i % 4}", value) for i in range(40)])

    model = modelled(ratings)

    assert model.fit is None
    assert model.reason


def test_a_single_rating_is_answered_without_a_model():
    assert modelled(ratings_of([("P1", "A", 3)])).fit is None
