import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from ratingstats.groups.comparing import (
    cohen_h,
    compare,
    compare_adverse,
    smallest_visible_difference,
)
from ratingstats.groups.counts import Counted
from tests.reference import figures, needs_reference_data

counted = st.integers(1, 60).flatmap(lambda n: st.integers(0, n).map(lambda x: Counted(x, n)))


def test_every_measure_of_12_of_40_against_48_of_80():
    found = compare(Counted(12, 40), Counted(48, 80))

    assert found.ratio == 0.5
    assert found.ratio_interval == pytest.approx((0.301, 0.829), abs=1e-3)
    assert found.z == pytest.approx(-3.0984, abs=1e-4)
    assert found.p_z == pytest.approx(0.0019, abs=1e-4)
    assert found.exact.two_sided == pytest.approx(0.0034, abs=1e-4)
    assert found.exact.mid_p == pytest.approx(0.0021, abs=1e-4)
    assert found.shortfall == pytest.approx(8.0)
    assert found.h == pytest.approx(0.6129, abs=1e-4)
    assert found.odds_ratio == pytest.approx(0.2857, abs=1e-4)
    assert found.below_four_fifths
    assert found.is_stable


def test_three_of_ten_against_five_hang_on_one_person():
    found = compare(Counted(3, 10), Counted(5, 10))

    assert found.ratio == pytest.approx(0.60)
    assert found.z == pytest.approx(-0.9129, abs=1e-4)
    assert found.exact.two_sided == pytest.approx(0.6499, abs=1e-4)
    assert found.exact.mid_p == pytest.approx(0.4099, abs=1e-4)
    assert found.flipped_ratio == 1.0
    assert not found.is_stable


def test_many_people_make_a_small_difference_certain_not_large():
    found = compare(Counted(2350, 5000), Counted(2500, 5000))

    assert found.ratio == 0.94
    assert found.z == pytest.approx(-3.0013, abs=1e-4)
    assert found.h == pytest.approx(0.0600, abs=1e-4)
    assert found.shortfall == pytest.approx(75)


def test_the_flip_of_exactly_four_fifths():
    found = compare(Counted(20, 100), Counted(30, 120))

    assert found.ratio == pytest.approx(0.8)
    assert not found.below_four_fifths
    assert found.flipped_ratio == pytest.approx(0.8690, abs=1e-4)


def test_downgrades_are_seen_from_both_sides():
    found = compare_adverse(Counted(9, 40), Counted(6, 80))

    assert found.spared.ratio == pytest.approx(0.8378, abs=1e-4)
    assert found.struck.ratio == pytest.approx(3.0)
    assert found.struck.exact.two_sided == pytest.approx(0.0367, abs=1e-4)
    assert found.is_struck_more


@needs_reference_data
@pytest.mark.parametrize(
    ("name", "focal", "reference"),
    [
        ("teal_exam", "a", "b"),
        ("ricci_lieutenant_pass_minority", "a", "b"),
        ("ricci_captain_pass_minority", "a", "b"),
        ("rosen_jerdee_promotion", "female", "male"),
        ("resume_names", "black", "white"),
    ],
)
def test_published_cases(name, focal, reference):
    entry = figures("adverse_impact")[name]
    found = compare(Counted(*entry[focal]), Counted(*entry[reference]))

    assert found.ratio == pytest.approx(entry["IR"], abs=1e-6)
    assert found.z == pytest.approx(entry["z_pooled"], abs=1e-6)
    if "chi2" in entry:
        assert found.chi2 == pytest.approx(entry["chi2"], abs=1e-6)


@needs_reference_data
def test_the_bottom_line_of_teal_favours_the_focal_group():
    entry = figures("adverse_impact")["teal_bottom_line"]
    found = compare(Counted(*entry["a"]), Counted(*entry["b"]))

    assert [found.focal.rate, found.reference.rate] == pytest.approx(entry["rates"], abs=1e-4)
    assert found.ratio > 1
    assert not found.below_four_fifths


@pytest.mark.parametrize(
    ("focal", "reference"),
    [(Counted(12, 40), Counted(48, 80)), (Counted(0, 10), Counted(4, 20))],
)
def test_the_interval_of_the_difference_agrees_with_an_independent_program(focal, reference):
    found = compare(focal, reference).difference_interval

    expected = confint_proportions_2indep(
        focal.x, focal.n, reference.x, reference.n, method="newcomb", compare="diff"
    )
    assert found == pytest.approx(expected, abs=1e-10)


def test_the_interval_of_the_ratio_agrees_with_an_independent_program():
    found = compare(Counted(12, 40), Counted(48, 80)).ratio_interval

    expected = confint_proportions_2indep(12, 40, 48, 80, method="log", compare="ratio")
    assert found == pytest.approx(expected, abs=1e-10)


def test_nobody_of_a_group_still_gives_an_interval():
    found = compare(Counted(0, 34), Counted(10, 43))

    assert found.ratio == 0
    low, high = found.ratio_interval
    assert 0 < low < high < 1


def test_30_and_70_people_could_not_have_shown_less_than_24_points():
    assert smallest_visible_difference(30, 70, 0.2) == pytest.approx(0.2445, abs=1e-4)
    assert math.isnan(smallest_visible_difference(0, 70, 0.2))


@settings(max_examples=50)
@given(counted, counted)
def test_swapping_the_groups_mirrors_the_comparison(focal, reference):
    found, swapped = compare(focal, reference), compare(reference, focal)

    assert swapped.difference == pytest.approx(-found.difference)
    low, high = found.difference_interval
    assert swapped.difference_interval == pytest.approx((-high, -low))
    assert swapped.shortfall == pytest.approx(-found.shortfall, abs=1e-9)
    assert cohen_h(reference, focal) == pytest.approx(found.h)
    if focal.x and reference.x:
        assert swapped.ratio == pytest.approx(1 / found.ratio)


@given(counted, counted)
def test_what_was_seen_lies_in_its_interval(focal, reference):
    found = compare(focal, reference)
    low, high = found.difference_interval

    assert low - 1e-12 <= found.difference <= high + 1e-12
    assert -1 - 1e-12 <= low <= high <= 1 + 1e-12


def test_groups_without_people_are_not_compared():
    with pytest.raises(ValueError, match="leave out"):
        compare(Counted(0, 0), Counted(1, 2))
