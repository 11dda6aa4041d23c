import numpy as np
import pytest

from evenhand.analytics.audit.ratings import Choices, Scale
from evenhand.analytics.audit.telling.methods import methods
from ratingstats.raters.comparing import FLAG_FROM
from tests.factories.ratings import FIVE, ratings_of

HALVES = Scale(tuple(np.arange(1, 5.5, 0.5).tolist()), (), 4.5, 2.5)
PERCENT = Scale(tuple(map(float, range(40, 101))), (), 80.0, 60.0)
ROWS = [("Ann", "Bob", 3), ("Ben", "Bob", 4)]


def about_ratings(scale, rows=ROWS):
    return " ".join(methods(ratings_of(rows, scale=scale), Choices())[0].paragraphs)


def test_the_levels_and_the_thresholds_have_their_names():
    said = about_ratings(FIVE)

    assert "5 levels: Below < Partly < Meets < Above < Outstanding." in said
    assert "A rating of Above or above counts as a good one, of Partly or below" in said


def test_levels_without_names_are_told_by_their_numbers_halves_too():
    said = about_ratings(HALVES)

    assert "9 levels: 1 < 1.5 < 2 <" in said
    assert "A rating of 4.5 or above counts as a good one, of 2.5 or below" in said


def test_many_levels_are_told_by_their_ends():
    assert "61 levels: 40 to 100." in about_ratings(PERCENT)


def test_one_rating_is_no_ratings():
    assert about_ratings(FIVE, ROWS[:1]).startswith("1 rating on a scale")


@pytest.mark.parametrize(("k", "hidden_below"), [(3, "5"), (7, "7")])
def test_what_is_hidden_is_told_as_it_is_done_however_small_the_chosen_number(k, hidden_below):
    hiding = methods(ratings_of(ROWS, scale=FIVE), Choices(k=k))[-1].paragraphs[0]

    assert f"Numbers about fewer than {hidden_below} people are not shown" in hiding
    assert f"among fewer than {2 * int(hidden_below)}." in hiding


def test_the_numbers_told_are_those_that_decide():
    said = " ".join(
        text
        for words in methods(ratings_of(ROWS, scale=FIVE), Choices())
        for text in words.paragraphs
    )

    assert f"there are at least {FLAG_FROM} people" in said
    assert "among groups of at least 5 people and 2% of all. Four-fifths" in said


def test_it_is_told_that_every_two_groups_count_and_how_often_nothing_asks_for_a_look():
    (groups,) = (w for w in methods(ratings_of(ROWS, scale=FIVE), Choices()) if w.title == "Groups")

    assert "every two groups that might have been compared count as a test" in groups.paragraphs[1]
    assert "2 to 5 in 100 audits still ask for a look" in groups.paragraphs[1]
