import csv

import numpy as np
import pytest
from statsmodels.miscmodels.ordinal_model import OrderedModel

from ratingstats.groups.designs import Factor, design
from ratingstats.groups.ordinal import cumulative_logit, ordinal_gaps
from ratingstats.status import Status
from tests.ratingstats.groups.test_adjusted import office
from tests.ratingstats.groups.test_designs import written_out
from tests.reference import REFERENCE, figures, needs_reference_data


def levels_of(rating):
    return np.clip(np.round(rating), 2, 4)


@needs_reference_data
def test_wine_bitterness_by_temperature_and_contact():
    expected = figures("wine_clmm")["clm_no_random"]
    with (REFERENCE / "rater_published" / "wine_randall1989.csv").open() as file:
        rows = list(csv.DictReader(file))
    temperature = Factor(
        "temp", np.array([int(row["temp"] == "warm") for row in rows]), ("cold", "warm"), base=0
    )
    contact = Factor(
        "contact", np.array([int(row["contact"] == "yes") for row in rows]), ("no", "yes"), base=0
    )
    X = design([temperature, contact], len(rows))

    fit = cumulative_logit(X, np.array([int(row["rating"]) - 1 for row in rows]), wide=1e6)

    assert fit.has_converged
    assert fit.b[1:] == pytest.approx([expected["tempwarm"], expected["contactyes"]], abs=1e-6)
    assert fit.log_likelihood == pytest.approx(expected["logLik"], abs=1e-7)


def test_agrees_with_an_independent_program():
    rating, sex, grade = office(gap=-0.2)
    y = levels_of(rating)
    X = design([grade, sex], len(y))

    fit = cumulative_logit(X, (y - 2).astype(np.int64), wide=1e6)

    other = OrderedModel(y, written_out(X)[:, 1:], distr="logit").fit(
        method="bfgs", disp=False, maxiter=200, gtol=1e-6
    )
    assert fit.b[1:] == pytest.approx(other.params[:2], abs=1e-4)
    assert np.sqrt(np.diag(fit.covariance)[1:]) == pytest.approx(other.bse[:2], abs=1e-3)


def test_a_gap_in_levels_has_the_sign_of_the_gap_in_points():
    rating, sex, grade = office(gap=-0.4)

    found = ordinal_gaps(levels_of(rating), sex, [grade])

    assert found.status is Status.MEASURED
    assert found.gaps[0].interval[1] < 0


def test_the_names_of_the_levels_do_not_matter():
    rating, sex, grade = office(gap=-0.2)
    y = levels_of(rating)

    found = ordinal_gaps(y, sex, [grade]).gaps[0]
    stretched = ordinal_gaps(10 * y**2, sex, [grade]).gaps[0]

    assert stretched.estimate == pytest.approx(found.estimate, abs=1e-6)


def test_turning_the_scale_around_turns_the_sign():
    rating, sex, grade = office(gap=-0.2)
    y = levels_of(rating)

    found = ordinal_gaps(y, sex, [grade]).gaps[0]
    turned = ordinal_gaps(-y, sex, [grade]).gaps[0]

    assert turned.estimate == pytest.approx(-found.estimate, abs=1e-5)


def test_a_level_whose_people_are_all_rated_alike_does_not_run_away():
    rating, sex, _ = office()
    y = levels_of(rating)
    chosen = Factor("star", (y == 4).astype(np.int64), ("no", "yes"))

    found = ordinal_gaps(y, sex, [chosen])

    assert np.isfinite(found.gaps[0].estimate)
    assert found.gaps[0].se < 1


@pytest.mark.parametrize("ratings", [np.full(400, 3.0), np.linspace(1, 5, 400)])
def test_one_level_or_no_levels_at_all_are_refused(ratings):
    _, sex, grade = office()

    found = ordinal_gaps(ratings, sex, [grade])

    assert found.status is Status.REFUSED
    assert found.gaps == {}
