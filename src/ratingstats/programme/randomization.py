"""What chance alone would have shown, had other units been the treated ones (Fisher 1935)."""

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from ratingstats.programme.inversion import not_rejected

Numbers = NDArray[np.float64]
MOST_ENUMERATED = 20_000
DRAWS = 9_999
TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Randomization:
    """The difference of mean `change` (U units) between treated units and others.

    `drawn` is B x U: who else might have been treated; all ways, or 9,999 of them by lot.
    """

    change: Numbers
    treated: NDArray[np.bool_]
    drawn: NDArray[np.float64]
    whole: bool

    @classmethod
    def of(cls, change: Numbers, treated: NDArray[np.bool_], *, seed: int) -> "Randomization":
        units, count = len(change), int(treated.sum())
        whole = comb(units, count) <= MOST_ENUMERATED
        if whole:
            chosen = np.array(list(combinations(range(units), count)), np.int64)
        else:
            rng = np.random.default_rng(seed)
            chosen = rng.permuted(np.tile(np.arange(units), (DRAWS, 1)), axis=1)[:, :count]
        drawn = np.zeros((len(chosen), units))
        np.put_along_axis(drawn, chosen, 1.0, axis=1)
        return cls(change, treated, drawn, whole)

    @property
    def estimate(self) -> float:
        return float(self.change[self.treated].mean() - self.change[~self.treated].mean())

    @property
    def std_error(self) -> float:
        """That of two samples with spreads of their own; NaN where one has a single unit."""
        arms = self.change[self.treated], self.change[~self.treated]
        if min(len(arm) for arm in arms) < 2:  # noqa: PLR2004  # a spread needs two
            return float("nan")
        return float(np.sqrt(sum(arm.var(ddof=1) / len(arm) for arm in arms)))

    @property
    def smallest_p(self) -> float:
        """No result could give a smaller p with so few units.

        Where half are treated, changing sides gives the same distance.
        """
        alike = 2 if 2 * int(self.treated.sum()) == len(self.treated) else 1
        return alike / len(self.drawn) if self.whole else 1 / (1 + len(self.drawn))

    def p(self, effect: float) -> float:
        """Two-sided p of the supposition that every treated unit changed by `effect` more."""
        change = self.change - effect * self.treated
        count = self.treated.sum()
        total, inside = change.sum(), self.drawn @ change
        gaps = np.abs(inside / count - (total - inside) / (len(change) - count))
        seen = abs(self.estimate - effect)
        extreme = int(np.sum(gaps >= seen - TIE * (1 + seen)))
        return extreme / len(gaps) if self.whole else (1 + extreme) / (1 + len(gaps))

    def interval(self, level: float) -> tuple[float, float, float]:
        """Low, high and p; infinite where even the farthest effect would not be rejected."""
        low, high = not_rejected(
            self.p, self.estimate, step=float(np.ptp(self.change)), alpha=1 - level
        )
        return low, high, self.p(0.0)
