import pytest
from django.utils import translation

from evenhand.analytics.audit.telling.figures import (
    between,
    count,
    percent,
    points,
    probability,
    signed,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.474, "0.47"),
        (0.476, "0.48"),
        (-0.474, "\u22120.47"),
        (-0.001, "0.00"),
        (0.0, "0.00"),
        (12, "12.00"),
    ],
)
def test_points_have_two_digits_and_nought_has_no_sign(value, text):
    assert points(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.474, "+0.47"), (-0.474, "\u22120.47"), (0.001, "0.00"), (0, "0.00")]
)
def test_a_difference_shows_its_direction(value, text):
    assert signed(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.62, "62%"),
        (0.467, "47%"),
        (0.0643, "6.4%"),
        (0.0001, "under 0.1%"),
        (0, "0%"),
        (1, "100%"),
    ],
)
def test_a_share_has_as_many_digits_as_mean_something(share, text):
    assert percent(share) == text


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.0312, ".031"),
        (0.0316, ".032"),
        (0.999, "1.00"),
        (0.5, ".50"),
        (0.0001, "under .001"),
        (0.0, "under .001"),
        (1.0, "1.00"),
    ],
)
def test_a_probability_is_never_nought(p, text):
    assert probability(p) == text


def test_a_probability_that_is_not_known_is_a_dash():
    assert probability(float("nan")) == "—"


def test_thousands_are_set_apart():
    assert count(1204) == "1,204"


def test_an_interval_names_its_ends():
    assert between(-0.2, 0.41) == "\u22120.20 to 0.41"


def test_numbers_follow_the_language_of_the_reader():
    with translation.override("de"):
        assert (points(0.47), count(1204)) == ("0,47", "1.204")
