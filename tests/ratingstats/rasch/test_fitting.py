import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.crossed import Factor
from ratingstats.rasch import Code, category_probabilities, expected_rating, fit_facets
from ratingstats.status import Status
from tests.ratingstats.rasch import studies
from tests.reference import figures, needs_reference_data


@needs_reference_data
def test_the_seven_raters_of_texts_come_out_as_two_programs_say():
    published = figures("mfrm_ratings1")
    study = studies.texts()

    fit = fit_facets(*study.asked)

    severity = dict(zip(study.labels, fit.raters.severity, strict=True))
    assert severity == pytest.approx(published["rater_severity_TAM"], abs=0.005)
    assert severity == pytest.approx(published["rater_severity_sirt"], abs=0.005)
    assert fit.ability_reliability == pytest.approx(published["EAP_reliability"], abs=1e-3)
    assert fit.status is Status.MEASURED


@needs_reference_data
def test_the_deviance_lies_between_those_of_two_programs_with_coarser_grids():
    published = figures("mfrm_ratings1")["deviance"]

    deviance = fit_facets(*studies.texts().asked).deviance

    assert published["sirt"] < deviance < published["TAM"]
    assert published["TAM"] == pytest.approx(deviance, abs=0.5)


@pytest.fixture(scope="module")
def study():
    return studies.made(8, persons=400, raters=12)


@pytest.fixture(scope="module")
def fit(study):
    return fit_facets(*study.asked)


def test_severities_sum_to_zero_and_cover_the_truth(study, fit):
    away = (fit.raters.severity - study.severity) / fit.raters.standard_error

    assert fit.raters.severity.sum() == pytest.approx(0, abs=1e-9)
    assert (np.abs(away) < 1.96).sum() >= 11
    assert np.abs(away).max() < 3


def test_steps_and_the_spread_of_abilities_are_found(fit):
    first, second = fit.items

    assert np.all(np.abs(first.steps - studies.STEPS) < 3 * first.standard_errors)
    assert second.difficulty - first.difficulty == pytest.approx(0.5, abs=0.25)
    assert fit.ability_variance == pytest.approx(1, abs=0.5)  # 3 sampling errors


def test_raters_who_follow_the_model_fit_it(fit):
    assert fit.raters.infit == pytest.approx(np.ones(12), abs=0.25)
    assert fit.raters.outfit == pytest.approx(np.ones(12), abs=0.3)


def test_a_rater_who_throws_dice_does_not_fit(study):
    rng = np.random.default_rng(0)
    wild = np.where(study.raters.codes == 4, rng.integers(0, 4, len(study.score)), study.score)

    fit = fit_facets(wild, study.ratees, study.raters, study.items)

    assert np.argmax(fit.raters.outfit) == 4
    assert fit.raters.outfit[4] > 1.5
    assert fit.raters.infit[4] > 1.5


def test_separation_and_reliability_follow_from_severities_and_their_errors(fit):
    rmse = np.sqrt(np.mean(fit.raters.standard_error**2))
    observed = np.std(fit.raters.severity, ddof=1)

    assert fit.spread.rmse == pytest.approx(rmse)
    assert fit.spread.reliability == pytest.approx(1 - rmse**2 / observed**2)
    assert fit.spread.separation == pytest.approx(np.sqrt(observed**2 - rmse**2) / rmse)


def test_a_fair_average_is_what_a_rater_of_severity_zero_would_give(fit):
    ability = fit.ratees.ability[7]
    expected = [
        expected_rating(category_probabilities(ability, 0.0, item.steps), item.lowest)
        for item in fit.items
    ]

    assert fit.ratees.fair_average[7] == pytest.approx(np.mean(expected))
    order = np.argsort(fit.raters.severity)
    assert np.all(np.diff(fit.raters.fair_average[order]) < 0)


@given(st.randoms(use_true_random=False))
@settings(max_examples=3)
def test_neither_the_order_of_ratings_nor_the_names_of_raters_matter(chance):
    study = studies.made(2)
    rows = np.array(chance.sample(range(len(study.score)), len(study.score)))
    names = np.array(chance.sample(range(8), 8))
    first = fit_facets(*study.asked)

    mixed = study.where(rows)
    raters = Factor("rater", names[mixed.raters.codes], 8)
    second = fit_facets(mixed.score, mixed.ratees, raters, mixed.items)

    assert second.deviance == pytest.approx(first.deviance, abs=1e-6)
    assert second.raters.severity[names] == pytest.approx(first.raters.severity, abs=1e-4)
    assert second.raters.standard_error[names] == pytest.approx(
        first.raters.standard_error, abs=1e-4
    )


def test_a_scale_that_starts_higher_moves_fair_averages_and_nothing_else():
    study = studies.made(2)
    first = fit_facets(*study.asked)

    second = fit_facets(study.score + 2, study.ratees, study.raters, study.items)

    assert second.deviance == pytest.approx(first.deviance)
    assert second.ratees.fair_average == pytest.approx(first.ratees.fair_average + 2)
    assert [item.lowest for item in second.items] == [2, 2]


def test_without_items_there_is_one():
    study = studies.made(2, items=1, each=4)

    fit = fit_facets(study.score, study.ratees, study.raters)

    assert len(fit.items) == 1
    assert fit.deviance == pytest.approx(fit_facets(*study.asked).deviance)


def test_persons_who_do_not_differ_have_no_variance_of_ability():
    study = studies.made(2, persons=60, items=1, each=3)
    score = np.tile([0, 1, 2, 1, 3, 2], 30)

    fit = fit_facets(score, study.ratees, study.raters)

    assert (fit.status, fit.codes) == (Status.CAUTION, (Code.NO_ABILITY_VARIANCE,))
    assert fit.ability_variance == 0
    assert not fit.ratees.ability.any()
