"""Values: Krippendorff (2011), Computing Krippendorff's alpha-reliability, and recomputed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.agreement.alpha import Metric, Resampling, alpha_of_list, krippendorff_alpha
from ratingstats.reasons import Reason
from ratingstats.status import Status
from tests.reference import figures, needs_reference_data

NONE = np.nan
THREE_BY_FIFTEEN = np.array(
    [
        [NONE, NONE, NONE, NONE, NONE, 3, 4, 1, 2, 1, 1, 3, 3, NONE, 3],
        [1, NONE, 2, 1, 3, 3, 4, 3, NONE, NONE, NONE, NONE, NONE, NONE, NONE],
        [NONE, NONE, 2, 1, 3, 4, 4, NONE, 2, 1, 1, 3, 3, NONE, 4],
    ]
).T
ratings = st.lists(
    st.lists(st.sampled_from([1.0, 2.0, 3.0, 4.0, NONE]), min_size=3, max_size=3),
    min_size=4,
    max_size=15,
)


@pytest.mark.parametrize(
    ("metric", "value"),
    [(Metric.NOMINAL, 0.6914), (Metric.ORDINAL, 0.8067), (Metric.INTERVAL, 0.8108)],
)
def test_three_coders_and_fifteen_units_give_the_published_alphas(metric, value):
    found = krippendorff_alpha(THREE_BY_FIFTEEN, metric)

    assert found.raw == pytest.approx(value, abs=1e-4)
    assert (found.n, found.ratings) == (12, 26)


@needs_reference_data
@pytest.mark.parametrize("metric", Metric)
def test_four_observers_and_twelve_units_give_the_published_alphas(metric):
    study = figures("krippendorff_4x12")

    found = krippendorff_alpha(np.array(study["data"], float).T, metric)

    assert found.raw == pytest.approx(study["alpha"][metric.value], abs=1e-10)


@needs_reference_data
@pytest.mark.parametrize("name", ["krippendorff_binary_2x10", "krippendorff_nominal_2x12"])
def test_two_observers_give_the_published_alphas(name):
    study = figures(name)

    found = krippendorff_alpha(np.array(study["data"], float).T, Metric.NOMINAL)

    assert found.raw == pytest.approx(study["alpha_nominal"], abs=1e-10)


@needs_reference_data
def test_alpha_of_fourteen_raters_is_the_recomputed_one():
    study = figures("fleiss_kappa_10x5x14")
    table = [np.repeat(np.arange(5.0), row) for row in study["counts"]]

    found = krippendorff_alpha(table, Metric.NOMINAL)

    assert found.raw == pytest.approx(study["krippendorff_nominal"], abs=1e-8)


def test_a_bootstrap_with_the_same_seed_gives_the_same_interval():
    how = Resampling(draws=200, seed=5)

    one, other = (krippendorff_alpha(THREE_BY_FIFTEEN, bootstrap=how) for _ in range(2))

    assert one.interval == other.interval
    assert one.interval.low < one.raw < one.interval.high


def test_no_interval_is_made_unless_asked_for():
    assert krippendorff_alpha(THREE_BY_FIFTEEN).interval is None


def test_one_person_is_not_enough():
    found = krippendorff_alpha([[1, 2], [NONE, 3]])

    assert (found.status, found.reason, found.n) == (Status.REFUSED, Reason.TOO_FEW, 1)


def test_nothing_is_said_where_everybody_got_the_same():
    assert krippendorff_alpha(np.ones((12, 2))).reason is Reason.NO_SPREAD


def test_nobody_rated_is_no_error():
    assert krippendorff_alpha(np.full((3, 2), NONE)).status is Status.REFUSED


def test_a_ratio_below_zero_is_an_error_that_says_what_to_do():
    with pytest.raises(ValueError, match="use the interval metric"):
        krippendorff_alpha([[-1, 2], [1, 2]], Metric.RATIO)


def test_a_list_of_another_length_is_an_error():
    with pytest.raises(ValueError, match="as many people as values"):
        alpha_of_list([1, 2], [1.0])


@settings(max_examples=40)
@given(ratings, st.sampled_from(Metric), st.randoms(use_true_random=False))
def test_neither_order_nor_names_matter(rows, metric, chance):
    table = np.array(rows)
    order = list(range(len(table)))
    chance.shuffle(order)

    one = krippendorff_alpha(table, metric)
    other = krippendorff_alpha(table[order][:, ::-1], metric)

    assert other.raw == pytest.approx(one.raw, abs=1e-9, nan_ok=True)


@settings(max_examples=30)
@given(ratings)
def test_the_interval_metric_ignores_units_and_the_ordinal_any_rising_change(rows):
    table = np.array(rows)

    for metric, changed in ((Metric.INTERVAL, 7 - 2 * table), (Metric.ORDINAL, table**3)):
        one, other = krippendorff_alpha(table, metric), krippendorff_alpha(changed, metric)
        assert other.raw == pytest.approx(one.raw, abs=1e-9, nan_ok=True)
