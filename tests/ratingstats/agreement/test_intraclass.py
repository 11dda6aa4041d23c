"""Values: Shrout & Fleiss (1979), Psychological Bulletin 86; intervals as programs print them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ratingstats.agreement.intraclass import (
    MCGRAW_WONG,
    STEPPED_UP,
    Form,
    intraclass,
    mean_squares,
)
from ratingstats.reasons import Reason
from ratingstats.status import Status
from tests.reference import figures, needs_reference_data

TABLE = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], float
)
NAMES = {
    "ICC(1,1)": Form.ONE_SINGLE,
    "ICC(2,1)": Form.TWO_SINGLE,
    "ICC(3,1)": Form.THREE_SINGLE,
    "ICC(1,4)": Form.ONE_AVERAGE,
    "ICC(2,4)": Form.TWO_AVERAGE,
    "ICC(3,4)": Form.THREE_AVERAGE,
}
tables = arrays(
    np.float64, st.tuples(st.integers(3, 12), st.integers(2, 5)), elements=st.integers(1, 5)
).filter(lambda table: mean_squares(table).error > 0 and mean_squares(table).people > 0)


def interval(found, form, formula=None):
    correlation = found.forms[form]
    return next(
        (one.low, one.high)
        for one in correlation.intervals
        if formula is None or one.formula == formula
    )


def test_the_published_table_gives_its_mean_squares():
    squares = mean_squares(TABLE)

    assert squares.people == pytest.approx(11.2417, abs=1e-4)
    assert squares.raters == pytest.approx(32.4861, abs=1e-4)
    assert squares.error == pytest.approx(1.0194, abs=1e-4)
    assert squares.within == pytest.approx(6.2639, abs=1e-4)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ICC(1,1)", 0.16574177),
        ("ICC(2,1)", 0.28976378),
        ("ICC(3,1)", 0.71484071),
        ("ICC(1,4)", 0.44279713),
        ("ICC(2,4)", 0.62005055),
        ("ICC(3,4)", 0.90931554),
    ],
)
def test_the_six_forms_are_those_of_the_paper(name, value):
    assert intraclass(TABLE).forms[NAMES[name]].raw == pytest.approx(value, abs=1e-8)


@needs_reference_data
def test_every_interval_is_the_one_its_formula_promises():
    expected = figures("shrout_fleiss_1979")["ci95_irr"]
    found = intraclass(figures("shrout_fleiss_1979")["data"])

    for name, form in NAMES.items():
        if form is not Form.TWO_AVERAGE:
            assert interval(found, form) == pytest.approx(expected[name], abs=1e-7), name
    average = interval(found, Form.TWO_AVERAGE, MCGRAW_WONG)
    assert average == pytest.approx(expected["ICC(2,4)_irr"], abs=1e-7)
    stepped = interval(found, Form.TWO_AVERAGE, STEPPED_UP)
    assert stepped == pytest.approx(expected["ICC(2,4)_psych_pingouin"], abs=1e-6)


def test_six_people_are_too_few_to_rely_on():
    found = intraclass(TABLE)

    assert (found.status, found.reason) == (Status.CAUTION, Reason.TOO_FEW)


def test_a_correlation_below_zero_is_kept_and_shown_as_none():
    opposed = np.column_stack([np.arange(12.0), np.arange(12.0)[::-1]])

    found = intraclass(opposed)

    assert found.forms[Form.THREE_SINGLE].raw == pytest.approx(-1)
    assert found.forms[Form.THREE_SINGLE].shown == 0
    assert found.reason is Reason.BELOW_ZERO


def test_raters_who_agree_in_everything_reach_one():
    found = intraclass(np.tile(np.arange(12.0)[:, None], (1, 3)))

    assert {round(one.raw, 12) for one in found.forms.values()} == {1.0}
    assert interval(found, Form.THREE_SINGLE) == (1.0, 1.0)


def test_nothing_is_said_of_ratings_that_are_all_the_same():
    found = intraclass(np.full((12, 3), 4.0))

    assert (found.status, found.reason, found.forms) == (Status.REFUSED, Reason.NO_SPREAD, {})


def test_people_without_all_ratings_are_left_out_and_counted():
    gaps = np.vstack([TABLE, [5, np.nan, 3, 4]])

    found = intraclass(gaps)

    assert found.dropped == 1
    assert found.forms == intraclass(TABLE).forms


def test_one_rater_is_not_enough():
    assert intraclass(TABLE[:, :1]).status is Status.REFUSED


def test_a_list_is_no_table():
    with pytest.raises(ValueError, match="a row for each person"):
        intraclass([1, 2, 3])


@settings(max_examples=30)
@given(tables, st.randoms(use_true_random=False))
def test_neither_order_nor_units_matter(table, chance):
    rows, columns = list(range(table.shape[0])), list(range(table.shape[1]))
    chance.shuffle(rows)
    chance.shuffle(columns)

    one, other = intraclass(table), intraclass(10 - 3 * table[rows][:, columns])

    for form in Form:
        assert other.forms[form].raw == pytest.approx(one.forms[form].raw, abs=1e-9)
        low, high = interval(one, form)
        assert interval(other, form) == pytest.approx((low, high), rel=1e-6, abs=1e-9)


def test_intervals_cover_the_truth_as_often_as_they_say():
    rng = np.random.default_rng(4)
    truth, inside = 0.5, 0
    for _ in range(400):
        people, raters = rng.normal(size=(20, 1)), rng.normal(0, 0.5**0.5, size=(1, 6))
        table = people + raters + rng.normal(0, 0.5**0.5, size=(20, 6))
        low, high = interval(intraclass(table), Form.TWO_SINGLE)
        inside += low <= truth <= high

    assert 0.92 <= inside / 400 <= 0.98
