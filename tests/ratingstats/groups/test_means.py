import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratingstats.groups.means import Sample, relative_gap, standardized_difference
from ratingstats.status import Status

ratings = st.lists(st.integers(1, 5), min_size=2, max_size=40)


def test_cohen_and_hedges_of_two_summed_up_groups():
    found = standardized_difference(Sample(60, 3.5, 0.8), Sample(50, 3.3, 0.7))

    assert found.pooled_sd == pytest.approx(0.7563, abs=1e-4)
    assert found.d == pytest.approx(0.2645, abs=1e-4)
    assert found.g == pytest.approx(0.2626, abs=1e-4)
    assert found.interval == pytest.approx((-0.1143, 0.6395), abs=1e-4)
    assert not found.is_notable


@given(ratings, ratings, st.integers(-3, 3), st.integers(1, 4))
def test_the_scale_may_be_moved_and_stretched(focal, reference, shift, stretch):
    found = standardized_difference(Sample.of(focal), Sample.of(reference))
    moved = standardized_difference(
        Sample.of(np.array(focal) * stretch + shift),
        Sample.of(np.array(reference) * stretch + shift),
    )

    assert moved.status is found.status
    assert moved.g == pytest.approx(found.g, nan_ok=True)


@given(ratings, ratings)
def test_swapping_the_groups_changes_the_sign(focal, reference):
    found = standardized_difference(Sample.of(focal), Sample.of(reference))
    swapped = standardized_difference(Sample.of(reference), Sample.of(focal))

    assert swapped.g == pytest.approx(-found.g, nan_ok=True)
    assert swapped.is_notable == found.is_notable


def test_a_gap_in_pay_is_a_share_of_the_reference():
    assert relative_gap(28.2, 30) == pytest.approx(0.06)
    assert relative_gap(30, 28.2) < 0
    assert math.isnan(relative_gap(1, 0))


def test_a_large_gap_of_many_is_notable():
    assert standardized_difference(Sample(200, 3.0, 0.8), Sample(200, 3.4, 0.8)).is_notable


@pytest.mark.parametrize("focal", [[], [3], [3, 3]])
def test_one_person_or_no_spread_is_refused(focal):
    found = standardized_difference(Sample.of(focal), Sample.of([4, 4, 4]))

    assert found.status is Status.REFUSED
    assert math.isnan(found.g)
    assert not found.is_notable
