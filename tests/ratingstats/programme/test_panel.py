import numpy as np
import pytest

from ratingstats.programme.panel import Panel


def test_observations_of_one_unit_and_period_are_averaged():
    panel = Panel.of([1, 3, 5, 7], ["b", "b", "a", "b"], [1, 1, 2, 2], [2, 2, None, 2])

    assert panel.labels == ("a", "b")
    assert panel.start.tolist() == [np.inf, 2]
    np.testing.assert_array_equal(panel.means(), [[np.nan, 5], [2, 7]])


def test_missing_outcomes_are_left_out_with_units_that_have_nothing_else():
    panel = Panel.of([1, np.nan, np.nan], ["a", "a", "b"], [1, 2, 1], [np.inf] * 3)

    assert (panel.labels, panel.periods.tolist()) == (("a",), [1])


def test_a_unit_starts_once():
    with pytest.raises(ValueError, match="starts once"):
        Panel.of([1, 2], ["a", "a"], [1, 2], [1, 2])
    with pytest.raises(ValueError, match="per observation"):
        Panel.of([1, 2], ["a"], [1, 2], [1, 2])
