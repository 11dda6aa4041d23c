"""Values: Fleiss (1971), Psychological Bulletin 76; the 10 x 5 table with 14 raters recomputed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.agreement.many_raters import (
    conger_kappa,
    fleiss_kappa,
    gwet_ac1,
    randolph_kappa,
)
from ratingstats.reasons import Reason
from ratingstats.status import Status
from tests.reference import REFERENCE, figures, needs_reference_data

labels = st.lists(
    st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=3, max_size=12
).filter(lambda rows: len({label for row in rows for label in row}) > 1)


def counts_of(rows):
    return np.array([np.bincount(row, minlength=4) for row in rows])


@needs_reference_data
def test_ten_subjects_and_fourteen_raters_give_all_published_coefficients():
    study = figures("fleiss_kappa_10x5x14")
    table = np.array(study["counts"])
    fleiss = fleiss_kappa(table)

    assert fleiss.raw == pytest.approx(study["kappa"], abs=1e-9)
    assert fleiss.observed == pytest.approx(study["Pbar"], abs=1e-9)
    assert fleiss.expected == pytest.approx(study["Pe"], abs=1e-9)
    assert randolph_kappa(table).raw == pytest.approx(study["randolph"], abs=1e-9)
    assert gwet_ac1(table).raw == pytest.approx(study["gwet_ac1"], abs=1e-8)
    raters = [np.repeat(np.arange(5), row) for row in table]
    assert conger_kappa(raters).raw == pytest.approx(study["conger_exact"], abs=1e-9)


@needs_reference_data
def test_thirty_patients_and_six_psychiatrists_agree_as_in_fleiss_1971():
    study = figures("fleiss_1971_30x6")
    lines = (REFERENCE / study["file"]).read_text().splitlines()[1:]
    table = np.array([[int(cell.strip('"')[0]) - 1 for cell in line.split(",")] for line in lines])

    found = fleiss_kappa(np.array([np.bincount(row, minlength=5) for row in table]))

    assert found.raw == pytest.approx(study["kappa"], abs=1e-9)
    assert found.z == pytest.approx(study["z"], abs=0.01)


def test_raters_who_agree_in_everything_reach_one():
    table = np.repeat([[3, 0], [0, 3]], 6, axis=0)

    for coefficient in (fleiss_kappa, randolph_kappa, gwet_ac1):
        assert coefficient(table).raw == pytest.approx(1)


def test_a_prevailing_level_lowers_kappa_and_leaves_ac1_high():
    table = [*[[3, 0]] * 28, [2, 1], [2, 1]]

    assert fleiss_kappa(table).raw < 0
    assert gwet_ac1(table).raw > 0.9


def test_people_with_one_rating_are_left_out():
    table = [[2, 1], [1, 2], [3, 0], [1, 0]]

    assert fleiss_kappa(table).n == 3


def test_a_different_number_of_raters_gives_no_z():
    found = fleiss_kappa([[2, 1], [1, 1], [3, 0]])

    assert np.isnan(found.z)
    assert found.status is Status.CAUTION


def test_nothing_is_said_where_one_level_is_all_there_is():
    found = fleiss_kappa([[3, 0]] * 12)

    assert (found.status, found.reason) == (Status.REFUSED, Reason.NO_SPREAD)


def test_one_level_is_no_scale():
    with pytest.raises(ValueError, match="at least two"):
        fleiss_kappa([[3], [3]])


def test_one_rater_is_not_enough():
    assert conger_kappa([[1], [2]]).reason is Reason.TOO_FEW


@settings(max_examples=40)
@given(labels, st.permutations(range(4)), st.randoms(use_true_random=False))
def test_neither_order_nor_names_of_levels_matter(rows, names, chance):
    table, order = np.array(rows), list(range(len(rows)))
    chance.shuffle(order)
    renamed = np.array(names)[table[order]]

    for coefficient in (fleiss_kappa, randolph_kappa, gwet_ac1):
        one, other = coefficient(counts_of(table)), coefficient(counts_of(renamed))
        assert other.raw == pytest.approx(one.raw, abs=1e-9, nan_ok=True)
    one, other = conger_kappa(table), conger_kappa(renamed)
    assert other.raw == pytest.approx(one.raw, abs=1e-9, nan_ok=True)
