import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.raters.comparing import compared, false_discovery, rows_by_rater

many = st.lists(st.tuples(st.integers(0, 3), st.floats(-5, 5)), min_size=1, max_size=40)


@settings(max_examples=40)
@given(many)
def test_everybody_else_is_the_pool(pairs):
    rater, values = np.array([one for one, _ in pairs]), np.array([y for _, y in pairs])

    for one in compared(values, rater, 4):
        rest = values[rater != one.rater]
        assert sorted(one.values) == sorted(values[rater == one.rater])
        assert one.others.n == len(rest)
        if len(rest) >= 2:
            assert one.others.mean == pytest.approx(rest.mean(), abs=1e-9)
            assert one.others.sd == pytest.approx(rest.std(ddof=1), abs=1e-6)


def test_ratings_without_a_rater_or_a_value_belong_to_nobody():
    (only,) = compared([1, 2, np.nan, 4], [0, -1, 0, 0], 1)

    assert only.values.tolist() == [1, 4]
    assert only.others.n == 0


def test_rows_keep_their_order():
    first, second, third = rows_by_rater([1, 0, 1, -1, 1], 3)

    assert (first.tolist(), second.tolist(), third.tolist()) == ([1], [0, 2, 4], [])


def test_a_rater_is_given_for_each_rating():
    with pytest.raises(ValueError, match="one rater for each rating"):
        compared([1, 2], [0], 1)


def test_what_was_not_tested_does_not_count_as_a_test():
    q = false_discovery([0.01, float("nan"), 0.04])

    assert q[0] == pytest.approx(0.02)
    assert q[2] == pytest.approx(0.04)
    assert np.isnan(q[1])
