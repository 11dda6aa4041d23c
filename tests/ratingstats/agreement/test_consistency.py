"""Values: employee survey of McNulty, Handbook of Regression Modeling in People Analytics."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.agreement.consistency import (
    cronbach_alpha,
    lengthening,
    spearman_brown,
)
from ratingstats.reasons import Reason
from ratingstats.status import Status
from tests.reference import REFERENCE, figures, needs_reference_data

SURVEY = "peopleanalyticsdata/employee_survey.csv"


@needs_reference_data
def test_the_employee_survey_has_its_published_alphas():
    lines = (REFERENCE / SURVEY).read_text().splitlines()
    names = [name.strip('"') for name in lines[0].split(",")]
    table = np.array([[float(cell) for cell in line.split(",")] for line in lines[1:]])

    for scale, value in figures("employee_survey_mcnulty")["alpha"].items():
        columns = [number for number, name in enumerate(names) if name.startswith(scale)]
        found = cronbach_alpha(table[:, columns])
        assert found.raw == pytest.approx(value, abs=1e-8), scale
        assert found.interval.low < value < found.interval.high
        assert found.n == figures("employee_survey_mcnulty")["n"]


def test_items_that_pull_apart_fall_below_zero_and_are_shown_as_none():
    one = np.arange(12.0)

    found = cronbach_alpha(np.column_stack([one, 11.5 - one, one % 3]))

    assert found.raw < 0
    assert (found.shown, found.reason) == (0, Reason.BELOW_ZERO)


def test_one_item_or_one_person_is_not_enough():
    assert cronbach_alpha([[1], [2]]).status is Status.REFUSED
    assert cronbach_alpha([[1, 2]]).status is Status.REFUSED


def test_sums_that_never_differ_say_nothing():
    assert cronbach_alpha([[1, 2], [2, 1], [1, 2]]).reason is Reason.NO_SPREAD


@pytest.mark.parametrize(("k", "value"), [(2, 0.6842), (3, 0.7647)])
def test_two_and_three_supervisors_carry_further_than_one(k, value):
    assert spearman_brown(0.52, k) == pytest.approx(value, abs=1e-4)


@settings(max_examples=40)
@given(st.floats(0.01, 0.95), st.floats(0.05, 0.99))
def test_lengthening_is_what_reaches_the_target(reliability, target):
    assert spearman_brown(reliability, lengthening(reliability, target)) == pytest.approx(target)


def test_no_number_of_raters_makes_something_of_nothing():
    assert math.isinf(lengthening(0, 0.8))


@pytest.mark.parametrize("target", [0, 1, 1.2])
def test_a_target_lies_between_none_and_all(target):
    with pytest.raises(ValueError, match="between 0 and 1"):
        lengthening(0.5, target)


def test_half_a_negative_number_of_raters_is_an_error():
    with pytest.raises(ValueError, match="positive number"):
        spearman_brown(0.5, -1)
