"""Made-up panels with a known effect."""

import numpy as np

from ratingstats.programme.panel import Panel


def two_groups(arms, *, effect=0.0, seed=1, periods=(1, 2), trend=0.0):
    """Units with shocks of their own, ten people each; treated ones start in the last period."""
    treated, others = arms
    rng = np.random.default_rng(seed)
    rows = []
    for unit in range(treated + others):
        ours = unit < treated
        base = rng.normal(3, 0.5)
        for period in periods:
            shock = rng.normal(0, 0.2) + 0.1 * period + trend * period * ours
            after = effect * (ours and period == periods[-1])
            rows += [
                (
                    base + shock + after + rng.normal(0, 0.5),
                    f"u{unit:02}",
                    period,
                    periods[-1] if ours else np.inf,
                )
                for _ in range(10)
            ]
    return Panel.of(*zip(*rows, strict=True))
