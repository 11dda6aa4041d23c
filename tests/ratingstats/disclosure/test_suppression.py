import numpy as np

from ratingstats.disclosure.margins import with_totals
from ratingstats.disclosure.suppression import exposed_cells, intervals_of, protect


def hidden_in(table, *places):
    mask = np.zeros(table.shape, dtype=bool)
    mask[tuple(zip(*places, strict=True))] = True
    return mask


def test_a_hidden_cell_that_its_row_gives_away_is_exposed():
    table = with_totals(np.array([[12, 3, 9], [8, 11, 6], [10, 7, 14]]))
    hidden = hidden_in(table, (0, 1))
    assert exposed_cells(table, hidden, np.full(table.shape, 5.0)) == [(0, 1)]
    assert intervals_of(table, hidden, [(0, 1)])[0].width == 0


def test_a_rectangle_of_zeros_is_not_wide_enough_and_more_is_hidden():
    """The cheapest rectangle around the 1 holds zeros, through which nothing can flow."""
    table = with_totals(np.array([[1, 0, 30], [0, 0, 30], [30, 30, 30]]))
    hidden = hidden_in(table, (0, 0), (0, 1), (1, 0), (1, 1))
    needed = np.full(table.shape, 5.0)
    done = protect(table, hidden, needed)
    assert (done >= hidden).all()
    assert done.sum() > hidden.sum()
    assert exposed_cells(table, done, needed) == []


def test_what_is_safe_already_is_left_as_it_is():
    table = with_totals(np.full((3, 3), 8))
    hidden = hidden_in(table, (0, 0), (0, 1), (1, 0), (1, 1))
    assert (protect(table, hidden, np.full(table.shape, 5.0)) == hidden).all()


def test_totals_are_the_last_to_be_hidden():
    table = with_totals(np.array([[2, 40, 40], [40, 40, 40], [40, 40, 40]]))
    done = protect(table, hidden_in(table, (0, 0)), np.full(table.shape, 5.0))
    assert not done[-1].any()
    assert not done[:, -1].any()


def test_a_table_with_three_facts_is_protected_by_flows_alone():
    table = with_totals(np.full((2, 2, 2), 9))
    done = protect(table, hidden_in(table, (0, 0, 0)), np.full(table.shape, 5.0))
    assert exposed_cells(table, done, np.full(table.shape, 5.0)) == []
