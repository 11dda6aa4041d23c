import numpy as np
import pytest

from ratingstats.maximizing import climb, curvature, polish

A = np.array([[3.0, 1.0, 0.5], [1.0, 2.0, 0.3], [0.5, 0.3, 1.0]])
TOP = np.array([1.0, -2.0, 0.5])
FREE = np.ones(3, bool)


def bowl(psi):
    """Smallest at TOP, with curvature A there, and steeper further out."""
    away = psi - TOP
    value = away @ A @ away / 2 + np.sum(away**4)
    return float(value), A @ away + 4 * away**3


def test_the_lowest_point_is_found_with_the_inverse_curvature_there():
    peak = polish(bowl, climb(bowl, np.zeros(3), FREE), FREE)

    assert peak.settled
    assert peak.psi == pytest.approx(TOP, abs=1e-6)
    assert peak.covariance == pytest.approx(np.linalg.inv(A), abs=1e-5)


def test_knowing_the_curvature_at_the_start_saves_steps():
    taken = []

    def counted(psi):
        taken.append(psi)
        return bowl(psi)

    climb(counted, TOP + 0.01, FREE)
    without = len(taken)
    climb(counted, TOP + 0.01, FREE, A)

    assert len(taken) - without < without


def test_what_is_held_fixed_stays_and_has_no_uncertainty():
    free = np.array([True, False, True])

    peak = polish(bowl, climb(bowl, np.zeros(3), free), free)

    assert peak.psi[1] == 0
    assert not peak.covariance[1].any()
    assert bowl(peak.psi)[1][free] == pytest.approx([0, 0], abs=1e-6)


def test_a_plain_has_no_covariance_and_is_not_settled():
    def plain(psi):
        return float(psi[0] ** 2), np.array([2 * psi[0], 0.0])

    peak = polish(plain, np.array([1.0, 1.0]), np.ones(2, bool))

    assert not peak.settled
    assert np.isnan(peak.covariance).all()


def test_curvature_by_differences_is_the_second_derivative():
    assert curvature(bowl, TOP, FREE) == pytest.approx(A, abs=1e-6)
