"""Values: Siegel & Castellan (1988), six objects and three judges; anxiety ratings recomputed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from ratingstats.agreement.concordance import kendall_w, ranks
from ratingstats.reasons import Reason
from ratingstats.status import Status
from tests.reference import REFERENCE, figures, needs_reference_data

JUDGES = [[1, 1, 6], [6, 5, 3], [3, 6, 2], [2, 4, 5], [5, 2, 4], [4, 3, 1]]


def test_three_judges_agree_as_in_siegel_and_castellan():
    found = kendall_w(JUDGES)

    assert found.w == found.uncorrected == pytest.approx(0.1619047619, abs=1e-10)
    assert found.status is Status.CAUTION


@needs_reference_data
def test_twenty_people_rated_for_anxiety_are_corrected_for_ties():
    study = figures("kendall_w_anxiety_20x3")
    table = np.loadtxt(REFERENCE / study["file"], delimiter=",", skiprows=1)

    found = kendall_w(table)

    assert found.w == pytest.approx(study["W_tie_corrected"], abs=1e-9)
    assert found.uncorrected == pytest.approx(study["W_uncorrected"], abs=1e-9)
    assert found.chi2 == pytest.approx(study["chi2"], abs=1e-8)
    assert (found.df, found.p) == (study["df"], pytest.approx(study["p"], abs=1e-9))
    assert found.status is Status.MEASURED


def test_nothing_is_said_where_nobody_is_told_apart():
    assert kendall_w(np.ones((9, 3))).reason is Reason.NO_SPREAD


def test_one_rater_is_not_enough():
    assert kendall_w([[1], [2]]).status is Status.REFUSED


@settings(max_examples=30)
@given(arrays(np.float64, st.integers(1, 20), elements=st.integers(0, 5)))
def test_ranks_share_their_ties(column):
    assert ranks(column)[0] == pytest.approx(stats.rankdata(column))


@settings(max_examples=30)
@given(arrays(np.float64, (8, 3), elements=st.integers(1, 6)))
def test_w_lies_between_none_and_all_and_ignores_rising_changes(table):
    one, other = kendall_w(table), kendall_w(np.exp(table)[::-1])

    assert np.isnan(one.w) or -1e-12 <= one.w <= 1 + 1e-12
    assert other.w == pytest.approx(one.w, abs=1e-9, nan_ok=True)
