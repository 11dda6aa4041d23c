import numpy as np
import pytest

from ratingstats.status import Status
from ratingstats.survival import Spells, cox
from tests.ratingstats.survival.studies import job_retention, leukemia
from tests.reference import figures, needs_reference_data


@pytest.mark.parametrize(
    ("ties", "beta"),
    # Kalbfleisch and Prentice (2002) print 1.509 with ties as Breslow has them.
    [("breslow", 1.5092), ("efron", 1.5721)],
)
def test_placebo_patients_relapse_faster_by_the_published_ratio(ties, beta):
    spells, groups = leukemia()
    placebo = [[group == "placebo"] for group in groups]

    fit = cox(spells, placebo, ("placebo",), ties=ties)

    (hazard,) = fit.hazards
    assert hazard.beta == pytest.approx(beta, abs=5e-4)
    assert hazard.ratio == pytest.approx(np.exp(beta), abs=5e-3)
    assert hazard.low < hazard.ratio < hazard.high
    assert (fit.n, fit.events, fit.ties) == (42, 30, ties)


@needs_reference_data
def test_the_published_model_of_job_retention_comes_out():
    spells, rows = job_retention()
    fields = ["Finance", "Health", "Law", "Public/Government", "Sales/Marketing"]
    columns = [
        [row["gender"] == "M"]
        + [row["field"] == field for field in fields]
        + [row["level"] == level for level in ("Low", "Medium")]
        + [float(row["sentiment"])]
        for row in rows
    ]
    names = ("genderM", *(f"field{f}" for f in fields), "levelLow", "levelMedium", "sentiment")

    fit = cox(spells, columns, names)

    published = figures("turnover")["job_retention_mcnulty"]
    betas = {hazard.name: hazard.beta for hazard in fit.hazards}
    assert {name: betas[name] for name in published["cox"]} == pytest.approx(
        published["cox"], abs=1e-6
    )
    assert fit.log_likelihood == pytest.approx(published["loglik"], abs=1e-3)
    assert fit.concordance == pytest.approx(published["concordance"], abs=1e-6)


def test_what_cannot_be_told_apart_is_refused_not_raised():
    spells = Spells.of([1, 2, 3, 4], [1, 1, 0, 1])

    assert cox(spells, [[1], [1], [1], [1]], ("constant",)).status is Status.REFUSED
    assert cox(spells, [[1, 2], [0, 0], [1, 2], [0, 0]], ("a", "twice")).status is Status.REFUSED
    nobody = Spells.of([1, 2], [0, 0])
    assert "Nobody left" in cox(nobody, [[1], [0]], ("a",)).reason


def test_few_leavers_for_a_column_are_said():
    spells = Spells.of([1, 2, 3, 4, 5, 6], [1, 1, 0, 1, 1, 1])

    assert cox(spells, [[1], [0], [1], [0], [1], [0]], ("a",)).status is Status.CAUTION


def test_a_column_that_parts_leavers_from_the_others_is_said_to_have_no_end():
    trait = np.arange(60) % 2

    fit = cox(Spells.of(np.arange(1, 61), trait), trait[:, None], ("trait",))

    assert fit.status is Status.CAUTION
    assert "no end" in fit.reason


def test_a_name_for_each_column_is_asked_for():
    with pytest.raises(ValueError, match="one name per column"):
        cox(Spells.of([1, 2], [1, 1]), [[1], [0]], ("a", "b"))


def test_concordance_counts_the_pairs_whose_order_is_known():
    rng = np.random.default_rng(8)
    n = 60
    duration, left = rng.integers(2, 15, n).astype(float), rng.random(n) < 0.6
    entered = np.where(rng.random(n) < 0.4, duration - rng.integers(1, 5, n), -np.inf)
    trait = rng.integers(0, 4, n).astype(float)
    spells = Spells.of(duration, left, entered)

    fit = cox(spells, trait[:, None], ("trait",))

    known = [
        (i, j)
        for i in np.flatnonzero(left)
        for j in range(n)
        if entered[j] < duration[i]
        and (duration[j] > duration[i] or (duration[j] == duration[i] and not left[j]))
    ]
    sign = np.sign(fit.hazards[0].beta)
    right = [0.5 + 0.5 * np.sign(sign * (trait[i] - trait[j])) for i, j in known]
    assert fit.concordance == pytest.approx(np.mean(right))


def test_people_who_entered_late_are_at_risk_only_after_that():
    rng = np.random.default_rng(12)
    duration, left = rng.integers(2, 9, 40).astype(float), rng.random(40) < 0.7
    entered = np.where(rng.random(40) < 0.5, duration - rng.integers(1, 4, 40), -np.inf)
    trait = rng.normal(size=40)
    spells = Spells.of(duration, left, entered)

    fit = cox(spells, trait[:, None], ("trait",), ties="breslow")

    beta = fit.hazards[0].beta
    by_hand = sum(
        beta * trait[i]
        - np.log(np.exp(beta * trait[(entered < duration[i]) & (duration >= duration[i])]).sum())
        for i in np.flatnonzero(left)
    )
    assert fit.log_likelihood == pytest.approx(by_hand)
