import numpy as np
import pytest

from ratingstats.disclosure.linear import Constraints, feasible_interval, feasible_intervals
from ratingstats.disclosure.margins import equations, known_of_hidden, totals_of, with_totals


def test_an_interval_is_what_the_sums_leave_open():
    known = Constraints(np.array([[1.0, 1.0]]), np.array([7.0]), np.zeros(2), np.array([5.0, 9.0]))
    first, second = feasible_intervals(known, [0, 1])
    assert (first.low, first.high, first.width) == (0, 5, 5)
    assert (second.low, second.high) == (2, 7)


def test_what_no_sum_speaks_of_is_open_upwards():
    known = Constraints.on_counts(np.array([[1.0, 0.0]]), np.array([3.0]))
    assert feasible_interval(known, 0).width == 0
    assert feasible_interval(known, 1).high == np.inf


def test_whole_people_can_leave_less_open_than_fractions():
    """2 x + 2 y + z = 3 with z at most 1: in whole numbers z is 1."""
    known = Constraints(
        np.array([[2.0, 2.0, 1.0]]), np.array([3.0]), np.zeros(3), np.array([9.0, 9.0, 1.0])
    )
    assert feasible_interval(known, 2).width == 1
    assert feasible_interval(known, 2, in_whole_numbers=True).width == 0


def test_sums_that_contradict_each_other_are_named():
    known = Constraints.on_counts(np.array([[1.0], [1.0]]), np.array([3.0, 4.0]))
    with pytest.raises(ValueError, match="check the totals"):
        feasible_interval(known, 0)


@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 2)])
def test_every_line_of_a_table_adds_up_to_its_total(shape):
    table = with_totals(np.arange(np.prod(shape)).reshape(shape))
    assert (equations(table.shape) @ table.ravel() == 0).all()
    assert totals_of(table.shape).sum() == table.size - np.prod(shape)


def test_the_complement_of_a_shown_group_is_what_is_known_of_the_rest():
    """All seven have a mean of 25/7, five of them 3.6: the other two together had 7."""
    known = Constraints(np.array([[1.0, 1.0]]), np.array([25 - 5 * 3.6]), np.ones(2), np.full(2, 5))
    assert pytest.approx(3.5) == (25 - 5 * 3.6) / 2
    assert feasible_interval(known, 0).low == pytest.approx(2)


def test_only_hidden_cells_are_unknown():
    table = with_totals(np.array([[3, 4], [5, 6]]))
    hidden = np.zeros((3, 3), dtype=bool)
    hidden[0, 0] = True
    known = known_of_hidden(table, hidden)
    assert known.matrix.shape == (2, 1)
    assert feasible_interval(known, 0).low == 3
