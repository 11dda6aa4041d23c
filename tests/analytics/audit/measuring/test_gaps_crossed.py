from dataclasses import replace

import numpy as np
import pytest

from evenhand.analytics.audit.measuring.gaps import measure_gaps
from evenhand.analytics.audit.ratings import Choices, Coded, Ratings
from ratingstats.disclosure.linear import Constraints, feasible_interval
from tests.factories.groups import FIVE, mixed_staff, named


def table_of(counts, high=0.4):
    """Ratings of people in the cells of a table of counts, of each cell some rated 4 or 2."""
    places = [(r, c) for r, row in enumerate(counts) for c, n in enumerate(row) for _ in range(n)]
    rows, columns = (np.array(side) for side in zip(*places, strict=True))
    within = np.concatenate([np.arange(n) / max(n, 1) for row in counts for n in row])
    return Ratings(
        person=named(len(places)),
        value=np.where(within < high, 4.0, np.where(within > 0.8, 2.0, 3.0)),
        scale=FIVE,
        groups={
            "sex": Coded(rows, tuple("FMX"[: len(counts)])),
            "age": Coded(columns, tuple("abcd"[: len(counts[0])])),
        },
    )


def test_cells_are_compared_with_the_best_and_with_adding_up():
    rng = np.random.default_rng(2)
    ratings = mixed_staff(rng, n=900)
    both = (ratings.groups["sex"].codes == 0) & (ratings.groups["age"].codes == 2)
    answers = measure_gaps(
        replace(ratings, value=np.where(both, np.minimum(ratings.value, 3.0), ratings.value)),
        Choices(),
    )

    crossed = answers.crossings[0]
    low = next(cell for cell in crossed.points if cell.label == "F, 50 and over")
    rates = next(one for one in crossed.rates[0].groups if one.label == "F, 50 and over")

    assert low.interval[1] < 0
    assert low.beyond <= low.shrunken < 0
    assert rates.happened == 0
    assert rates.test.decision.value == "review"


def test_no_hidden_cell_can_be_worked_out():
    counts = [[30, 3, 22], [25, 24, 20]]
    answers = measure_gaps(table_of(counts), Choices())
    shown = {group.label: group.n for group in answers.crossings[0].rates[0].groups}
    names = [f"{sex}, {age}" for sex in "FM" for age in "abc"]
    hidden = [place for place, name in enumerate(names) if name not in shown]

    assert names.index("F, b") in hidden
    assert answers.crossings[0].hidden == len(hidden)
    matrix = np.vstack([np.kron(np.eye(2), np.ones(3)), np.kron(np.ones(2), np.eye(3))])
    flat = np.array(counts).ravel()
    known = matrix @ flat - sum(
        (matrix[:, place] * flat[place] for place in range(6) if place not in hidden), np.zeros(5)
    )
    for place in range(len(hidden)):
        found = feasible_interval(Constraints.on_counts(matrix[:, hidden], known), place)
        assert found.high - found.low >= 5


def test_people_in_hidden_groups_do_not_show_through_the_cells():
    counts = [[40, 36, 25, 2], [35, 30, 22, 1]]
    answers = measure_gaps(table_of(counts), Choices())

    ages = next(one for one in answers.attributes if one.name == "age")
    assert set(ages.hidden) == {"c", "d"}
    assert not any(label in one.group for one in answers.rows for label in "cd")


def test_what_is_expected_of_a_cell_says_nothing_of_the_hidden_ones():
    """Two tables with the same totals and shown cells; only the hidden cells differ."""
    one = [[30, 3, 22, 40], [25, 24, 20, 38], [36, 28, 31, 27]]
    other = [[30, 4, 21, 40], [25, 23, 21, 38], [36, 28, 31, 27]]

    first, second = (
        {cell.label: cell for cell in measure_gaps(table_of(t), Choices()).crossings[0].points}
        for t in (one, other)
    )

    assert set(first) == set(second)
    assert not {"F, b", "F, c", "M, b", "M, c"} & set(first)
    for label, cell in first.items():
        assert (cell.expected, cell.shrunken) == (second[label].expected, second[label].shrunken)


def test_how_many_combinations_are_hidden_does_not_say_in_how_many_nobody_is():
    hidden = [
        measure_gaps(table_of(counts), Choices()).crossings[0].hidden
        for counts in ([[30, 0, 22], [25, 24, 20]], [[30, 3, 22], [25, 24, 20]])
    ]

    assert hidden[0] == hidden[1]


def silent(ratings, places):
    """The same people, of whom some did not say how old they are."""
    age = ratings.groups["age"]
    codes = age.codes.copy()
    codes[places] = -1
    return replace(ratings, groups={**ratings.groups, "age": Coded(codes, age.labels)})


def test_a_few_who_did_not_say_are_left_out_everywhere_lest_totals_tell_about_them():
    ratings = table_of([[40, 30], [35, 30]])

    answers = measure_gaps(silent(ratings, [0, 50]), Choices())

    assert answers.left_out == 5
    assert [one.persons for one in answers.attributes] == [130, 130]
    assert len(answers.crossings) == 1


def test_many_who_did_not_say_stay_in_what_they_said():
    ratings = table_of([[40, 30], [35, 30]])

    answers = measure_gaps(silent(ratings, np.r_[0:15, 75:90]), Choices())

    assert answers.left_out == 0
    assert [one.persons for one in answers.attributes] == [135, 105]


def test_a_crossing_that_would_tell_about_a_few_of_those_who_did_not_say_is_not_told():
    ratings = table_of([[40, 30], [35, 30]])

    answers = measure_gaps(silent(ratings, np.r_[0:15, 75:77]), Choices())

    shown = {one.group for one in answers.rows if one.attribute == "sex, age"}
    assert not {"M, a", "M, b"} <= shown


def test_a_table_too_thin_to_show_is_refused():
    answers = measure_gaps(table_of([[6, 4], [4, 6]]), Choices())

    assert answers.crossings == ()
    assert answers.refused


@pytest.mark.parametrize("seed", range(5))
def test_cells_that_are_shown_have_at_least_k_people(seed):
    rng = np.random.default_rng(seed)
    counts = rng.integers(0, 25, (3, 4)).tolist()

    answers = measure_gaps(table_of(counts), Choices())

    assert all(one.n >= 5 for one in answers.rows)
