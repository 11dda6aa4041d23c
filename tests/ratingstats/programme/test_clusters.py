from dataclasses import replace

import numpy as np
import pytest

from ratingstats.programme.clusters import Clustered
from ratingstats.programme.wild import _Wild, wild_interval


def regression(clusters=8, per=6, seed=2):
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(clusters), per)
    x = rng.normal(size=len(cluster))
    treated = (cluster % 2).astype(float)
    y = 1 + 0.5 * x + 0.8 * treated + rng.normal(0, 1, clusters)[cluster] + rng.normal(size=len(x))
    return Clustered(np.column_stack([np.ones(len(x)), x, treated]), y, cluster, 2)


def test_statsmodels_finds_the_same_errors():
    from statsmodels.regression.linear_model import OLS  # noqa: PLC0415  # costs seconds

    fit = regression()
    theirs = OLS(fit.y, fit.X).fit(cov_type="cluster", cov_kwds={"groups": fit.cluster}, use_t=True)

    assert (fit.estimate, fit.std_error) == pytest.approx((theirs.params[2], theirs.bse[2]))
    assert fit.t_interval(0.95)[:2] == pytest.approx(tuple(theirs.conf_int()[2]))


def test_the_wild_bootstrap_is_that_of_refitting_every_draw():
    fit, effect = regression(), 0.3
    others, x = fit.X[:, :2], fit.X[:, 2]
    y0 = fit.y - effect * x
    line = others @ np.linalg.lstsq(others, y0, rcond=None)[0]
    wild = _Wild.of(fit, np.random.default_rng(7))
    wild = replace(wild, draws=wild.draws[:200])

    refitted = [
        Clustered(fit.X, line + effect * x + (y0 - line) * v[fit.cluster], fit.cluster, 2)
        for v in wild.draws
    ]

    t = np.array([abs(one.estimate - effect) / one.std_error for one in refitted])
    seen = abs(fit.estimate - effect) / fit.std_error
    assert wild.p(effect) == pytest.approx((1 + np.sum(t >= seen)) / 201)
    assert 0.05 < wild.p(effect) < 0.95


def test_the_interval_holds_what_is_not_rejected_and_moves_with_the_outcome():
    fit = regression()
    moved = Clustered(fit.X, fit.y + 2 * fit.X[:, 2], fit.cluster, 2)

    low, high, p = wild_interval(fit, level=0.95, seed=3)
    again = wild_interval(moved, level=0.95, seed=3)

    assert low < fit.estimate < high
    assert (p < 0.05) == (not low <= 0 <= high)
    assert again[:2] == pytest.approx((low + 2, high + 2), abs=1e-6)
    assert wild_interval(fit, level=0.5, seed=3)[0] > low
