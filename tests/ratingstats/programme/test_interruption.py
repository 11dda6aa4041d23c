import numpy as np
import pytest

from ratingstats.programme.interruption import fitted_line, interrupted_series, segments
from ratingstats.status import Status


def line(points, start, level=5.0, slope=0.5):
    t = np.arange(1.0, points + 1)
    after = t >= start
    return 50 + t + level * after + slope * (t - start) * after


def test_the_line_of_the_worked_case_is_found_exactly():
    assert fitted_line(segments(line(12, 7), 7)) == pytest.approx([50, 1, 5, 0.5])


def test_twelve_points_are_too_few_to_say_anything():
    result = interrupted_series(segments(line(12, 7), 7))

    assert (result.status, result.coefficients) == (Status.REFUSED, ())
    assert (result.before, result.after) == (6, 6)


def noisy(seed=1, points=40, start=21):
    return line(points, start) + np.random.default_rng(seed).normal(0, 1, points)


def test_statsmodels_finds_the_same_errors():
    from statsmodels.regression.linear_model import OLS  # noqa: PLC0415  # costs seconds

    series = segments(noisy(), 21)
    theirs = OLS(series.values, series.design).fit(
        cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}, use_t=True
    )

    ours = interrupted_series(series, lag=3)

    for i, name in enumerate(("baseline", "trend", "level", "slope")):
        found = ours[name]
        assert (found.value, found.std_error) == pytest.approx((theirs.params[i], theirs.bse[i]))
        assert found.p == pytest.approx(theirs.pvalues[i], abs=1e-12)


def test_the_gap_at_the_end_is_the_step_and_all_that_grew_since():
    result = interrupted_series(segments(noisy(3), 21))

    assert result["at_end"].value == pytest.approx(
        result["level"].value + 19 * result["slope"].value
    )
    assert result["at_end"].low < 5 + 19 * 0.5 < result["at_end"].high


def test_a_yearly_wave_and_what_happened_everywhere_are_not_the_programme():
    t = np.arange(1.0, 49)
    wave, elsewhere = 8 * np.sin(2 * np.pi * t / 12), 6.0 * (t >= 25)
    noise = np.random.default_rng(2).normal(0, 0.5, 48)

    plain = interrupted_series(segments(line(48, 25) + wave + noise, 25))
    seasonal = interrupted_series(segments(line(48, 25) + wave + noise, 25, season=12))
    controlled = interrupted_series(
        segments(line(48, 25) + elsewhere + noise, 25, control=elsewhere)
    )

    assert plain.status is Status.CAUTION
    assert seasonal["level"].low < 5 < seasonal["level"].high
    assert seasonal["level"].std_error < plain["level"].std_error
    assert controlled["level"].low < 5 < controlled["level"].high


def test_shifting_the_clock_moves_only_the_baseline():
    first = interrupted_series(segments(noisy(), 21))
    later = interrupted_series(segments(noisy(), 2021, times=np.arange(2001.0, 2041)))

    for name in ("trend", "level", "slope", "at_end"):
        assert later[name].value == pytest.approx(first[name].value, rel=1e-6)
        assert later[name].std_error == pytest.approx(first[name].std_error, rel=1e-4)


def test_series_that_do_not_fit_are_errors():
    with pytest.raises(ValueError, match="per period"):
        segments([1, 2, 3], 2, times=[1, 2])
    with pytest.raises(ValueError, match="Times grow"):
        segments([1, 2, 3], 2, times=[1, 3, 2])


def test_a_control_series_with_gaps_is_not_taken():
    control = [1.0, float("nan"), *range(18)]

    with pytest.raises(ValueError, match="no value is missing"):
        segments(range(20), start=10, control=control)
