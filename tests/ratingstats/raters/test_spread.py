import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ratingstats.raters.comparing import Pool, compared
from ratingstats.raters.spread import (
    entropy,
    few_level_raters,
    levels_used,
    middle,
    middle_raters,
    narrow_raters,
    narrowness,
    narrowness_of,
    upper_binomial,
)
from ratingstats.reasons import Reason
from ratingstats.status import Status


def test_a_third_of_the_others_spread_is_hardly_chance():
    found = narrowness_of(0.3, 10, 0.9)

    assert found.ratio == pytest.approx(0.3333, abs=1e-4)
    assert found.chi2 == pytest.approx(1.0, abs=1e-4)
    assert found.p == pytest.approx(0.00056, abs=1e-5)


def test_seven_ratings_are_too_few():
    found = narrowness([3] * 7, Pool(50, 3, 1))

    assert (found.status, found.reason) == (Status.REFUSED, Reason.TOO_FEW)


def test_without_others_or_their_spread_nothing_is_said():
    nan = float("nan")

    assert narrowness([3] * 9, Pool(0, nan, nan)).reason is Reason.NO_OTHERS
    assert narrowness([3] * 9, Pool(50, 3, 0)).reason is Reason.NO_SPREAD
    with pytest.raises(ValueError, match="positive standard deviation"):
        narrowness_of(1, 9, 0)


def test_only_the_rater_who_gives_everybody_the_same_is_narrow():
    rng = np.random.default_rng(1)
    values = np.concatenate([rng.integers(1, 6, 60), np.full(12, 3)])
    rows = narrow_raters(compared(values, np.repeat(np.arange(6), 12), 6))

    assert [row.is_flagged for row in rows] == [False] * 5 + [True]
    assert rows[5].q >= rows[5].p


@settings(max_examples=30)
@given(st.lists(st.integers(1, 5), min_size=8, max_size=20), st.integers(-3, 3))
def test_level_and_direction_do_not_matter_to_a_spread(ratings, level):
    one = narrowness(ratings, Pool(50, 3, 1))
    other = narrowness(level - np.array(ratings), Pool(50, level - 3, 1))

    assert (other.ratio, other.p) == pytest.approx((one.ratio, one.p))


def test_a_rater_is_not_narrow_where_nearly_everybody_is_on_one_level():
    rng = np.random.default_rng(9)
    values = rng.choice([2.0, 3, 4], size=240, p=[0.1, 0.78, 0.12])
    values[:10] = 3
    rows = narrow_raters(compared(values, np.repeat(np.arange(24), 10), 24))

    assert rows[0].p == 0
    assert rows[0].drawn > 0.05
    assert not any(row.is_flagged for row in rows)


def test_drawing_agrees_with_the_normal_formula_where_ratings_are_nearly_normal():
    rng = np.random.default_rng(8)
    values = np.rint(rng.normal(50, 6, 600))
    values[:12] = np.rint(50 + (values[:12] - 50) * 0.4)
    row = narrow_raters(compared(values, np.repeat(np.arange(50), 12), 50))[0]

    assert row.drawn == pytest.approx(row.p, abs=0.005)


def test_nine_of_ten_in_the_middle_where_others_put_four():
    found = middle(9, 10, 0.4)

    assert found.share == 0.9
    assert found.p == pytest.approx(stats.binomtest(9, 10, 0.4, "greater").pvalue)
    assert upper_binomial(0, 10, 0.4) == 1


def test_the_middle_needs_eight_ratings_and_others():
    assert middle(5, 7, 0.4).reason is Reason.TOO_FEW
    assert middle(5, 9, float("nan")).reason is Reason.NO_OTHERS


def test_only_the_rater_who_keeps_to_the_middle_is_flagged():
    on_middle = np.array([1, 0, 0, 1] * 15 + [1] * 20, float)
    rows = middle_raters(compared(on_middle, np.repeat(np.arange(4), 20), 4))

    assert [row.is_flagged for row in rows] == [False] * 3 + [True]


def test_one_level_has_no_evenness_and_all_levels_alike_have_all():
    assert entropy(np.array([0, 9, 0, 0])) == 0
    assert entropy(np.array([3, 3, 3, 3])) == pytest.approx(1)
    assert np.isnan(entropy(np.zeros(4)))


def test_a_rater_with_two_of_five_levels_is_flagged_where_others_use_all():
    found = levels_used([0, 0, 11, 1, 0], [10, 12, 20, 14, 9])

    assert (found.used, found.of, found.is_flagged) == (2, 5, True)


def test_a_rater_is_not_flagged_where_others_use_few_levels_too():
    assert not levels_used([0, 0, 11, 1, 0], [0, 0, 90, 5, 0]).is_flagged


def test_only_the_rater_who_always_uses_two_levels_is_flagged_among_many():
    rng = np.random.default_rng(10)
    counts = rng.multinomial(8, [0.1, 0.2, 0.3, 0.25, 0.15], size=300)
    counts[0] = [0, 0, 30, 1, 0]

    rows = few_level_raters(counts)

    assert [number for number, row in enumerate(rows) if row.is_flagged] == [0]
    assert rows[1].q == 1


def test_one_level_alone_is_counted_and_not_drawn():
    counts = np.vstack([[0, 10, 0], np.tile([3, 4, 3], (9, 1))])

    found = few_level_raters(counts)[0]

    assert found.drawn == pytest.approx(0.27**10 * 2 + 0.46**10)


def test_few_ratings_use_few_levels_and_say_nothing():
    assert levels_used([0, 0, 7, 0, 0], [9, 9, 9, 9, 9]).status is Status.REFUSED


def test_levels_are_those_of_one_scale():
    with pytest.raises(ValueError, match="same levels"):
        levels_used([1, 2], [1, 2, 3])


@settings(max_examples=30)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=6).filter(any))
def test_evenness_lies_between_none_and_all_and_ignores_order(counts):
    h = entropy(np.array(counts, float))

    assert -1e-12 <= h <= 1 + 1e-12
    assert entropy(np.array(counts[::-1], float)) == pytest.approx(h)
