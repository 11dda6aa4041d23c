import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.crossed import Factor, connectedness


def test_raters_who_share_nobody_cannot_be_compared():
    """Raters A {1, 2}, B {2, 3}, C {4, 5}: C stands alone."""
    rater, _names = Factor.of("rater", list("AABBCC"))
    person, _numbers = Factor.of("person", [1, 2, 2, 3, 4, 5])

    found = connectedness(rater, person)

    assert found.components == 2
    assert not found.connected
    assert found.component_of_a.tolist() == [0, 0, 1]
    assert found.component_of_b.tolist() == [0, 0, 0, 1, 1]
    assert found.rows.tolist() == [4, 2]
    assert found.levels_of_a.tolist() == [2, 1]
    assert found.levels_of_b.tolist() == [3, 2]
    assert found.share == pytest.approx(4 / 6)
    assert found.links_of_b.tolist() == [1, 2, 1, 1, 1]


def test_a_level_nobody_used_belongs_nowhere():
    rater, person = Factor("rater", np.array([0, 2]), 4), Factor("person", np.array([1, 1]), 2)

    found = connectedness(rater, person)

    assert found.component_of_a.tolist() == [0, -1, 0, -1]
    assert found.component_of_b.tolist() == [-1, 0]
    assert found.connected


def test_no_rows_have_no_parts():
    nobody = Factor("rater", np.array([], int), 0)

    assert connectedness(nobody, nobody).components == 0


def test_factors_of_different_rows_are_refused():
    with pytest.raises(ValueError, match="must come from the same rows"):
        connectedness(Factor("a", np.array([0]), 1), Factor("b", np.array([0, 0]), 1))


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=20))
def test_every_row_lies_within_one_part_and_parts_share_no_level(rows):
    of_a, of_b = np.array(rows).T
    a, b = Factor("a", of_a, 7), Factor("b", of_b, 7)

    found = connectedness(a, b)

    assert (found.component_of_a[a.codes] == found.component_of_b[b.codes]).all()
    assert found.rows.sum() == len(rows)
    assert (np.diff(found.rows) <= 0).all()
    assert found.components == found.component_of_a.max() + 1
