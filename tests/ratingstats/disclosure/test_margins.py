import numpy as np

from ratingstats.disclosure.margins import totals_of, with_totals


def test_a_table_gets_its_totals():
    assert with_totals(np.array([[1, 2], [3, 4]])).tolist() == [[1, 2, 3], [3, 4, 7], [4, 6, 10]]


def test_totals_are_the_last_row_and_column():
    assert totals_of((2, 2)).tolist() == [[False, True], [True, True]]
