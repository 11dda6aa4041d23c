import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.programme.drivers import Fixed, Pert, Triangular
from ratingstats.programme.returns import (
    Costs,
    UncertainReturn,
    isolated_benefit,
    net_present_value,
    return_on_investment,
)
from ratingstats.programme.turnover import SHARE_OF_SALARY, exit_cost
from ratingstats.status import Status

PROGRAMME = UncertainReturn(
    drivers={
        "exits avoided": Triangular(2, 6, 10),
        "salary": Fixed(90_000),
        "share of salary": SHARE_OF_SALARY,
        "time saved": Triangular(20_000, 40_000, 70_000),
        "cost": Triangular(80_000, 100_000, 130_000),
    },
    benefits=lambda d: (
        exit_cost(d["exits avoided"], d["salary"], d["share of salary"]) + d["time saved"]
    ),
    costs=lambda d: d["cost"],
)


def test_ratio_return_and_payback_are_those_of_the_worked_case():
    result = return_on_investment(750_000, 425_000)

    assert result.ratio == pytest.approx(1.7647, abs=1e-4)
    assert result.roi_percent == pytest.approx(76.47, abs=5e-3)
    assert result.payback_months == pytest.approx(6.8)


def test_only_what_is_due_to_the_programme_counts():
    assert isolated_benefit(200_000, due=0.4, confidence=0.7) == pytest.approx(56_000)
    with pytest.raises(ValueError, match="between 0 and 1"):
        isolated_benefit(200_000, due=40, confidence=0.7)


def test_no_costs_no_return_and_years_want_discounting():
    assert return_on_investment(10, 0).status is Status.REFUSED
    assert return_on_investment(10, 5, months=24).status is Status.CAUTION
    assert np.isnan(return_on_investment(0, 5).payback_months)


def test_money_later_is_worth_less():
    assert net_present_value([-100, 60, 60], rate=0.1) == pytest.approx(-100 + 60 / 1.1 + 60 / 1.21)
    with pytest.raises(ValueError, match="8 % is"):
        net_present_value([1], rate=-1)


def test_costs_are_the_sum_of_their_parts():
    assert Costs(licences=10, staff=200 * 45, training=500).total == 9510


def test_simulation_gives_the_distribution_of_the_worked_case():
    result = PROGRAMME.simulate(draws=200_000, seed=12345)

    found = (result.mean, result.p5, result.median, result.p95, result.positive)
    assert found == pytest.approx((0.759, 0.028, 0.699, 1.699, 0.959), abs=5e-4)
    assert result.at_modes == pytest.approx(0.534, abs=5e-4)


def test_the_same_seed_gives_the_same_numbers_and_another_nearly_so():
    first, again, other = (PROGRAMME.simulate(draws=20_000, seed=s) for s in (7, 7, 8))

    assert first == again
    assert first.median != other.median
    assert first.median == pytest.approx(other.median, abs=0.03)


def test_the_tornado_puts_the_widest_swing_first_and_a_known_number_last():
    swings = PROGRAMME.simulate(draws=10_000).tornado

    assert swings[0].driver == "exits avoided"
    assert (swings[-1].driver, swings[-1].width) == ("salary", 0)
    assert [s.width for s in swings] == sorted((s.width for s in swings), reverse=True)
    at = {s.driver: s for s in swings}
    dearer = 80_000 + np.sqrt(0.05 * 50_000 * 20_000)
    assert at["cost"].at_low == pytest.approx((113_400 + 40_000) / dearer - 1)


def test_a_driver_shared_by_benefits_and_costs_moves_both():
    shared = UncertainReturn(
        drivers={"people": Triangular(50, 100, 200)},
        benefits=lambda d: 30 * d["people"],
        costs=lambda d: 20 * d["people"],
    ).simulate(draws=10_000)

    assert (shared.p5, shared.p95) == pytest.approx((0.5, 0.5))


def test_few_draws_are_refused():
    with pytest.raises(ValueError, match="10,000"):
        PROGRAMME.simulate(draws=500)


@given(st.floats(-5, 5), st.floats(0, 5), st.floats(0.1, 5), st.sampled_from([Triangular, Pert]))
@settings(max_examples=20)
def test_quantiles_are_those_of_the_draws(low, rise, fall, kind):
    driver = kind(low, low + rise, low + rise + fall)

    drawn = driver.draw(np.random.default_rng(1), 40_000)

    for p in (0.05, 0.5, 0.95):
        assert np.mean(drawn <= driver.quantile(p)) == pytest.approx(p, abs=0.012)


def test_pert_leans_on_its_mode():
    mean = Pert(0, 2, 10).draw(np.random.default_rng(2), 100_000).mean()

    assert mean == pytest.approx((0 + 4 * 2 + 10) / 6, abs=0.02)


@pytest.mark.parametrize("kind", [Triangular, Pert])
def test_three_points_come_in_order(kind):
    with pytest.raises(ValueError, match="in this order"):
        kind(5, 4, 6)
