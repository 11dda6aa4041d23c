import numpy as np
import pytest

from ratingstats.groups.designs import (
    Covariate,
    Factor,
    design,
    fully_known,
    restricted,
    without_lone_levels,
)

JOB = Factor("job", np.array([0, 1, 2, 0, 1, 0]), ("clerk", "cook", "smith"))
SEX = Factor("sex", np.array([0, 1, 0, 1, 1, 0]), ("F", "M"), base=1)
TENURE = Covariate("tenure", np.array([1.0, 2.0, 3.0, 4.0, 5.0, 9.0]))


def written_out(X):
    matrix = np.zeros((X.n, X.p))
    for j in range(X.index.shape[1]):
        matrix[np.arange(X.n), X.index[:, j]] += X.value[:, j]
    return matrix


def test_columns_are_the_levels_save_the_base():
    X = design([JOB, SEX, TENURE], 6)

    assert X.names == ("intercept", "job: cook", "job: smith", "sex: F", "tenure")
    assert X.controls == ("intercept", "job", "job", "sex", "tenure")
    assert written_out(X)[:, 1].tolist() == [0, 1, 0, 0, 1, 0]
    assert written_out(X)[:, 3].tolist() == [1, 0, 1, 0, 0, 1]


def test_sums_are_those_of_the_matrix_written_out():
    X = design([JOB, SEX, TENURE], 6)
    M, w = written_out(X), np.arange(1.0, 7.0)
    A = M.T @ M

    assert X.gram() == pytest.approx(M.T @ M)
    assert X.gram(w) == pytest.approx(M.T @ np.diag(w) @ M)
    assert X.times(np.arange(5.0)) == pytest.approx(M @ np.arange(5.0))
    assert X.transposed_times(w) == pytest.approx(M.T @ w)
    assert X.quadratic(A) == pytest.approx(np.diag(M @ A @ M.T))


def test_a_factor_with_one_level_adds_nothing():
    same = Factor("site", np.zeros(6, dtype=np.int64), ("here",))

    X = design([TENURE, same], 6)

    assert X.transposed_times(np.ones(6))[:2] == pytest.approx([6, 0])
    assert X.gram()[2:].tolist() == [[0, 0, 0]]


def test_people_alone_in_a_level_are_set_aside_until_nobody_is():
    job = Factor("job", np.array([0, 0, 1, 1, 2]), ("a", "b", "c"))
    site = Factor("site", np.array([0, 0, 0, 1, 1]), ("x", "y"))

    kept = without_lone_levels([job, site], np.ones(5, dtype=bool))

    assert kept.tolist() == [True, True, False, False, False]


def test_a_design_of_nobody_has_columns_and_no_rows():
    X = design([Covariate("tenure", np.empty(0))], 0)

    assert (X.n, X.p) == (0, 2)


def test_nobody_is_laid_out_of_whom_something_is_not_known():
    job = Factor("job", np.array([0, -1, 1]), ("a", "b"))
    tenure = Covariate("tenure", np.array([1.0, 2.0, np.nan]))

    known = fully_known([job, tenure], 3)

    assert known.tolist() == [True, False, False]
    with pytest.raises(ValueError, match="job is not known"):
        design([job], 3)
    assert design([restricted(job, known), restricted(tenure, known)], 1).n == 1
