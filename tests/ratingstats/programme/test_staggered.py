import numpy as np
import pytest

from ratingstats.programme.panel import NEVER, Panel
from ratingstats.programme.staggered import staggered_effects
from ratingstats.status import Status

UNITS = {"n1": 1, "n2": 2, "e1": 3, "e2": 4, "l1": 2, "l2": 3}
STARTS = {"n": NEVER, "e": 2, "l": 3}


def worked_case(units=UNITS):
    rows = [
        (base + 0.5 * t + max(0.0, t - STARTS[unit[0]] + 1), unit, t, STARTS[unit[0]])
        for unit, base in units.items()
        for t in (1, 2, 3, 4)
    ]
    return Panel.of(*zip(*rows, strict=True))


def simulated(seed, n=60, trend=0.0):
    rng = np.random.default_rng(seed)
    starts = rng.choice([3, 4, 5, NEVER], n)
    rows = [
        (
            rng.normal(0, 0.3)
            + base
            + 0.2 * t
            + trend * t * np.isfinite(s)
            + 0.5 * max(0.0, t - s + 1),
            f"{u:03}",
            t,
            s,
        )
        for u, (s, base) in enumerate(zip(starts, rng.normal(size=n), strict=True))
        for t in range(1, 7)
    ]
    return Panel.of(*zip(*rows, strict=True))


def test_effects_that_grow_are_found_where_the_usual_regression_shrinks_them():
    result = staggered_effects(worked_case())

    cells = {(g.start, g.period): g.att.effect for g in result.group_times}
    assert cells == pytest.approx(
        {(2, 2): 1, (2, 3): 2, (2, 4): 3, (3, 1): 0, (3, 3): 1, (3, 4): 2}
    )
    assert result.mean.effect == pytest.approx(1.8)
    assert result.twoway.effect == pytest.approx(1.3)
    assert [(e.elapsed, e.effect.effect) for e in result.events] == [
        (-2, pytest.approx(0)),
        (0, pytest.approx(1)),
        (1, pytest.approx(2)),
        (2, pytest.approx(3)),
    ]


def test_statsmodels_finds_the_same_contrast():
    from statsmodels.regression.linear_model import OLS  # noqa: PLC0415  # costs seconds

    panel = simulated(1)
    treated = panel.period >= panel.start[panel.unit]
    dummies = [panel.unit == u for u in range(panel.units)] + [
        panel.period == t for t in range(2, 7)
    ]
    X = np.column_stack([treated, *dummies]).astype(float)

    assert staggered_effects(panel).twoway.effect == pytest.approx(
        OLS(panel.outcome, X).fit().params[0]
    )


def test_treated_units_used_as_controls_get_weights_below_zero():
    rows = [
        (float(t), unit, t, start)
        for unit, start in (("early", 2), ("late", 5))
        for t in range(1, 7)
    ]

    twoway = staggered_effects(Panel.of(*zip(*rows, strict=True))).twoway

    assert twoway.negative > 0
    assert twoway.negative_weight < 0


def test_the_truth_lies_within_the_interval_and_the_placebos_are_near_zero():
    result = staggered_effects(simulated(2))

    by_time = {e.elapsed: e for e in result.events}
    for elapsed in (0, 1, 2):
        assert by_time[elapsed].band_low < 0.5 * (elapsed + 1) < by_time[elapsed].band_high
    for elapsed in (-2, -3):
        assert by_time[elapsed].band_low < 0 < by_time[elapsed].band_high
    assert by_time[0].band_low <= by_time[0].effect.low
    assert result.status is Status.MEASURED


def test_a_trend_of_their_own_shows_before_the_start():
    events = staggered_effects(simulated(3, trend=0.5)).events

    assert any(e.elapsed < -1 and e.band_high < 0 for e in events)


def test_intervals_hold_the_truth_as_often_as_they_say():
    truth, hits = 0.5, 0
    for seed in range(120):
        first = next(
            e for e in staggered_effects(simulated(seed), draws=50).events if not e.elapsed
        )
        hits += first.effect.low <= truth <= first.effect.high

    assert 0.89 <= hits / 120 <= 1.0


def test_moving_units_and_periods_changes_no_effect():
    panel = simulated(4, n=20)
    rng = np.random.default_rng(4)
    shift = (
        rng.normal(0, 9, panel.units)[panel.unit] + rng.normal(0, 9, 7)[panel.period.astype(int)]
    )
    moved = Panel(panel.outcome + shift, panel.unit, panel.period, panel.start, panel.labels)

    first, second = staggered_effects(panel), staggered_effects(moved)

    assert second.mean.effect == pytest.approx(first.mean.effect)
    assert second.mean.std_error == pytest.approx(first.mean.std_error)
    assert second.twoway.effect == pytest.approx(first.twoway.effect)


def test_no_before_no_comparison_and_single_units_are_said():
    always = Panel.of([1, 2], ["a", "a"], [1, 2], [1, 1])
    single = worked_case({"n1": 1, "e1": 2, "e2": 1})

    assert staggered_effects(always).status is Status.REFUSED
    assert np.isnan(staggered_effects(always).mean.effect)
    assert staggered_effects(single).status is Status.CAUTION
