from dataclasses import replace

import numpy as np
import pytest

from ratingstats.crossed import Factor
from ratingstats.rasch import Code, fit_facets
from ratingstats.status import Status
from tests.ratingstats.rasch import studies


def refused(study):
    fit = fit_facets(*study.asked)
    assert fit.status is Status.REFUSED
    assert np.isnan(fit.deviance)
    assert np.isnan(fit.raters.severity).all()
    return fit


def test_fewer_than_thirty_ratees_are_too_few():
    study = studies.made(1, persons=29, raters=3)

    assert refused(study).code is Code.TOO_FEW_RATEES


def test_no_ratings_at_all_are_too_few():
    nobody = np.zeros(0, np.int64)

    fit = fit_facets(nobody, Factor("ratee", nobody, 0), Factor("rater", nobody, 0))

    assert (fit.status, fit.code) == (Status.REFUSED, Code.TOO_FEW_RATEES)


def test_a_single_rater_cannot_be_compared():
    study = studies.made(1)
    alone = study.where(study.raters.codes == 0)
    enough = replace(
        alone,
        ratees=Factor("ratee", np.arange(len(alone.score)), len(alone.score)),
    )

    assert refused(enough).code is Code.TOO_FEW_RATERS


def test_raters_without_a_link_cannot_be_compared():
    study = studies.made(1)
    apart = (study.ratees.codes < 60) == (study.raters.codes < 4)

    fit = refused(study.where(apart))

    assert fit.code is Code.DISCONNECTED
    assert "2 parts" in fit.reason


def test_a_level_that_was_hardly_used_is_named():
    study = studies.made(1)
    rare = np.flatnonzero((study.score == 3) & (study.items.codes == 1))[9:]
    score = study.score.copy()
    score[rare] = 2

    fit = refused(replace(study, score=score))

    assert fit.code is Code.FEW_USES
    assert "Level 3 of item 1 was used 9 times" in fit.reason


def test_a_rater_who_only_gives_top_marks_is_left_out_and_named():
    study = studies.made(1)
    score = np.where(study.raters.codes == 5, 3, study.score)

    fit = fit_facets(score, study.ratees, study.raters, study.items)

    without = fit_facets(*study.where(study.raters.codes != 5).asked)
    assert (fit.status, fit.codes) == (Status.CAUTION, (Code.EXTREME_RATERS,))
    assert np.flatnonzero(fit.raters.extreme).tolist() == [5]
    assert np.isnan(fit.raters.severity[5])
    assert fit.raters.n[5] == 0
    assert fit.deviance == pytest.approx(without.deviance)


def test_leaving_one_rater_out_may_make_another_extreme():
    study = studies.made(1)
    score = np.minimum(study.score, 2)
    score[study.raters.codes == 1] = 2
    score[study.raters.codes == 0] = 3

    fit = fit_facets(score, study.ratees, study.raters, study.items)

    assert np.flatnonzero(fit.raters.extreme).tolist() == [0, 1]


def test_what_would_run_for_minutes_is_refused_at_once():
    n = 2_000
    many = Factor("rater", np.arange(n) % 400, 400)
    ratees = Factor("ratee", np.arange(n) % 501, 501)

    fit = fit_facets(np.arange(n) % 7 % 3, ratees, many)

    assert (fit.status, fit.code) == (Status.REFUSED, Code.TOO_LARGE)
    assert "400 raters" in fit.reason


@pytest.mark.parametrize(
    ("change", "remedy"),
    [
        ({"score": np.zeros(3, np.int64)}, "one entry per rating"),
        ({"items": Factor("item", np.zeros(3, np.int64), 1)}, "one entry per rating"),
    ],
)
def test_arrays_that_do_not_belong_together_are_an_error_that_says_what_to_do(change, remedy):
    with pytest.raises(ValueError, match=remedy):
        fit_facets(*replace(studies.made(1), **change).asked)


def test_a_score_below_zero_is_an_error_that_says_what_to_do():
    study = studies.made(1)

    with pytest.raises(ValueError, match="drop the rows without a rating"):
        fit_facets(study.score - 1, study.ratees, study.raters, study.items)
