import csv
import math

import numpy as np
import pytest

from ratingstats.groups.adjusted import adjusted_gaps
from ratingstats.groups.designs import Covariate, Factor
from ratingstats.status import Status
from tests.reference import REFERENCE, figures, needs_reference_data


def office(n=400, gap=0.0, seed=1):
    """Women hold the lower grade more often; grades differ by half a point."""
    chance = np.random.default_rng(seed)
    sex = np.repeat([0, 1], n // 2)
    grade = (chance.random(n) < np.where(sex == 0, 0.3, 0.7)).astype(np.int64)
    rating = 3 + 0.5 * grade + gap * (sex == 0) + 0.4 * chance.normal(size=n)
    return (
        rating,
        Factor("sex", sex, ("F", "M"), base=1),
        Factor("grade", grade, ("lower", "upper")),
    )


def test_a_gap_that_is_all_in_the_grade_goes_at_equal_grade():
    rating, sex, grade = office()

    gap = adjusted_gaps(rating, sex, [grade]).gaps[0]

    assert gap.raw < -0.1
    assert gap.interval[0] < 0 < gap.interval[1]
    assert (gap.focal, gap.reference) == (200, 200)


def test_a_gap_within_grades_stays():
    rating, sex, grade = office(gap=-0.3)

    gap = adjusted_gaps(rating, sex, [grade]).gaps[0]

    assert gap.gap == pytest.approx(-0.3, abs=0.1)
    assert gap.interval[1] < 0


def test_the_true_gap_lies_in_nineteen_of_twenty_intervals():
    inside = 0
    for seed in range(300):
        rating, sex, grade = office(n=120, gap=-0.2, seed=seed)
        low, high = adjusted_gaps(rating, sex, [grade]).gaps[0].interval
        inside += low <= -0.2 <= high

    assert 0.92 <= inside / 300 <= 0.98


@needs_reference_data
def test_salaries_of_a_published_company_by_sex_and_position():
    expected = figures("hrdataset_v14")["salary"]
    with (REFERENCE / "hrdataset_v14" / "HRDataset_v14.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    salary = np.log([float(row["Salary"]) for row in rows])
    sex = Factor("sex", np.array([int(row["Sex"].strip() == "M") for row in rows]), ("F", "M"), 0)
    titles = sorted({row["Position"].strip() for row in rows})
    position = np.array([titles.index(row["Position"].strip()) for row in rows])

    raw = adjusted_gaps(salary, sex, []).gaps[0]
    within = adjusted_gaps(salary, sex, [Factor("position", position, tuple(titles))])

    assert (raw.gap, raw.raw) == pytest.approx((expected["log_gap_raw"],) * 2, abs=1e-8)
    assert within.gaps[0].gap == pytest.approx(expected["log_gap_position"], abs=1e-8)
    assert within.n + within.set_aside == 311


def test_fewer_than_thirty_of_a_group_are_refused():
    rating, sex, grade = office()
    some = np.r_[0:29, 200:400]
    few = Factor("sex", sex.codes[some], sex.labels, base=1)

    gap = adjusted_gaps(rating[some], few, [Factor("grade", grade.codes[some], grade.labels)]).gaps[
        0
    ]

    assert gap.status is Status.REFUSED
    assert "30" in gap.reason
    assert math.isnan(gap.gap)


def test_fewer_than_ten_people_a_parameter_are_refused():
    rating, sex, _ = office()
    job = Factor("job", np.arange(400) // 4, tuple(map(str, range(100))))

    gap = adjusted_gaps(rating, sex, [job]).gaps[0]

    assert gap.status is Status.REFUSED
    assert "parameters" in gap.reason


def test_a_group_that_is_a_unit_cannot_be_told_apart():
    rating, sex, grade = office()
    unit = Factor("unit", sex.codes, ("kitchen", "garden"))

    gap = adjusted_gaps(rating, sex, [grade, unit]).gaps[0]

    assert gap.status is Status.REFUSED
    assert "told apart" in gap.reason


def test_controls_that_repeat_each_other_are_named_and_change_nothing():
    rating, sex, grade = office()
    again = Factor("pay band", grade.codes, ("one", "two"))

    found = adjusted_gaps(rating, sex, [grade, again])

    assert found.dropped in {("pay band: two",), ("pay band: one",)}
    assert found.gaps[0].gap == pytest.approx(adjusted_gaps(rating, sex, [grade]).gaps[0].gap)


def test_the_unknown_and_the_lone_are_left_out_and_counted():
    rating, sex, grade = office()
    levels = grade.codes.copy()
    levels[0], levels[1] = -1, 2
    tenure = Covariate("tenure", np.where(np.arange(400) == 2, np.nan, 1.0 * np.arange(400)))

    found = adjusted_gaps(rating, sex, [Factor("grade", levels, ("l", "u", "top")), tenure])

    assert (found.n, found.set_aside, found.unknown) == (397, 1, 2)


def test_names_and_order_of_groups_do_not_matter():
    rating, sex, grade = office(gap=-0.2)
    renamed = Factor("sex", 1 - sex.codes, ("M", "F"), base=0)
    order = np.random.default_rng(2).permutation(400)

    found = adjusted_gaps(
        rating[order],
        Factor("sex", renamed.codes[order], renamed.labels, base=0),
        [Factor("grade", grade.codes[order], grade.labels)],
    ).gaps[0]

    expected = adjusted_gaps(rating, sex, [grade]).gaps[0]
    assert (found.gap, found.se) == pytest.approx((expected.gap, expected.se))


def test_without_a_reference_nothing_is_compared():
    rating, sex, grade = office()
    with pytest.raises(ValueError, match="reference"):
        adjusted_gaps(rating, Factor("sex", sex.codes, sex.labels), [grade])
