"""What a fit promises whatever the ratings."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratingstats.crossed import Design, Factor, Status, fit
from tests.ratingstats.crossed.designs import SHROUT_FLEISS, drawn, table

Y = SHROUT_FLEISS.ravel()
PERSON, RATER = table(SHROUT_FLEISS).factors


def by_dense_algebra(design, found, *, reml):
    """-2 log likelihood with V written out: no elimination, no blocks."""
    V = found.residual * np.eye(design.n)
    for factor in design.factors:
        same = factor.codes[:, None] == factor.codes[None, :]
        V += found.variances[factor.name] * same
    X, inverse = design.fixed, np.linalg.inv(V)
    information = X.T @ inverse @ X
    rest = design.y - X @ np.linalg.solve(information, X.T @ inverse @ design.y)
    value = np.linalg.slogdet(V)[1] + rest @ inverse @ rest
    if reml:
        value += np.linalg.slogdet(information)[1]
    return value + (design.n - reml * X.shape[1]) * np.log(2 * np.pi)


@st.composite
def designs(draw):
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    n, K = draw(st.integers(15, 60)), draw(st.integers(1, 3))
    factors = tuple(
        Factor(f"f{k}", random.integers(0, levels, n), levels)
        for k, levels in enumerate(random.integers(2, 9, K).tolist())
    )
    y = random.normal(size=n)
    for factor in factors:
        y += draw(st.sampled_from([0.0, 1.0])) * random.normal(size=factor.levels)[factor.codes]
    X = np.column_stack([np.ones(n), random.normal(size=n)])
    return Design(y, factors, X, ("intercept", "x"))


@settings(max_examples=15)
@given(designs(), st.booleans())
def test_the_criterion_is_the_likelihood_of_the_whole_covariance(design, reml):
    found = fit(design, reml=reml)

    assert found.usable
    assert found.criterion == pytest.approx(by_dense_algebra(design, found, reml=reml), abs=1e-6)


@settings(max_examples=15)
@given(designs(), st.data())
def test_no_variances_nearby_are_likelier(design, data):
    found = fit(design)
    name = data.draw(st.sampled_from([*found.variances, "residual"]))
    factor = data.draw(st.sampled_from([0.9, 1.1]))
    variances = {**found.variances, "residual": found.residual}
    variances[name] = variances[name] * factor if variances[name] else 0.02

    class Beside:
        residual = variances["residual"]

    Beside.variances = variances
    assert by_dense_algebra(design, Beside, reml=True) > found.criterion - 1e-9


@settings(max_examples=12)
@given(designs(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_factors_changes_nothing(design, random):
    order = np.array(random.sample(range(design.n), design.n))
    factors = [Factor(f.name, f.codes[order], f.levels) for f in design.factors]
    random.shuffle(factors)
    found = fit(design)
    again = fit(Design(design.y[order], tuple(factors), design.fixed[order], design.names))

    assert again.criterion == pytest.approx(found.criterion, abs=1e-7)
    assert again.variances == pytest.approx(found.variances, rel=1e-4, abs=1e-7)
    for name, effects in found.effects.items():
        assert again.effects[name].estimate == pytest.approx(effects.estimate, abs=1e-4)
        assert again.effects[name].sd == pytest.approx(effects.sd, abs=1e-4)


@settings(max_examples=12)
@given(designs(), st.randoms(use_true_random=False))
def test_new_labels_take_their_effects_along(design, random):
    first, *others = design.factors
    label = np.array(random.sample(range(first.levels), first.levels))
    renamed = Factor(first.name, label[first.codes], first.levels)
    found = fit(design)
    again = fit(Design(design.y, (renamed, *others), design.fixed, design.names))

    assert again.variances == pytest.approx(found.variances, rel=1e-4, abs=1e-7)
    known, moved = found.effects[first.name], again.effects[first.name]
    assert moved.estimate[label] == pytest.approx(known.estimate, abs=1e-4)


@settings(max_examples=12)
@given(designs(), st.floats(-1000, 1000), st.floats(0.01, 100))
def test_a_shift_moves_the_intercept_alone_and_a_scale_everything(design, shift, scale):
    found = fit(design)
    again = fit(Design(shift + scale * design.y, design.factors, design.fixed, design.names))

    assert again.residual == pytest.approx(scale**2 * found.residual, rel=1e-5)
    for name, variance in found.variances.items():
        expected = pytest.approx(scale**2 * variance, rel=1e-4, abs=1e-7 * scale**2)
        assert again.variances[name] == expected
    expected = shift + scale * found.fixed.estimates[0]
    assert again.fixed.estimates[0] == pytest.approx(expected, rel=1e-6, abs=1e-5 * scale)


def test_every_block_of_a_design_without_links_counts():
    """Two departments that share nobody say together what their sum of squares says."""
    twice = np.concatenate([Y, Y + 3])
    person = Factor("person", np.concatenate([PERSON.codes, PERSON.codes + 6]), 12)
    rater = Factor("rater", np.concatenate([RATER.codes, RATER.codes + 4]), 8)
    X = np.repeat(np.eye(2), 24, axis=0)

    found = fit(Design(twice, (person, rater), X, ("one", "other")))

    assert found.variances["person"] == pytest.approx(2.5555556, rel=1e-5)
    assert found.variances["rater"] == pytest.approx(5.2444444, rel=1e-5)
    assert found.fixed.estimates == pytest.approx([Y.mean(), Y.mean() + 3])


def test_many_small_units_of_every_size_are_fitted_exactly():
    """Persons and raters within units: blocks of one to seventy raters."""
    random = np.random.default_rng(4)
    sizes = [1, 2, 3, 5, 9, 30, 70]
    first = np.cumsum([0, *sizes])
    unit = np.repeat(np.arange(len(sizes)), 40)
    rater = np.array([first[u] + random.integers(0, sizes[u]) for u in unit])
    person = np.array([u * 20 + random.integers(0, 20) for u in unit])
    effects = random.normal(size=sum(sizes)), random.normal(size=20 * len(sizes))
    y = effects[0][rater] + effects[1][person] + random.normal(size=len(unit))
    factors = (
        Factor("rater", rater, sum(sizes)),
        Factor("person", person, 20 * len(sizes)),
        Factor("unit", unit, len(sizes)),
    )

    found = fit(Design(y, factors))

    expected = by_dense_algebra(Design(y, factors), found, reml=True)
    assert found.criterion == pytest.approx(expected, abs=1e-6)


def test_a_full_table_is_fitted_as_its_mean_squares_say():
    """Enough columns in every row that dense products are used."""
    ratings = np.random.default_rng(5).normal(size=(200, 90)) + np.arange(90) / 10
    ratings += np.arange(200)[:, None] / 50
    rows, columns = ratings.mean(axis=1), ratings.mean(axis=0)
    rest = ratings - rows[:, None] - columns + ratings.mean()
    error = (rest**2).sum() / (199 * 89)
    expected = (columns.var(ddof=1) * 200 - error) / 200

    found = fit(table(ratings))

    assert found.variances["rater"] == pytest.approx(expected, rel=1e-6)
    assert found.residual == pytest.approx(error, rel=1e-6)


def test_a_level_without_ratings_is_predicted_to_be_average():
    rater = Factor("rater", RATER.codes, 5)

    found = fit(Design(Y, (PERSON, rater)))

    assert found.effects["rater"].estimate[4] == 0.0
    assert found.effects["rater"].sd[4] == pytest.approx(found.variances["rater"] ** 0.5)


@pytest.mark.parametrize(
    ("design", "suspects"),
    [
        (Design(Y, (Factor("person", np.arange(24), 24), RATER)), ("person",)),
        (Design(Y, (PERSON, Factor("badge", 5 - PERSON.codes, 6))), ("person", "badge")),
        (Design(np.full(24, 3.0), (PERSON, RATER)), ()),
        (Design(Y, (Factor("unit", RATER.codes * 0, 1),)), ("unit",)),
        (Design(1.0 * PERSON.codes, (PERSON, RATER)), ("person",)),
        (Design(Y, (PERSON,), np.ones((24, 2)), ("one", "more")), ("more",)),
        (Design(Y, (PERSON,), np.eye(6)[PERSON.codes], tuple("abcdef")), ("person",)),
        (Design(Y[:1], (Factor("person", np.array([0]), 1),)), ()),
        (Design(Y[:0], (Factor("person", np.array([], int), 0),)), ()),
    ],
)
def test_what_cannot_be_estimated_says_why_and_what_to_leave_out(design, suspects):
    found = fit(design)

    assert found.status is Status.NOT_ESTIMABLE
    assert found.reason
    assert set(found.suspects) == set(suspects)
    assert np.isnan(found.residual)
    assert not found.usable


def test_without_what_was_suspected_the_rest_is_fitted():
    """One rating per person: person is what is left over, raters can still be told."""
    first = fit(Design(Y, (Factor("person", np.arange(24), 24), RATER)))
    again = fit(Design(Y, tuple(f for f in (RATER,) if f.name not in first.suspects)))

    assert again.status is Status.CONVERGED
    assert again.variances["rater"] > 0


def test_predictions_cover_the_truth_as_often_as_they_say():
    inside = []
    for seed in range(12):
        design, truth = drawn(100, 15, 3, (0.3, 0.1, 0.15), seed)
        raters = fit(design).effects["rater"]
        inside.extend(np.abs(raters.estimate - truth["rater"]) < 1.96 * raters.error)

    assert 0.91 < np.mean(inside) < 0.99


def test_variances_are_those_the_ratings_were_drawn_with():
    fits = [fit(drawn(150, 20, 3, (0.3, 0.2, 0.5), seed)[0]) for seed in range(20)]
    means = [np.mean([f.variances[name] for f in fits]) for name in ("person", "rater")]

    assert means == pytest.approx([0.3, 0.2], abs=0.05)
    assert np.mean([f.residual for f in fits]) == pytest.approx(0.5, abs=0.02)
