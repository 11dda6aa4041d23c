"""statsmodels' MixedLM, which can fit crossed factors where there are few ratings."""

import time
from statistics import median

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf

from bench.ratingstats.drawing import crossed
from ratingstats.crossed import Design, fit


def beside(ratings: int) -> dict[str, float]:
    """Seconds of both on the same ratings, and how far their variances lie apart."""
    design = crossed(ratings)
    began = time.perf_counter()
    theirs = _theirs(design)
    seconds = time.perf_counter() - began
    ours = []
    for _ in range(5):
        began = time.perf_counter()
        found = fit(design)
        ours.append(time.perf_counter() - began)
    known = np.array([*found.variances.values(), found.residual])
    return {
        "theirs": seconds,
        "ours": median(ours),
        "apart": float(np.abs(theirs / known - 1).max()),
    }


def _theirs(design: Design) -> np.ndarray:
    columns = {factor.name: factor.codes for factor in design.factors}
    rows = pd.DataFrame({"y": design.y, "all": 1, **columns})
    parts = {name: f"0 + C({name})" for name in columns}
    model = smf.mixedlm("y ~ 1", rows, groups="all", vc_formula=parts)
    found = model.fit(reml=True)
    of = dict(zip(model.exog_vc.names, found.vcomp, strict=True))
    return np.array([*(of[name] for name in columns), found.scale])
