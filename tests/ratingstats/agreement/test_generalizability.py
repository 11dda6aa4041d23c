"""Values: Shrout & Fleiss (1979), and Brennan (2001), Generalizability Theory, Table 3.2."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ratingstats.agreement.generalizability import (
    EXIT,
    PAY,
    Variances,
    crossed_study,
    decision_study,
    nested_study,
    raters_needed,
    reliability,
    severity_reliability,
)
from ratingstats.agreement.intraclass import Form, intraclass
from ratingstats.reasons import Reason
from ratingstats.status import Status
from tests.ratingstats.agreement.test_intraclass import TABLE
from tests.reference import REFERENCE, figures, needs_reference_data

FITTED = Variances(2.5556, 5.2444, 1.0194)
components = st.builds(Variances, *[st.floats(0.01, 5) for _ in range(3)])


def test_the_published_table_gives_its_components():
    study = crossed_study(TABLE)

    assert study.shown["person"] == pytest.approx(2.5556, abs=1e-4)
    assert study.shown["rater"] == pytest.approx(5.2444, abs=1e-4)
    assert study.shown["residual"] == pytest.approx(1.0194, abs=1e-4)
    assert study.reason is Reason.TOO_FEW


def test_the_mean_of_its_four_judges_reaches_the_correlations_of_averages():
    study, forms = crossed_study(TABLE), intraclass(TABLE).forms

    assert study.generalizability == pytest.approx(forms[Form.THREE_AVERAGE].raw)
    assert study.dependability == pytest.approx(forms[Form.TWO_AVERAGE].raw)


def test_six_judges_would_do_for_the_level_and_two_for_the_order():
    level = raters_needed(FITTED, 0.7)
    order = raters_needed(FITTED, 0.8, absolute=False)

    assert (level.exact, level.whole) == (pytest.approx(5.72, abs=0.005), 6)
    assert (order.exact, order.whole) == (pytest.approx(1.60, abs=0.005), 2)


@needs_reference_data
def test_raters_within_tasks_give_brennans_components():
    expected = figures("gtheory_brennan_3_2")
    table = np.genfromtxt(
        (line.replace('"', "") for line in open_lines(expected["file"])),
        delimiter=",",
        skip_header=1,
    )
    scores = np.zeros((10, 3, 4))
    for task, person, rater, score in table.astype(int):
        scores[person - 1, task - 1, (rater - 1) % 4] = score

    study = nested_study(scores)

    # The figures come from REML, stopped within 0.0002 of what it equals on a full table.
    for name, value in expected["var"].items():
        assert study.raw[name] == pytest.approx(value, abs=2e-4), name
    assert study.generalizability == pytest.approx(expected["E_rho2"], abs=2e-4)
    assert study.dependability == pytest.approx(expected["Phi"], abs=2e-4)


def open_lines(name):
    return (REFERENCE / name).read_text().splitlines()


@pytest.mark.parametrize(
    ("n", "value"),
    [(3, 0.40), (5, 0.5263), (8, 0.64), (10, 0.6897), (15, 0.7692), (20, 0.8163)],
)
def test_the_only_rater_of_more_people_is_better_known(n, value):
    assert severity_reliability(Variances(0.30, 0.10, 0.15), n) == pytest.approx(value, abs=1e-4)


@settings(max_examples=40)
@given(components, st.sampled_from([PAY, EXIT]))
def test_the_raters_needed_reach_the_target_and_one_fewer_does_not(variances, target):
    whole = raters_needed(variances, target).whole

    assert reliability(variances, whole).dependability >= target - 1e-6
    if whole > 1:
        assert reliability(variances, whole - 1).dependability < target + 1e-6


@settings(max_examples=30)
@given(components)
def test_more_raters_never_carry_less_far(variances):
    reached = decision_study(variances, range(1, 8))

    levels = [row.dependability for row in reached]
    assert levels == sorted(levels)
    assert all(row.dependability <= row.generalizability for row in reached)


def test_no_differences_between_people_no_number_of_raters():
    needed = raters_needed(Variances(0, 1, 1))

    assert (needed.status, needed.whole, needed.exact) == (Status.REFUSED, None, math.inf)
    assert math.isnan(reliability(Variances(0, 0, 0), 3).dependability)


def test_components_below_zero_are_kept_and_count_as_none():
    opposed = np.column_stack([np.arange(12.0), np.arange(12.0)[::-1]])

    study = crossed_study(opposed)

    assert study.raw["person"] < 0
    assert study.shown["person"] == study.dependability == 0
    assert study.reason is Reason.BELOW_ZERO


@settings(max_examples=20)
@given(arrays(np.float64, (4, 2, 3), elements=st.integers(0, 9)))
def test_components_within_tasks_ignore_level_and_direction(scores):
    one, other = nested_study(scores), nested_study(20 - scores[::-1, ::-1, ::-1])

    for name, value in one.raw.items():
        assert other.raw[name] == pytest.approx(value, abs=1e-9)


def test_what_cannot_be_asked_is_an_error_with_its_remedy():
    with pytest.raises(ValueError, match="1 or more"):
        reliability(FITTED, 0)
    with pytest.raises(ValueError, match="1 or more"):
        severity_reliability(FITTED, 0)
    with pytest.raises(ValueError, match="between 0 and 1"):
        raters_needed(FITTED, 1)
    with pytest.raises(ValueError, match="without gaps"):
        nested_study([[1, 2], [3, 4]])


def test_one_person_is_not_enough():
    assert crossed_study([[1, 2, 3]]).status is Status.REFUSED
    assert nested_study(np.ones((1, 2, 2))).status is Status.REFUSED
