from itertools import combinations_with_replacement, product
from statistics import fmean, stdev

import pytest

from ratingstats.disclosure.few import (
    answers_behind,
    compatible_answers,
    nearest_half,
    show_answers,
)
from ratingstats.disclosure.rules import Rules, Why


def test_a_mean_of_three_answers_leaves_four_ways_and_a_spread_only_one():
    assert compatible_answers(3, "3.67") == ((1, 5, 5), (2, 4, 5), (3, 3, 5), (3, 4, 4))
    assert compatible_answers(3, "3.67", "0.577") == ((3, 4, 4),)
    assert compatible_answers(3, "3.67", "0.58") == ((3, 4, 4),)
    assert compatible_answers(3, "3.67", "1.155") == ((3, 3, 5),)


@pytest.mark.parametrize("n", [3, 4])
def test_what_is_shown_of_three_or_four_never_tells_who_said_what(n):
    for answers in combinations_with_replacement(range(1, 6), n):
        shown = show_answers(answers)
        assert shown.sd is None
        assert shown.distribution is None
        behind = answers_behind(shown)
        assert answers in behind
        assert len(behind) >= 3


def test_all_the_best_looks_like_nearly_the_best():
    assert show_answers([5, 5, 5]) == show_answers([5, 5, 4])
    shown = show_answers([5, 5, 5])
    assert (shown.low, shown.high, shown.is_range) == (4.5, 5.0, True)
    assert show_answers([1, 1, 1]).high == 1.5
    assert not show_answers([3, 4, 3]).is_range


def test_fewer_than_k_show_not_even_how_many():
    shown = show_answers([4, 5])
    assert (shown.n, shown.low, shown.why) == (None, None, Why.TOO_FEW)
    assert answers_behind(shown) == ()


def test_a_reader_who_answered_does_not_count():
    assert show_answers([4, 5, 3], viewer_is_among_them=True).why is Why.TOO_FEW
    assert show_answers([4, 5, 3, 2, 4], viewer_is_among_them=True).sd is None
    assert not Rules(3).is_enough(3, viewer_is_among_them=True)
    assert Rules(3).is_enough(3)


def test_from_five_on_spread_and_distribution_are_shown():
    answers = [3, 4, 4, 5, 2]
    shown = show_answers(answers)
    assert shown.low == fmean(answers)
    assert shown.sd == pytest.approx(stdev(answers))
    assert shown.distribution == (0, 1, 1, 2, 1)


@pytest.mark.parametrize(("mean", "rounded"), [(3.75, 4.0), (3.74, 3.5), (3.25, 3.5), (2.5, 2.5)])
def test_halves_are_rounded_upwards(mean, rounded):
    assert nearest_half(mean) == rounded


def test_the_ways_to_answer_are_all_ways_to_answer():
    fitting = {
        tuple(sorted(answers))
        for answers in product(range(1, 6), repeat=4)
        if round(fmean(answers), 2) == 2.75
    }
    assert set(compatible_answers(4, "2.75")) == fitting


def test_too_many_answers_to_list_are_refused():
    with pytest.raises(ValueError, match="too many to list"):
        compatible_answers(100, "3.5")
