import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.programme.accuracy import accuracy
from ratingstats.status import Status


def test_cronbachs_parts_are_those_of_the_worked_case():
    result = accuracy([[4, 5, 4], [3, 3, 4], [5, 4, 4]], [[3, 4, 3], [2, 3, 4], [4, 3, 2]])

    parts = (
        result.elevation,
        result.differential_elevation,
        result.stereotype,
        result.differential,
    )
    assert parts == pytest.approx((0.7901, 0.1728, 0.0247, 0.1235), abs=1e-4)
    assert result.total == pytest.approx(1.1111, abs=1e-4)


@given(st.integers(3, 6), st.integers(2, 5), st.integers(0, 10_000))
@settings(max_examples=30)
def test_the_parts_add_up_whatever_the_order_and_leniency_is_elevation_only(n, d, seed):
    rng = np.random.default_rng(seed)
    X, T = rng.integers(1, 6, (2, n, d)).astype(float)
    rows, columns = rng.permutation(n), rng.permutation(d)

    result = accuracy(X, T)
    moved = accuracy(X[rows][:, columns], T[rows][:, columns])
    lenient = accuracy(X + 2, T)

    parts = result.elevation + result.differential_elevation + result.stereotype
    assert parts + result.differential == pytest.approx(result.total)
    assert moved.differential == pytest.approx(result.differential)
    assert lenient.differential == pytest.approx(result.differential)
    assert lenient.borman == pytest.approx(result.borman, nan_ok=True)


def test_borman_averages_fishers_z_and_leaves_out_flat_dimensions():
    T = np.array([[1, 3, 2], [2, 3, 4], [4, 3, 3], [5, 3, 5]], float)
    X = np.array([[2, 1, 3], [1, 5, 3], [5, 2, 3], [4, 4, 3]], float)
    r = np.corrcoef(X[:, 0], T[:, 0])[0, 1]

    assert accuracy(X, T).borman == pytest.approx(np.arctanh(r))
    assert accuracy(T, T).borman == pytest.approx(np.arctanh(0.99))


def test_two_people_give_no_correlation_and_gaps_are_an_error():
    two = accuracy([[1, 2], [3, 4]], [[1, 2], [3, 5]])

    assert two.status is Status.CAUTION
    assert np.isnan(two.borman)
    with pytest.raises(ValueError, match="full tables"):
        accuracy([[1, float("nan")]], [[1, 2]])
