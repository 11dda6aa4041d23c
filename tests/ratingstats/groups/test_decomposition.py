import csv

import numpy as np
import pytest
import statsmodels.api as sm

from ratingstats.groups.decomposition import Reference, decompose
from ratingstats.groups.designs import Covariate, Factor
from ratingstats.status import Status
from tests.ratingstats.groups.test_adjusted import office
from tests.reference import REFERENCE, figures, needs_reference_data

CONTROLS = ("age", "female", "LTHS", "some.college", "college", "advanced.degree")


def chicago():
    """Wages of the native (A) and the foreign born (B) in Chicago, Current Population Survey."""
    with (REFERENCE / "rater_published" / "chicago_oaxaca.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["ln.real.wage"] != "NA"]
    wage = np.array([float(row["ln.real.wage"]) for row in rows])
    is_native = np.array([row["foreign.born"] == "0" for row in rows])
    columns = {name: np.array([float(row[name]) for row in rows]) for name in CONTROLS}
    return wage, is_native, columns


@pytest.fixture(scope="module")
def wages():
    return chicago()


@pytest.fixture(scope="module")
def found(wages):
    wage, is_native, columns = wages
    return decompose(wage, is_native, [Covariate(name, v) for name, v in columns.items()])


def unexplained(found, reference):
    return next(two.unexplained for two in found.twofold if two.reference is reference)


@needs_reference_data
def test_three_parts_of_the_published_gap(found):
    expected = figures("pay_gap")["oaxaca_chicago"]

    assert (found.n_a, found.n_b) == (expected["nA"], expected["nB"])
    assert found.gap == pytest.approx(expected["diff"], abs=1e-8)
    assert found.endowments.value == pytest.approx(expected["threefold"]["endowments"], abs=1e-8)
    assert found.coefficients.value == pytest.approx(
        expected["threefold"]["coefficients"], abs=1e-8
    )
    assert found.interaction.value == pytest.approx(expected["threefold"]["interaction"], abs=1e-8)


@needs_reference_data
@pytest.mark.parametrize(
    ("reference", "name"),
    [
        (Reference.B, "w0"),
        (Reference.A, "w1"),
        (Reference.HALF, "w0.5"),
        (Reference.COTTON, "cotton"),
    ],
)
def test_two_parts_by_every_published_weight(found, reference, name):
    expected = figures("pay_gap")["oaxaca_chicago"]["twofold_unexplained"][name]

    assert unexplained(found, reference).value == pytest.approx(expected, abs=1e-8)


@needs_reference_data
def test_the_pooled_references_are_the_two_published_ones(found):
    expected = figures("pay_gap")["oaxaca_chicago"]["twofold_unexplained"]

    ours = {unexplained(found, r).value for r in (Reference.POOLED, Reference.POOLED_WITH_GROUP)}
    theirs = {expected["pooled_neumark"], expected["pooled_with_group"]}
    assert sorted(ours) == pytest.approx(sorted(theirs), abs=1e-8)


@needs_reference_data
def test_pooled_with_the_group_leaves_the_coefficient_of_the_group(found, wages):
    wage, is_native, columns = wages
    X = sm.add_constant(np.column_stack([*columns.values(), is_native]))
    other = sm.OLS(wage, X).fit(cov_type="HC3")

    part = unexplained(found, Reference.POOLED_WITH_GROUP)

    assert part.value == pytest.approx(other.params[-1], abs=1e-8)
    assert part.se == pytest.approx(other.bse[-1], rel=0.02)


@needs_reference_data
def test_errors_are_those_of_drawing_people_anew(found, wages):
    wage, is_native, columns = wages
    chance = np.random.default_rng(7)
    a, b = np.flatnonzero(is_native), np.flatnonzero(~is_native)
    drawn = []
    for _ in range(100):
        rows = np.r_[chance.choice(a, len(a)), chance.choice(b, len(b))]
        again = decompose(
            wage[rows], is_native[rows], [Covariate(n, v[rows]) for n, v in columns.items()]
        )
        drawn.append([again.endowments.value, again.coefficients.value, again.interaction.value])

    found_errors = [found.endowments.se, found.coefficients.se, found.interaction.se]
    assert np.std(drawn, axis=0) == pytest.approx(found_errors, rel=0.2)


@needs_reference_data
def test_swapping_the_groups_mirrors_every_split(found, wages):
    wage, is_native, columns = wages
    swapped = decompose(wage, ~is_native, [Covariate(n, v) for n, v in columns.items()])

    assert swapped.gap == pytest.approx(-found.gap)
    assert unexplained(swapped, Reference.A).value == pytest.approx(
        -unexplained(found, Reference.B).value
    )
    assert unexplained(swapped, Reference.COTTON).se == pytest.approx(
        unexplained(found, Reference.COTTON).se
    )


@needs_reference_data
def test_the_parts_add_up_whatever_the_reference(found):
    whole = found.endowments.value + found.coefficients.value + found.interaction.value
    assert whole == pytest.approx(found.gap)
    assert len(found.twofold) == len(Reference)
    for two in found.twofold:
        assert two.explained.value + two.unexplained.value == pytest.approx(found.gap)
        assert sum(two.by_control.values()) == pytest.approx(two.explained.value)


def test_a_gap_that_is_all_in_the_grade_is_explained_by_it():
    rating, sex, grade = office()
    found = decompose(rating, sex.codes == 0, [grade])

    part = unexplained(found, Reference.POOLED_WITH_GROUP)

    assert found.gap < -0.1
    assert part.interval[0] < 0 < part.interval[1]


def test_levels_that_only_one_group_has_are_left_out():
    rating, sex, grade = office()
    levels = grade.codes.copy()
    levels[:7] = 2

    found = decompose(rating, sex.codes == 0, [Factor("grade", levels, ("l", "u", "women only"))])

    assert found.left_out == 7
    assert (found.n_a, found.n_b) == (193, 200)


def test_controls_that_repeat_each_other_are_named():
    rating, sex, grade = office()
    again = Factor("band", grade.codes, ("one", "two"))

    found = decompose(rating, sex.codes == 0, [grade, again])

    assert len(found.dropped) == 1
    assert found.gap == pytest.approx(decompose(rating, sex.codes == 0, [grade]).gap)


def test_fewer_than_fifty_a_group_are_refused():
    rating, sex, grade = office(n=98)

    found = decompose(rating, sex.codes == 0, [grade])

    assert found.status is Status.REFUSED
    assert found.twofold == ()
