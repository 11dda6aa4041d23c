import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ratingstats.groups.counts import Counted
from ratingstats.groups.exact import binomial_deviation, fisher, hypergeometric_deviation
from tests.reference import figures, needs_reference_data

counted = st.integers(1, 60).flatmap(lambda n: st.integers(0, n).map(lambda x: Counted(x, n)))

# Ricci v. DeStefano (2009), promotion exams of New Haven; Connecticut v. Teal (1982); Rosen &
# Jerdee (1974); 4,870 applications of Bertrand & Mullainathan (2004).
PUBLISHED = [
    "ricci_lieutenant_pass_minority",
    "ricci_captain_pass_minority",
    "ricci_lieutenant_black",
    "ricci_lieutenant_hispanic",
]


def both(entry, focal="a", reference="b"):
    return Counted(*entry[focal]), Counted(*entry[reference])


@needs_reference_data
@pytest.mark.parametrize("name", PUBLISHED)
def test_ricci_exams(name):
    entry = figures("adverse_impact")[name]

    assert fisher(*both(entry)).two_sided == pytest.approx(entry["fisher2"], rel=1e-5)


@needs_reference_data
@pytest.mark.parametrize("name", PUBLISHED[:2])
def test_ricci_one_sided_and_mid_p(name):
    entry = figures("adverse_impact")[name]
    found = fisher(*both(entry))

    assert found.less == pytest.approx(entry["fisher1"], rel=1e-6)
    assert found.mid_p == pytest.approx(entry["midp2"], rel=1e-6)


@needs_reference_data
@pytest.mark.parametrize("name", ["captain_top9", "lieutenant_top10"])
def test_ricci_promotions_from_the_top_of_the_list(name):
    entry = figures("adverse_impact")["ricci_topN"][name]

    found = fisher(*both(entry, "minority", "white"))

    assert found.two_sided == pytest.approx(entry["fisher2"], rel=1e-5)


@needs_reference_data
def test_teal_and_its_hypergeometric_deviation():
    entry = figures("adverse_impact")["teal_exam"]

    assert fisher(*both(entry)).two_sided == pytest.approx(entry["fisher2"], rel=1e-7)
    assert hypergeometric_deviation(*both(entry)) == pytest.approx(entry["sd_hypergeom"], abs=1e-6)


@needs_reference_data
def test_rosen_and_jerdee_promotions():
    entry = figures("adverse_impact")["rosen_jerdee_promotion"]
    found = fisher(*both(entry, "female", "male"))

    assert found.two_sided == pytest.approx(entry["fisher2"], rel=1e-7)
    assert found.less == pytest.approx(entry["fisher1"], rel=1e-7)


@needs_reference_data
def test_thousands_of_applications():
    entry = figures("adverse_impact")["resume_names"]

    found = fisher(*both(entry, "black", "white"))

    assert found.two_sided == pytest.approx(entry["fisher2"], rel=1e-5)


@needs_reference_data
@pytest.mark.parametrize("name", ["castaneda_partida", "hazelwood"])
def test_supreme_court_binomial_deviations(name):
    entry = figures("adverse_impact")[name]
    counted = Counted(entry["k"], entry["n"])

    assert binomial_deviation(counted, entry["p"]) == pytest.approx(entry["sd"], abs=1e-6)


@needs_reference_data
def test_hazelwood_by_the_rate_of_the_whole_county():
    entry = figures("adverse_impact")["hazelwood"]

    found = binomial_deviation(Counted(entry["k"], entry["n"]), 0.154)

    assert found == pytest.approx(entry["p154_sd"], abs=1e-6)


@settings(max_examples=60)
@given(counted, counted)
def test_agrees_with_an_independent_program(focal, reference):
    table = [[focal.x, focal.n - focal.x], [reference.x, reference.n - reference.x]]
    found = fisher(focal, reference)

    for side, p in (
        ("two-sided", found.two_sided),
        ("less", found.less),
        ("greater", found.greater),
    ):
        assert p == pytest.approx(stats.fisher_exact(table, side).pvalue, rel=1e-9, abs=1e-300)


@settings(max_examples=60)
@given(counted, counted)
def test_labels_and_events_may_be_swapped(focal, reference):
    found = fisher(focal, reference)

    swapped = fisher(reference, focal)
    opposite = fisher(focal.complement, reference.complement)
    for other in (swapped, opposite):
        assert other.two_sided == pytest.approx(found.two_sided)
        assert other.mid_p == pytest.approx(found.mid_p)
        assert (other.less, other.greater) == pytest.approx((found.greater, found.less))


@given(counted, counted)
def test_mid_p_is_smaller_and_all_lie_between_0_and_1(focal, reference):
    found = fisher(focal, reference)

    assert 0 < found.mid_p < found.two_sided <= 1
    assert found.less + found.greater >= 1 - 1e-12


def test_a_hundred_thousand_people_agree_with_the_normal_distribution():
    found = fisher(Counted(24_700, 50_000), Counted(25_000, 50_000))
    z = hypergeometric_deviation(Counted(24_700, 50_000), Counted(25_000, 50_000))

    assert found.mid_p == pytest.approx(2 * stats.norm.cdf(z), rel=1e-3)


def test_nothing_can_be_told_where_nothing_could_vary():
    assert fisher(Counted(5, 5), Counted(7, 7)).two_sided == 1
    assert math.isnan(hypergeometric_deviation(Counted(5, 5), Counted(7, 7)))
    assert math.isnan(binomial_deviation(Counted(1, 2), 1.0))
