"""Effects of a programme that units start one after another (Callaway and Sant'Anna 2021).

Each cohort (units with one start) is compared with units not yet treated, from the period before
its start. The usual regression with unit and period effects stands beside it for contrast only: it
takes treated units as controls for later ones, so effects that grow count against themselves
(Goodman-Bacon 2021).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from ratingstats.groups.counts import normal_quantile
from ratingstats.programme.panel import Codes, Numbers, Panel
from ratingstats.programme.twoway import TwoWay, two_way
from ratingstats.status import Status

DRAWS = 4_999


@dataclass(frozen=True, slots=True)
class Estimate:
    """An effect in units of the outcome with its interval, from `units` units that started."""

    effect: float
    std_error: float
    low: float
    high: float
    units: int


@dataclass(frozen=True, slots=True)
class GroupTime:
    """ATT(g, t): the effect in `period` on the cohort that started at `start`.

    `others` units not yet treated were the comparison. Before the start it is a placebo: near 0 if
    trends were parallel.
    """

    start: float
    period: float
    att: Estimate
    others: int


@dataclass(frozen=True, slots=True)
class Since:
    """The effect so many periods after the start (0: the first treated one), over all cohorts.

    The band holds all of them at once with the chosen coverage.
    """

    elapsed: int
    effect: Estimate
    band_low: float
    band_high: float


@dataclass(frozen=True, slots=True)
class StaggeredEffects:
    """Effects by cohort and period; by time since the start; and their mean by cohort size.

    `mean` is over treated cells (t >= g), NaN if there are none. `twoway` is a contrast, no result.
    """

    group_times: tuple[GroupTime, ...]
    events: tuple[Since, ...]
    mean: Estimate
    twoway: TwoWay
    level: float
    draws: int
    seed: int
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class _Cell:
    """One comparison, and what each of U units contributes to its error."""

    start: float
    period: float
    elapsed: int
    att: float
    influence: Numbers
    units: int
    others: int


@dataclass(frozen=True, slots=True)
class _Draws:
    """Signs for each unit (B x U), and the reach of an interval in standard errors."""

    signs: Numbers
    reach: float
    level: float

    def estimate(self, cells: Sequence[_Cell]) -> Estimate:
        """Average cells by the size of their cohorts."""
        nan = float("nan")
        if not cells:
            return Estimate(nan, nan, nan, nan, 0)
        influence, effect = _averaged(cells)
        error = float(np.sqrt(influence @ influence))
        units = sum({cell.start: cell.units for cell in cells}.values())
        low, high = effect - self.reach * error, effect + self.reach * error
        return Estimate(effect, error, low, high, units)

    def band(self, influences: Sequence[Numbers]) -> float:
        """How many standard errors hold all of several effects at once."""
        psi = np.array([i for i in influences if i @ i > 0])
        if not psi.size:
            return self.reach
        t = np.abs(self.signs @ psi.T) / np.sqrt((psi**2).sum(axis=1))
        widest = float(np.quantile(t.max(axis=1), self.level))
        return max(self.reach, widest * self.reach / normal_quantile(self.level))


def staggered_effects(
    panel: Panel, *, level: float = 0.95, draws: int = DRAWS, seed: int = 2026
) -> StaggeredEffects:
    """ATT(g, t) = mean of Y_t - Y_(g-1) over cohort g less the same over units not yet treated.

    Y are means of a unit in a period; a unit counts where both periods were observed, and once
    each. For t < g the comparison is units not treated by g. Units treated from the first period on
    have no before and are left out. Errors are of units, cohort sizes held, and intervals those of
    t with units - cohorts degrees of freedom; the band of the event study comes from a multiplier
    bootstrap of units.
    """
    cells = _cells(panel)
    cohorts = len(np.unique(panel.start))
    drawn = _Draws(
        np.random.default_rng(seed).choice(np.array([-1.0, 1.0]), (draws, panel.units)),
        float(stdtrit(max(panel.units - cohorts, 1), 0.5 + level / 2)),
        level,
    )
    treated = [cell for cell in cells if cell.elapsed >= 0]
    status, reason = _standing(treated)
    return StaggeredEffects(
        group_times=tuple(
            GroupTime(c.start, c.period, drawn.estimate([c]), c.others) for c in cells
        ),
        events=_events(cells, drawn),
        mean=drawn.estimate(treated),
        twoway=two_way(panel),
        level=level,
        draws=draws,
        seed=seed,
        status=status,
        reason=reason,
    )


def _cells(panel: Panel) -> list[_Cell]:
    means, periods = panel.means(), panel.periods
    begins = np.searchsorted(periods, panel.start)
    cells = []
    for start in panel.starts:
        g = int(np.searchsorted(periods, start))
        for t in range(len(periods)) if 0 < g < len(periods) else ():
            change = means[:, t] - means[:, g - 1]
            seen = np.isfinite(change)
            mine = np.flatnonzero(seen & (panel.start == start))
            others = np.flatnonzero(seen & (panel.start != start) & (begins > max(t, g)))
            if t != g - 1 and mine.size and others.size:
                att, influence = _compare(change, mine, others)
                where = float(start), float(periods[t]), t - g
                cells.append(_Cell(*where, att, influence, mine.size, others.size))
    return cells


def _compare(change: Numbers, mine: Codes, others: Codes) -> tuple[float, Numbers]:
    influence = np.zeros(len(change))
    means = []
    for sign, arm in ((1.0, mine), (-1.0, others)):
        means.append(float(change[arm].mean()))
        spread = np.sqrt(max(arm.size - 1, 1) * arm.size)
        influence[arm] = sign * (change[arm] - means[-1]) / spread
    return means[0] - means[1], influence


def _averaged(cells: Sequence[_Cell]) -> tuple[Numbers, float]:
    weight = np.array([cell.units for cell in cells], np.float64)
    weight /= weight.sum()
    influence = weight @ np.array([cell.influence for cell in cells])
    return np.asarray(influence, np.float64), float(weight @ [cell.att for cell in cells])


def _events(cells: Sequence[_Cell], drawn: _Draws) -> tuple[Since, ...]:
    by_time = {e: [c for c in cells if c.elapsed == e] for e in sorted({c.elapsed for c in cells})}
    band = drawn.band([_averaged(some)[0] for some in by_time.values()])
    found = [(e, drawn.estimate(some)) for e, some in by_time.items()]
    return tuple(
        Since(e, at, at.effect - band * at.std_error, at.effect + band * at.std_error)
        for e, at in found
    )


def _standing(treated: Sequence[_Cell]) -> tuple[Status, str]:
    if not treated:
        reason = "No unit has a period before its start beside units not yet treated."
        return Status.REFUSED, reason
    if min(min(cell.units, cell.others) for cell in treated) == 1:
        reason = "A cohort or its comparison is a single unit; intervals are too narrow there."
        return Status.CAUTION, reason
    return Status.MEASURED, ""
