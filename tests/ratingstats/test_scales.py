import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.scales import competency_gap, rescale, z_within_rater
from ratingstats.status import Status


def test_the_same_number_means_less_on_a_longer_scale():
    assert rescale([4], scale=(1, 5)) == pytest.approx([0.75])
    assert rescale([4], scale=(1, 7)) == pytest.approx([0.5])
    assert rescale([3], scale=(1, 4), onto=(1, 5)) == pytest.approx([3.6667], abs=1e-4)


@given(st.lists(st.floats(1, 7), min_size=1, max_size=20))
@settings(max_examples=25)
def test_there_and_back_gives_the_same_numbers_in_the_same_order(values):
    moved = rescale(values, scale=(1, 7), onto=(0, 100))

    assert rescale(moved, scale=(0, 100), onto=(1, 7)) == pytest.approx(values)
    assert np.all(np.diff(moved[np.argsort(values)]) >= 0)


def test_not_rated_stays_not_rated():
    assert np.isnan(rescale([float("nan"), 3], scale=(1, 5))[0])


@pytest.mark.parametrize(
    ("values", "scale", "onto"),
    [([6], (1, 5), (0, 1)), ([1], (5, 5), (0, 1)), ([1], (1, 5), (1, 0))],
    ids=["outside", "no width", "upside down"],
)
def test_what_does_not_fit_a_scale_is_an_error_that_says_so(values, scale, onto):
    with pytest.raises(ValueError, match="scale"):
        rescale(values, scale=scale, onto=onto)


def test_z_within_a_rater_has_mean_zero_and_spread_one():
    result = z_within_rater([2, 3, 3, 4, 5])

    assert result.z.mean() == pytest.approx(0)
    assert result.z.std(ddof=1) == pytest.approx(1)
    assert (result.n, result.mean) == (5, pytest.approx(3.4))


def test_z_is_refused_for_few_ratings_and_for_a_rater_with_one_level():
    few, flat = z_within_rater([2, 3, 4, 5]), z_within_rater([3] * 8)

    assert (few.status, few.z.size) == (Status.REFUSED, 0)
    assert (flat.status, flat.sd) == (Status.REFUSED, 0)


def test_a_surplus_never_pays_for_a_gap():
    result = competency_gap([4, 3, 2], [[3, 5, 2], [2, 5, 2]], weights=[50, 30, 20])

    assert result.gap == pytest.approx([1.5, -2, 0])
    assert result.shortfall == pytest.approx(50 * 1.5 / (50 * 4 + 30 * 3 + 20 * 2))
    assert (result.n.tolist(), result.status) == ([2, 2, 2], Status.MEASURED)


def test_one_source_is_a_question_and_an_unrated_competency_is_left_out_and_counted():
    one = competency_gap([4, 3], [[3, 3]])
    part = competency_gap([4, 2], [[3, float("nan")], [3, float("nan")]])

    assert one.status is Status.CAUTION
    assert (part.coverage, part.shortfall) == (0.5, pytest.approx(1 / 4))
    assert part.n.tolist() == [2, 0]
    assert competency_gap([4], [[float("nan")]]).status is Status.REFUSED


def test_shapes_that_do_not_fit_and_weights_below_zero_are_errors():
    with pytest.raises(ValueError, match="per competency"):
        competency_gap([4, 3], [[3]])
    with pytest.raises(ValueError, match="Weights"):
        competency_gap([4, 3], [[3, 3]], weights=[-1, 2])
