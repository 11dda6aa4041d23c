"""Whether calibration moved one group apart from the rest: shifts, and changes up and down."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ratingstats.groups.counts import Counted
from ratingstats.groups.exact import fisher
from ratingstats.raters.comparing import false_discovery
from ratingstats.reasons import Reason
from ratingstats.status import Status

Numbers = NDArray[np.float64]
FEWEST = 5
DRAWS = 9_999
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Rates:
    """How often something happened in a group and in the rest, with Fisher's two-sided p.

    `ratio` compares the rates themselves; `complement_ratio` the rates of its not happening. Of a
    downgrade the second may pass four-fifths although the first is three times as high.
    """

    group: Counted
    rest: Counted
    p: float

    @property
    def ratio(self) -> float:
        return self.group.rate / self.rest.rate if self.rest.x else math.inf

    @property
    def complement_ratio(self) -> float:
        rest = self.rest.complement
        return self.group.complement.rate / rest.rate if rest.x else math.inf


@dataclass(frozen=True, slots=True)
class Drift:
    """A group beside everybody else of known group: mean shifts in points, p by permutation.

    `q` is p after Benjamini-Hochberg over the groups compared. `down` and `up` are None where
    refused.
    """

    group: int
    n: int
    rest_n: int
    shift: float
    rest_shift: float
    p: float
    down: Rates | None
    up: Rates | None
    status: Status
    reason: Reason = Reason.NONE
    q: float = math.nan

    @property
    def difference(self) -> float:
        return self.shift - self.rest_shift


def rates(group: Counted, rest: Counted) -> Rates:
    """Two rates and whether they differ beyond chance."""
    return Rates(group, rest, fisher(group, rest).two_sided)


def drift(
    shift: ArrayLike, group: ArrayLike, groups: int, *, draws: int = DRAWS, seed: int = 0
) -> tuple[Drift, ...]:
    """One row for each group 0 .. groups-1 beside all others.

    `shift` (N,) is after minus before in points, `group` (N,) codes, -1 where not known (left out,
    as are NaN). p = (1 + permutations at least as far apart)/(1 + draws), two-sided. Refused below
    five people on either side. Raises ValueError where lengths differ.
    """
    moved, codes = np.asarray(shift, np.float64), np.asarray(group, np.int64)
    if moved.shape != codes.shape:
        msg = "Give a group for each shift, -1 where it is not known."
        raise ValueError(msg)
    known = ~np.isnan(moved) & (codes >= 0)
    moved, codes = moved[known], codes[known]
    rng = np.random.default_rng(seed)
    rows = [_row(moved, codes == number, number, (rng, draws)) for number in range(groups)]
    q = false_discovery([row.p for row in rows])
    return tuple(_with(row, value) for row, value in zip(rows, q, strict=True))


def _row(
    moved: Numbers, own: NDArray[np.bool_], number: int, chance: tuple[np.random.Generator, int]
) -> Drift:
    n, rest_n = int(own.sum()), int((~own).sum())
    if min(n, rest_n) < FEWEST:
        nan = math.nan
        refused = (Status.REFUSED, Reason.TOO_FEW)
        return Drift(number, n, rest_n, nan, nan, nan, None, None, *refused)
    return Drift(
        number,
        n,
        rest_n,
        float(moved[own].mean()),
        float(moved[~own].mean()),
        _permuted(moved, own, chance),
        _changed(moved < 0, own),
        _changed(moved > 0, own),
        Status.MEASURED,
    )


def _with(row: Drift, q: float) -> Drift:
    parts = (row.shift, row.rest_shift, row.p, row.down, row.up, row.status, row.reason)
    return Drift(row.group, row.n, row.rest_n, *parts, q)


def _changed(happened: NDArray[np.bool_], own: NDArray[np.bool_]) -> Rates:
    group = Counted(int((happened & own).sum()), int(own.sum()))
    return rates(group, Counted(int((happened & ~own).sum()), int((~own).sum())))


def _permuted(
    moved: Numbers, own: NDArray[np.bool_], chance: tuple[np.random.Generator, int]
) -> float:
    """Shuffle who is in the group: only how often each shift falls to it matters, so draw that."""
    rng, draws = chance
    shifts, often = np.unique(moved, return_counts=True)
    n, centre = int(own.sum()), float(moved.mean())
    seen = abs(float(moved[own].mean()) - centre)
    drawn = rng.multivariate_hypergeometric(often, n, size=draws, method="marginals")
    apart = np.abs(drawn @ shifts / n - centre)
    return (1 + int((apart >= seen - ROUNDING).sum())) / (1 + draws)
