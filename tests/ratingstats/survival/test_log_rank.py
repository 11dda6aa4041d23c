import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.status import Status
from ratingstats.survival import Spells, log_rank
from tests.ratingstats.survival.studies import job_retention, leukemia
from tests.reference import figures, needs_reference_data


def test_6mp_against_placebo_is_that_of_the_textbooks():
    spells, groups = leukemia()

    result = log_rank(spells, groups)

    assert result.chi2 == pytest.approx(16.793, abs=5e-4)  # Kleinbaum and Klein (2012): 16.79
    assert result.expected == pytest.approx([19.25, 10.75], abs=5e-3)
    assert result.observed.tolist() == [9, 21]
    assert result.p == pytest.approx(4.17e-5, rel=1e-3)


@needs_reference_data
def test_graduates_who_feel_well_at_work_stay_longer():
    spells, rows = job_retention()

    result = log_rank(spells, [int(row["sentiment"]) >= 7 for row in rows])

    published = figures("turnover")["job_retention_mcnulty"]
    assert int(result.n.sum()) == published["n"]
    assert result.chi2 == pytest.approx(published["logrank_sentiment7_chi2"], abs=5e-3)


def test_statsmodels_finds_the_same_for_four_groups():
    from statsmodels.duration.survfunc import survdiff  # noqa: PLC0415  # costs seconds

    rng = np.random.default_rng(11)
    duration, left = rng.integers(1, 25, 160).astype(float), rng.random(160) < 0.7
    groups = rng.integers(0, 4, 160)

    ours = log_rank(Spells.of(duration, left), groups)

    assert (ours.chi2, ours.p) == pytest.approx(survdiff(duration, left, groups))
    assert ours.df == 3


@given(st.randoms(use_true_random=False), st.integers(2, 4))
@settings(max_examples=25)
def test_names_of_groups_order_and_unit_of_time_do_not_matter(dice, count):
    people = [(dice.randint(1, 9), dice.random() < 0.7, dice.randrange(count)) for _ in range(40)]
    moved = dice.sample(people, len(people))
    other_names = dice.sample("abcd", 4)

    first = log_rank(
        Spells.of([t for t, _, _ in people], [e for _, e, _ in people]), [g for _, _, g in people]
    )
    second = log_rank(
        Spells.of([t * 30.4 for t, _, _ in moved], [e for _, e, _ in moved]),
        [other_names[g] for _, _, g in moved],
    )

    assert second.chi2 == pytest.approx(first.chi2, abs=1e-9, nan_ok=True)
    assert first.observed.sum() == pytest.approx(first.expected.sum())


def test_one_group_or_groups_never_watched_together_cannot_be_compared():
    alone = log_rank(Spells.of([1, 2, 3], [1, 1, 1]), ["a", "a", "a"])
    apart = log_rank(Spells.of([1, 5], [1, 1], entered=[0, 4]), ["a", "b"])

    assert alone.status is Status.REFUSED
    assert np.isnan(alone.chi2)
    assert apart.status is Status.REFUSED


def test_a_group_for_each_person_is_asked_for():
    with pytest.raises(ValueError, match="one group per person"):
        log_rank(Spells.of([1, 2], [1, 1]), ["a"])
