import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ratingstats.raters.halo import halo, halo_numbers, halo_raters
from ratingstats.reasons import Reason
from ratingstats.status import Status

forms = arrays(np.float64, (9, 4), elements=st.integers(1, 5)).filter(
    lambda table: (np.ptp(table, axis=0) > 0).all()
)


def independent(rng, people=30):
    return rng.integers(1, 6, (people, 4)).astype(float)


def coloured(rng, people=30):
    return np.repeat(rng.integers(1, 6, (people, 1)), 4, axis=1).astype(float)


def test_the_same_answer_to_every_question_is_all_halo():
    mean_r, first, within = halo_numbers(coloured(np.random.default_rng(1)))

    assert (mean_r, first) == pytest.approx((1, 1))
    assert within == 0


def test_three_questions_by_hand():
    table = np.array([[1, 1, 2], [2, 2, 2], [3, 3, 1], [4, 4, 1]], float)
    a_and_c = np.corrcoef(table[:, 0], table[:, 2])[0, 1]

    mean_r, _first, within = halo_numbers(table)

    assert mean_r == pytest.approx((1 + 2 * a_and_c) / 3)
    assert within == pytest.approx((1 / 3**0.5 + 0 + 4 / 3 / (4 / 3) ** 0.5 + 3**0.5) / 4)


def test_a_rater_whose_forms_are_all_one_impression_is_flagged_beside_the_others():
    rng = np.random.default_rng(2)
    rows = halo_raters([independent(rng), independent(rng), independent(rng), coloured(rng)])

    assert [row.is_flagged for row in rows] == [False, False, False, True]
    assert rows[3].others_r < 0.2


def test_true_halo_shared_by_all_flags_nobody():
    rng = np.random.default_rng(3)

    assert not any(row.is_flagged for row in halo_raters([coloured(rng) for _ in range(4)]))


@pytest.mark.parametrize("table", [np.ones((7, 4)), np.ones((9, 2))], ids=["people", "questions"])
def test_too_few_say_nothing(table):
    assert halo(table).reason is Reason.TOO_FEW


def test_a_question_answered_the_same_for_everybody_says_nothing():
    table = independent(np.random.default_rng(4))
    table[:, 2] = 3

    assert (halo(table).status, halo(table).reason) == (Status.REFUSED, Reason.NO_SPREAD)


def test_one_rater_alone_has_nobody_to_be_compared_with():
    (row,) = halo_raters([coloured(np.random.default_rng(5))])

    assert row.status is Status.MEASURED
    assert not row.is_flagged


def test_forms_with_a_gap_are_left_out():
    table = independent(np.random.default_rng(6))
    table[0, 1] = np.nan

    assert halo(table).n == len(table) - 1


def test_a_single_question_is_no_form():
    with pytest.raises(ValueError, match="a column for each question"):
        halo([1, 2, 3])


@settings(max_examples=25)
@given(forms, st.permutations(range(4)))
def test_the_order_of_questions_and_the_direction_of_the_scale_do_not_matter(table, order):
    one, other = halo_numbers(table), halo_numbers(6 - table[::-1][:, order])

    assert other == pytest.approx(one, abs=1e-9)
