import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import StratifiedTable

from ratingstats.groups.strata import Tables, mantel_haenszel, tables
from ratingstats.status import Status
from tests.reference import figures, needs_reference_data

cells = st.lists(st.tuples(*[st.integers(1, 40)] * 4), min_size=1, max_size=5)


def of(*strata):
    return Tables(*(np.array(cell, dtype=float) for cell in zip(*strata, strict=True)))


# Ricci v. DeStefano: lieutenant and captain exams, minority candidates first.
RICCI = of((9, 25, 25, 18), (6, 10, 16, 9))
SIMPSON = of((18, 2, 72, 8), (24, 56, 6, 14))


@needs_reference_data
def test_ricci_exams_pooled():
    expected = figures("adverse_impact")["ricci_mantel_haenszel"]
    found = mantel_haenszel(RICCI)

    assert found.odds_ratio == pytest.approx(expected["or_pooled"], abs=1e-8)
    assert found.rate_ratio == pytest.approx(expected["rr_pooled"], abs=1e-8)
    assert found.chi2 == pytest.approx(expected["chi2_no_cc"], abs=1e-7)
    assert found.p == pytest.approx(expected["p_no_cc"], abs=1e-8)
    assert found.chi2_corrected == pytest.approx(expected["chi2_cc"], abs=1e-7)
    assert found.p_corrected == pytest.approx(expected["p_cc"], abs=1e-8)
    assert found.breslow_day == pytest.approx(expected["breslow_day_chi2"], abs=1e-7)
    assert found.p_breslow_day == pytest.approx(expected["breslow_day_p"], abs=1e-7)


def test_a_gap_that_is_all_between_units_vanishes_within_them():
    whole = SIMPSON.a.sum() / SIMPSON.focal.sum() / (SIMPSON.c.sum() / SIMPSON.reference.sum())
    found = mantel_haenszel(SIMPSON)

    assert whole == pytest.approx(0.5385, abs=1e-4)
    assert found.odds_ratio == pytest.approx(1.0)
    assert found.chi2 == pytest.approx(0.0)
    assert found.difference == pytest.approx(0.0)


@settings(max_examples=40)
@given(cells)
def test_agrees_with_an_independent_program(strata):
    found = mantel_haenszel(of(*strata))
    other = StratifiedTable([np.array(s, dtype=float).reshape(2, 2) for s in strata])

    assert found.odds_ratio == pytest.approx(other.oddsratio_pooled)
    assert found.odds_interval == pytest.approx(other.oddsratio_pooled_confint())
    assert found.rate_ratio == pytest.approx(other.riskratio_pooled)
    assert found.chi2 == pytest.approx(other.test_null_odds(correction=False).statistic, abs=1e-9)
    if len(strata) > 1:
        assert found.breslow_day == pytest.approx(other.test_equal_odds().statistic, abs=1e-6)


@settings(max_examples=40)
@given(cells, st.randoms())
def test_order_and_labels_of_strata_do_not_matter_and_swapping_mirrors(strata, chance):
    found = mantel_haenszel(of(*strata))
    chance.shuffle(strata)
    mixed = mantel_haenszel(of(*strata))
    swapped = mantel_haenszel(of(*[(c, d, a, b) for a, b, c, d in strata]))

    assert mixed.odds_ratio == pytest.approx(found.odds_ratio)
    assert swapped.odds_ratio == pytest.approx(1 / found.odds_ratio)
    assert swapped.difference == pytest.approx(-found.difference, abs=1e-12)
    assert swapped.chi2 == pytest.approx(found.chi2, abs=1e-9)


@given(cells)
def test_the_correction_never_makes_a_gap_more_certain(strata):
    found = mantel_haenszel(of(*strata))

    assert found.p_corrected >= found.p - 1e-12


def test_strata_with_one_group_say_nothing():
    found = mantel_haenszel(of((9, 25, 25, 18), (6, 10, 16, 9), (7, 3, 0, 0)))

    assert found.strata == 2
    assert found.chi2 == pytest.approx(mantel_haenszel(RICCI).chi2)


def test_without_a_shared_stratum_it_is_refused():
    found = mantel_haenszel(of((3, 4, 0, 0), (0, 0, 5, 6)))

    assert found.status is Status.REFUSED
    assert math.isnan(found.odds_ratio)


def test_gaps_that_point_different_ways_are_said_so():
    found = mantel_haenszel(of((80, 20, 20, 80), (20, 80, 80, 20)))

    assert found.status is Status.CAUTION
    assert found.p_breslow_day < 0.001


def test_tables_are_counted_from_people():
    found = tables([0, 0, 1, 1, 1], [True, False, True, True, False], [True, True, False, True, 0])

    assert found.a.tolist() == [1, 1]
    assert found.b.tolist() == [0, 1]
    assert found.c.tolist() == [1, 0]
    assert found.d.tolist() == [0, 1]


def test_an_unknown_stratum_is_left_out_before():
    with pytest.raises(ValueError, match="not known"):
        tables([0, -1], [True, False], [True, False])


def test_an_empty_cell_still_gives_a_chi2():
    found = mantel_haenszel(of((0, 10, 5, 5), (0, 8, 4, 9)))

    assert found.odds_ratio == 0
    assert found.p < 0.05
