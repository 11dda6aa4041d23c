from dataclasses import replace

import numpy as np
import pytest

from evenhand.analytics.audit.measuring.design import measure_design
from evenhand.analytics.audit.measuring.modelling import model_of
from evenhand.analytics.audit.measuring.ordinal_check import MOST_RATINGS, WhyNot, check_ordinal
from evenhand.analytics.audit.ratings import Choices, Coded
from tests.factories.ratings import coded, crossed_ratings, ratings_of


def crowded(seed=3, **more):
    """Ratings by the usual model, pressed into levels of which the middle one holds most."""
    ratings, severity = crossed_ratings(np.random.default_rng(seed), **more)
    levels = np.clip(np.round(3 + (ratings.value - 3) * 0.55), 1, 5)
    return replace(ratings, value=levels), severity


def test_raters_are_judged_alike_whether_levels_count_as_numbers_or_as_levels():
    ratings, _ = crowded()

    found = check_ordinal(ratings, Choices())

    assert (found.ratings, found.raters, found.crowded) == (600, 40, "Meets")
    assert found.crowded_share == np.mean(ratings.value == 3)
    assert found.agreement > 0.95
    assert found.is_settled
    low, high = found.between
    assert low < found.latent < high
    assert low < 0.4**2 / (0.4**2 + 0.6**2 + 0.5**2) < high


def test_the_linear_share_is_that_of_the_linear_model():
    ratings, _ = crowded()
    modelled = model_of(ratings, measure_design(ratings))

    found = check_ordinal(ratings, Choices(), modelled)

    assert found.linear == modelled.fit.shares()["rater"]
    assert found == check_ordinal(ratings, Choices())


def test_raters_who_do_not_differ_have_no_share_in_either_telling():
    rows = [(f"P{i}", f"R{i % 6}", 4 if i // 6 % 5 == 0 else 3) for i in range(120)]

    found = check_ordinal(ratings_of(rows), Choices())

    assert (found.linear, found.latent) == (0, 0)
    assert (found.between, found.agreement) == (None, None)


def test_a_level_without_a_name_is_called_by_its_number():
    ratings, _ = crowded()

    found = check_ordinal(replace(ratings, scale=replace(ratings.scale, names=())), Choices())

    assert found.crowded == "3"


def test_ratings_that_use_the_scale_need_no_second_telling():
    ratings, _ = crossed_ratings(np.random.default_rng(1))
    spread = replace(ratings, value=np.tile([1.0, 2.0, 3.0, 4.0, 5.0], 120))

    assert check_ordinal(spread, Choices()).why == WhyNot.NOT_NEEDED


def test_three_in_five_is_enough_to_ask_again():
    rows = [(f"P{i}", f"R{i % 4}", [3, 3, 3, 4, 2][i // 4 % 5]) for i in range(100)]
    ratings = ratings_of(rows)

    assert check_ordinal(ratings, Choices()).crowded_share == pytest.approx(0.6)
    fewer = replace(ratings, value=np.append(ratings.value[1:], 2.0))
    assert check_ordinal(fewer, Choices()).why == WhyNot.NOT_NEEDED


def test_ratings_between_levels_are_no_levels():
    ratings, _ = crowded()

    assert check_ordinal(replace(ratings, value=ratings.value + 0.5), Choices()).why == (
        WhyNot.NOT_LEVELS
    )


def test_without_raters_there_is_nothing_to_tell():
    ratings, _ = crowded()

    assert check_ordinal(replace(ratings, rater=None), Choices()).why == WhyNot.NO_RATERS


def test_ratings_of_one_level_carry_no_model():
    rows = [(f"P{i}", f"R{i % 4}", 3) for i in range(40)]

    assert check_ordinal(ratings_of(rows), Choices()).why == WhyNot.NO_MODEL


def test_a_unit_without_ratings_beside_the_lowest_is_too_few_to_ask_again():
    rows = [(f"P{i}", f"R{i % 7}", 3 + (i % 3 if i < 60 else 0)) for i in range(120)]
    unit = coded(["Mixed" if i < 60 else "Low" for i in range(120)])

    assert check_ordinal(ratings_of(rows, unit=unit), Choices()).why == WhyNot.TOO_FEW


def test_more_ratings_than_can_be_fitted_in_seconds_are_refused_at_once():
    n = MOST_RATINGS + 1
    person = Coded(np.arange(n), tuple(map(str, range(n))))
    rater = Coded(np.arange(n) % 50, tuple(map(str, range(50))))
    ratings, _ = crowded()
    many = replace(ratings, person=person, rater=rater, value=np.where(np.arange(n) % 9, 3.0, 4.0))

    assert check_ordinal(many, Choices()).why == WhyNot.TOO_LARGE
