import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.programme.shares import (
    completion,
    favourable_index,
    favourable_share,
    share_of,
)
from ratingstats.status import Status


@pytest.mark.parametrize(
    ("count", "n", "share", "low", "high"),
    [(3, 12, 0.25, 0.0889, 0.5323), (17, 20, 0.85, 0.6396, 0.9476)],
    ids=["plans met", "promotions"],
)
def test_wilsons_interval_is_that_of_the_worked_cases(count, n, share, low, high):
    result = share_of(count, n)

    assert (result.share, result.low, result.high) == pytest.approx((share, low, high), abs=1e-4)


@given(st.integers(1, 200), st.data())
@settings(max_examples=40)
def test_the_interval_holds_the_share_and_mirrors_its_opposite(n, data):
    count = data.draw(st.integers(0, n))

    result, opposite = share_of(count, n), share_of(n - count, n)

    assert 0 <= result.low <= result.share <= result.high <= 1
    assert result.low == pytest.approx(1 - opposite.high)


def test_statsmodels_gives_the_same_interval():
    from statsmodels.stats.proportion import proportion_confint  # noqa: PLC0415  # costs seconds

    result = share_of(7, 31, level=0.9)

    assert (result.low, result.high) == pytest.approx(
        proportion_confint(7, 31, alpha=0.1, method="wilson")
    )


def test_nobody_is_no_data_rather_than_zero():
    assert share_of(0, 0).status is Status.REFUSED
    assert np.isnan(share_of(0, 0).share)


def test_more_than_everybody_is_an_error():
    with pytest.raises(ValueError, match="0 <= x <= n"):
        share_of(5, 4)


def test_not_applicable_is_not_an_answer():
    answers = [5] * 30 + [4] * 32 + [3] * 20 + [2] * 14 + [float("nan")] * 4

    result = favourable_share(answers)

    assert (result.count, result.n) == (62, 96)
    assert result.share == pytest.approx(0.6458, abs=1e-4)


def test_the_index_is_the_mean_of_its_items_with_an_error_over_people():
    rng = np.random.default_rng(4)
    answers = rng.integers(1, 6, (60, 3)).astype(float)
    answers[rng.random(answers.shape) < 0.1] = np.nan

    result = favourable_index(answers)

    assert result.index == pytest.approx(np.mean([item.share for item in result.items]))
    assert result.low < result.index < result.high
    one = favourable_index(answers[~np.isnan(answers[:, 0]), :1])
    p, n = one.index, one.n
    assert one.std_error == pytest.approx(np.sqrt(p * (1 - p) / (n - 1)))


def test_an_item_nobody_answered_gives_no_index():
    assert favourable_index([[4, float("nan")], [5, float("nan")]]).status is Status.REFUSED


def test_late_forms_count_as_submitted_but_not_as_on_time():
    result = completion(due=40, submitted=36, on_time=30)

    assert (result.submitted.share, result.on_time.share) == (0.9, 0.75)
