"""Values recomputed with two programs from published tables; errors by Fleiss, Cohen & Everitt."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from statsmodels.stats.inter_rater import cohens_kappa

from ratingstats.agreement.two_raters import Weights, cohen_kappa, cross_table
from ratingstats.reasons import Reason
from ratingstats.status import Status
from tests.reference import figures, needs_reference_data

SKEWED = [[96, 2], [2, 0]]
square = arrays(np.int64, (3, 3), elements=st.integers(0, 20)).filter(
    lambda table: (table.sum(axis=0) > 0).all() and (table.sum(axis=1) > 0).all()
)


@needs_reference_data
def test_the_married_couples_agree_as_published():
    study = figures("weighted_kappa_sexualfun_4x4")
    plain, linear, quadratic = (cohen_kappa(study["table"], weights) for weights in Weights)

    assert (plain.raw, plain.se) == pytest.approx((study["kappa"], study["ase"]), abs=1e-9)
    assert (linear.raw, linear.se) == pytest.approx(
        (study["linear"], study["linear_ase"]), abs=1e-9
    )
    assert (quadratic.raw, quadratic.se) == pytest.approx(
        (study["quadratic"], study["quadratic_ase"]), abs=1e-9
    )


@pytest.mark.parametrize(
    ("weights", "value"),
    [
        (Weights.NONE, 0.4915254237),
        (Weights.LINEAR, 0.4736842105),
        (Weights.QUADRATIC, 0.4545454545),
    ],
)
def test_two_hundred_diagnoses_agree_as_published(weights, value):
    table = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]

    assert cohen_kappa(table, weights).raw == pytest.approx(value, abs=1e-10)


def test_raw_agreement_stands_beside_a_kappa_that_skewed_levels_make_low():
    found = cohen_kappa(SKEWED)

    assert found.raw < 0
    assert found.agreement == pytest.approx(0.96)


def test_nothing_is_said_where_both_use_one_level_only():
    found = cohen_kappa([[40, 0], [0, 0]])

    assert (found.status, found.reason) == (Status.REFUSED, Reason.NO_SPREAD)
    assert found.agreement == 1


def test_nobody_in_common_is_no_error():
    assert cohen_kappa(np.zeros((3, 3))).reason is Reason.TOO_FEW


def test_nine_people_are_few():
    assert cohen_kappa([[4, 1], [1, 3]]).status is Status.CAUTION


def test_a_table_that_is_not_square_is_an_error():
    with pytest.raises(ValueError, match="square table"):
        cohen_kappa([[1, 2, 3], [4, 5, 6]])


def test_pairs_are_counted_over_the_whole_scale_and_gaps_left_out():
    table = cross_table([1, 2, 5, np.nan], [1, 3, 5, 2], [1, 2, 3, 4, 5])

    assert table.sum() == 3
    assert (table[0, 0], table[1, 2], table[4, 4]) == (1, 1, 1)


def test_a_rating_off_the_scale_is_an_error():
    with pytest.raises(ValueError, match="none of the levels"):
        cross_table([1, 2.5], [1, 2], [1, 2, 3])


@settings(max_examples=25)
@given(square)
def test_kappa_is_the_same_from_either_side_and_as_statsmodels_has_it(table):
    other = {Weights.NONE: None, Weights.LINEAR: "linear", Weights.QUADRATIC: "quadratic"}
    for weights, name in other.items():
        ours, turned = cohen_kappa(table, weights), cohen_kappa(table.T, weights)
        theirs = cohens_kappa(table, wt=name)

        assert ours.raw == pytest.approx(theirs.kappa, abs=1e-9)
        assert ours.se**2 == pytest.approx(theirs.var_kappa, abs=1e-9)
        assert (turned.raw, turned.se) == pytest.approx((ours.raw, ours.se), abs=1e-9)
