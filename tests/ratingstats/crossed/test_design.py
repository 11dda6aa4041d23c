import numpy as np
import pytest

from ratingstats.crossed import Design, Factor

Y = np.array([1.0, 2.0, 3.0])
RATER = Factor("rater", np.array([0, 1, 1]), 2)


def test_names_are_coded_in_sorted_order_and_come_back():
    factor, labels = Factor.of("rater", ["Bo", "Al", "Bo"])

    assert list(labels) == ["Al", "Bo"]
    assert list(labels[factor.codes]) == ["Bo", "Al", "Bo"]
    assert factor.levels == 2


@pytest.mark.parametrize("codes", [[-1, 0, 0], [0, 1, 2]])
def test_a_code_outside_the_levels_says_what_to_do(codes):
    with pytest.raises(ValueError, match=r"drop the rows .* code them with Factor\.of"):
        Factor("rater", np.array(codes), 2)


def test_codes_are_one_column():
    with pytest.raises(ValueError, match="must be one column"):
        Factor("rater", np.zeros((2, 2), int), 2)


def test_without_fixed_effects_there_is_an_intercept():
    design = Design(Y, (RATER,))

    assert design.names == ("intercept",)
    assert design.fixed.tolist() == [[1.0], [1.0], [1.0]]


@pytest.mark.parametrize(
    ("change", "remedy"),
    [
        ({"y": np.array([1.0, np.nan, 3.0])}, "drop rows without a rating"),
        ({"y": np.ones((3, 1))}, "must be one column"),
        ({"factors": ()}, "at least one random factor"),
        ({"factors": (RATER, RATER)}, "a name of its own"),
        ({"factors": (Factor("residual", RATER.codes, 2),)}, "not 'residual'"),
        ({"factors": (Factor("rater", RATER.codes[:2], 2),)}, "give one per rating"),
        ({"X": np.ones((2, 1))}, "give a row per rating"),
        ({"X": np.ones((3, 2)), "names": ("a",)}, "a name per column"),
        ({"X": np.full((3, 1), np.inf)}, "X must be finite"),
    ],
)
def test_what_does_not_fit_says_what_to_do(change, remedy):
    with pytest.raises(ValueError, match=remedy):
        Design(**({"y": Y, "factors": (RATER,)} | change))


def test_fixed_effects_without_names_are_numbered():
    assert Design(Y, (RATER,), np.eye(3)[:, :2]).names == ("x0", "x1")
