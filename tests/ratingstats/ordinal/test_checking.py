from dataclasses import replace

import numpy as np
import pytest

from ratingstats.crossed import Factor
from ratingstats.ordinal import Code, fit_ordinal
from ratingstats.status import Status
from tests.ratingstats.ordinal import studies


def refused(study):
    fit = fit_ordinal(*study.asked)
    assert fit.status is Status.REFUSED
    assert np.isnan(fit.log_likelihood)
    assert fit.reason
    return fit.code


def test_ratings_of_one_level_have_nothing_to_tell():
    study = studies.made(1, n=50)

    assert refused(replace(study, y=np.full(50, 2))) is Code.ONE_LEVEL


def test_a_handful_of_ratings_is_too_few():
    assert refused(studies.made(1, n=9)) is Code.TOO_FEW


def test_no_ratings_at_all_are_too_few():
    assert refused(studies.made(1, n=0)) is Code.TOO_FEW


def test_a_single_rater_cannot_be_compared():
    study = studies.made(1, n=60)
    single = Factor("rater", np.zeros(60, np.int64), 1)

    assert refused(replace(study, factors=(single,))) is Code.TOO_FEW


def test_a_column_that_tells_low_from_high_completely_is_named():
    study = studies.made(1, n=100)
    fit = fit_ordinal(
        study.y, 4, study.factors, np.column_stack((study.X, study.y >= 2)), ("x", "passed")
    )

    assert fit.code is Code.SEPARATED
    assert "passed" in fit.reason
    assert "x," not in fit.reason


def test_a_group_that_was_only_ever_rated_highest_is_named():
    study = studies.made(1, n=100)
    rare = (np.arange(100) < 3).astype(float)
    y = np.where(rare > 0, 3, study.y)

    assert refused(replace(study, y=y, X=rare[:, None])) is Code.SEPARATED


def test_columns_that_repeat_each_other_are_refused():
    study = studies.made(1, n=100)
    twice = np.column_stack((study.X, 2 * study.X + 1))

    assert refused(replace(study, X=twice, names=("x", "y"))) is Code.DEPENDENT_COLUMNS
    assert refused(replace(study, X=np.ones((100, 1)))) is Code.DEPENDENT_COLUMNS


def test_what_would_run_for_minutes_is_refused_at_once():
    n = 60_000
    study = studies.made(1, n=n)
    many = Factor("rater", np.arange(n) % 2_000, 2_000)
    more = Factor("person", np.arange(n) % 20_000, 20_000)

    assert refused(study) is Code.TOO_LARGE
    few = replace(study, y=study.y[:5000], X=study.X[:5000])
    crossed = (Factor("r", many.codes[:5000], 2_000), Factor("p", more.codes[:5000], 20_000))
    assert refused(replace(few, factors=crossed)) is Code.TOO_LARGE
    wide = np.random.default_rng(0).normal(size=(5000, 40))
    crossed = (Factor("r", many.codes[:5000] % 1_200, 1_200), Factor("p", np.arange(5000), 5000))
    names = tuple(f"x{j}" for j in range(40))
    assert refused(replace(few, factors=crossed, X=wide, names=names)) is Code.TOO_LARGE


@pytest.mark.parametrize(
    ("change", "remedy"),
    [
        ({"y": np.array([0, 1, 4] * 20)}, "0..3"),
        ({"y": np.array([0, 1, -1] * 20)}, "drop the rows"),
        ({"X": np.zeros((59, 1))}, "X"),
        ({"names": ()}, "one name per column"),
        ({"X": np.full((60, 1), np.nan)}, "finite"),
        ({"factors": (Factor("rater", np.zeros(5, np.int64), 1),)}, "one code per rating"),
    ],
)
def test_arrays_that_do_not_belong_together_are_an_error_that_says_what_to_do(change, remedy):
    study = replace(studies.made(1, n=60), **change)

    with pytest.raises(ValueError, match=remedy):
        fit_ordinal(*study.asked)
