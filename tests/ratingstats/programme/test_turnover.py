import csv
from datetime import datetime

import numpy as np
import pytest

from ratingstats.programme.turnover import SHARE_OF_SALARY, exit_cost, turnover
from ratingstats.status import Status
from tests.reference import REFERENCE, needs_reference_data


def test_exits_are_set_against_the_mean_headcount():
    assert turnover(18, [240, 260]).rate == pytest.approx(0.072)
    assert turnover(7, [240, 260]).rate == pytest.approx(0.028)


def test_the_interval_is_that_of_poisson_tables():
    # Garwood (1936): a count of 10 lies within 4.795 and 18.39.
    result = turnover(10, [100])

    assert (result.low, result.high) == pytest.approx((0.04795, 0.1839), abs=5e-5)


def test_no_heads_no_rate_and_few_exits_with_caution():
    assert turnover(3, []).status is Status.REFUSED
    assert np.isnan(turnover(3, [0, 0]).rate)
    assert turnover(0, [50, 52]).status is Status.CAUTION
    assert turnover(0, [50, 52]).low == 0
    with pytest.raises(ValueError, match="from zero"):
        turnover(-1, [10])


def test_an_exit_costs_a_fifth_of_a_years_pay_unless_said_otherwise():
    assert exit_cost(6, 90_000) == pytest.approx(113_400)
    assert exit_cost(6, 90_000, 0.33) == pytest.approx(178_200)
    assert SHARE_OF_SALARY.mode == 0.21


@needs_reference_data
def test_a_real_file_of_people_gives_its_published_turnover():
    (path,) = (REFERENCE / "hrdataset_v14").glob("*.csv")
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    spans = [(day(row["DateofHire"]), day(row["DateofTermination"])) for row in rows]
    heads = [
        sum(hired <= at and (left is None or left > at) for hired, left in spans)
        for at in (datetime(2015, 12, 31), datetime(2016, 12, 31))  # noqa: DTZ001  # days only
    ]
    exits = sum(left is not None and left.year == 2016 for _, left in spans)

    result = turnover(exits, heads)

    assert (exits, heads) == (22, [229, 221])
    assert 100 * result.rate == pytest.approx(9.778, abs=5e-4)


def day(text):
    if not text.strip():
        return None
    form = "%m/%d/%Y" if len(text.split("/")[-1]) == 4 else "%m/%d/%y"
    return datetime.strptime(text.strip(), form)  # noqa: DTZ007  # days only
