"""What calibration did: who moved, whether ranks were kept, and how much raters still differ.

`before` and `after` are ratings of the same people in points, in the same order; pairs with a gap
are left out.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ratingstats.agreement.concordance import ranks
from ratingstats.distribution import total_variation
from ratingstats.raters.comparing import rows_by_rater
from ratingstats.reasons import Reason
from ratingstats.status import Status

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
FEWEST_PEOPLE = 5
FEWEST_RATED = 5
COMPRESSED, SHIFTED, MOST_OF_A_TEAM = 0.7, 0.2, 0.5
ROUNDING = 1e-9
PAIR = 2


class Warned(StrEnum):
    """What deserves a look after a session; the value says it in English."""

    COMPRESSED = "Ratings have moved closer together."
    SHIFTED = "The average has moved by more than 0.2 points."
    ONE_TEAM = "More than half of one rater's people were changed."
    CHAIR = "The chair's own people moved up more than the others."
    NO_EVIDENCE = "Ratings were changed without new evidence."


@dataclass(frozen=True, slots=True)
class RatersApart:
    """How much raters differ: their share of variance, and how far severities spread in points."""

    eta2: float
    severity_sd: float


@dataclass(frozen=True, slots=True)
class TeamChange:
    """One rater's people: how many, how many changed, and by how much on average."""

    rater: int
    n: int
    changed: int
    shift: float

    @property
    def share(self) -> float:
        return self.changed / self.n


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviations in points, and how the distribution over levels moved."""

    before: float
    after: float
    total_variation: float

    @property
    def variance_ratio(self) -> float:
        """Variance after over variance before; below one, ratings have moved closer together."""
        return (self.after / self.before) ** 2 if self.before > 0 else math.nan


@dataclass(frozen=True, slots=True)
class RankKept:
    """Correlations of before and after; NaN where one side has no spread.

    `within` is the mean tau-b inside raters with five people or more, `raters` how many those are.
    """

    spearman: float
    kendall: float
    within: float
    raters: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What one session (or all of them) did to `n` ratings; `teams` are raters with five people.

    `spread` and `rank` are None where refused.
    """

    n: int
    up: int
    down: int
    mean_shift: float
    spread: Spread | None
    rank: RankKept | None
    raters_before: RatersApart | None
    raters_after: RatersApart | None
    teams: tuple[TeamChange, ...]
    warnings: tuple[Warned, ...]
    status: Status
    reason: Reason = Reason.NONE

    @property
    def changed(self) -> int:
        return self.up + self.down

    @property
    def changed_share(self) -> float:
        return self.changed / self.n if self.n else math.nan


@dataclass(frozen=True, slots=True)
class Session:
    """What is known of a session beside the ratings: rater codes, the chair, and the evidence.

    `evidence` is true for people about whom something new was brought. None: not known.
    """

    rater: Codes | None = None
    chair: int | None = None
    evidence: NDArray[np.bool_] | None = None


ALONE = Session()


def calibration_effect(before: ArrayLike, after: ArrayLike, session: Session = ALONE) -> Effect:
    """Changed, up, down, mean shift, spread, total variation, rank kept, rater share, warnings.

    `before` and `after` (N,) in points, NaN where not known. Caution below five people, refused
    below two. Raises ValueError where lengths differ.
    """
    pre, post, known = _paired(before, after, session)
    n, shift = len(pre), post - pre
    if n < PAIR:
        return _nothing(n)
    spread = Spread(float(pre.std(ddof=1)), float(post.std(ddof=1)), _levels_moved(pre, post))
    teams = _teams(shift, known.rater)
    few = n < FEWEST_PEOPLE
    return Effect(
        n=n,
        up=int((shift > 0).sum()),
        down=int((shift < 0).sum()),
        mean_shift=float(shift.mean()),
        spread=spread,
        rank=_rank_kept(pre, post, known.rater),
        raters_before=raters_apart(pre, known.rater),
        raters_after=raters_apart(post, known.rater),
        teams=teams,
        warnings=tuple(_warnings(shift, spread, teams, known)),
        status=Status.CAUTION if few else Status.MEASURED,
        reason=Reason.TOO_FEW if few else Reason.NONE,
    )


def raters_apart(values: ArrayLike, rater: Codes | None) -> RatersApart | None:
    """Share of variance between raters, eta2 = SSB/SST, and the spread of shrunken severities.

    Severities are those of a one-way model with moment estimates: n vr/(n vr + ve) times the
    distance of a rater's mean from the overall mean. They take teams as equal on average.
    None without at least two raters, more ratings than raters, and some spread.
    """
    y = np.asarray(values, dtype=np.float64)
    if rater is None or not len(y) or np.ptp(y) == 0:
        return None
    _, codes = np.unique(rater, return_inverse=True)
    n = np.bincount(codes).astype(np.float64)
    if len(n) < PAIR or len(y) <= len(n):
        return None
    means = np.bincount(codes, y) / n
    between = float(n @ (means - y.mean()) ** 2)
    total = float(((y - y.mean()) ** 2).sum())
    residual = max(0.0, total - between) / (len(y) - len(n))
    size = (len(y) - float(n @ n) / len(y)) / (len(n) - 1)
    variance = max(0.0, (between / (len(n) - 1) - residual) / size)
    if variance == 0:
        return RatersApart(between / total, 0.0)
    weight = n * variance / (n * variance + residual)
    centre = float(weight @ means) / float(weight.sum())
    return RatersApart(between / total, float((weight * (means - centre)).std(ddof=1)))


def _paired(
    before: ArrayLike, after: ArrayLike, session: Session
) -> tuple[Numbers, Numbers, Session]:
    pre, post = np.asarray(before, np.float64), np.asarray(after, np.float64)
    if pre.shape != post.shape or pre.ndim != 1:
        msg = "Give a rating before and one after for each person, in the same order."
        raise ValueError(msg)
    for column in (session.rater, session.evidence):
        if column is not None and len(column) != len(pre):
            msg = "Give raters and evidence for each rating, or leave them out."
            raise ValueError(msg)
    known = ~(np.isnan(pre) | np.isnan(post))
    rater = None if session.rater is None else session.rater[known]
    evidence = None if session.evidence is None else session.evidence[known]
    return pre[known], post[known], Session(rater, session.chair, evidence)


def _levels_moved(pre: Numbers, post: Numbers) -> float:
    levels, codes = np.unique(np.concatenate([pre, post]), return_inverse=True)
    counts = [np.bincount(part, minlength=len(levels)) for part in np.split(codes, 2)]
    return total_variation(*counts)


def _rank_kept(pre: Numbers, post: Numbers, rater: Codes | None) -> RankKept:
    own = () if rater is None else rows_by_rater(rater, int(rater.max(initial=-1)) + 1)
    teams = (rows for rows in own if len(rows) >= FEWEST_RATED)
    found = [_kendall(pre[rows], post[rows]) for rows in teams]
    within = [tau for tau in found if not math.isnan(tau)]
    mean = math.fsum(within) / len(within) if within else math.nan
    return RankKept(_spearman(pre, post), _kendall(pre, post), mean, len(within))


def _kendall(pre: Numbers, post: Numbers) -> float:
    """Tau-b, which counts ties as no order at all."""
    from scipy import stats  # noqa: PLC0415  # costs 1 s, and most who come here do not need it

    if np.ptp(pre) == 0 or np.ptp(post) == 0:
        return math.nan
    return float(stats.kendalltau(pre, post).statistic)


def _spearman(pre: Numbers, post: Numbers) -> float:
    if np.ptp(pre) == 0 or np.ptp(post) == 0:
        return math.nan
    return float(np.corrcoef(ranks(pre)[0], ranks(post)[0])[0, 1])


def _teams(shift: Numbers, rater: Codes | None) -> tuple[TeamChange, ...]:
    if rater is None:
        return ()
    own = rows_by_rater(rater, int(rater.max(initial=-1)) + 1)
    return tuple(
        TeamChange(number, len(rows), int((shift[rows] != 0).sum()), float(shift[rows].mean()))
        for number, rows in enumerate(own)
        if len(rows) >= FEWEST_RATED
    )


def _warnings(
    shift: Numbers, spread: Spread, teams: tuple[TeamChange, ...], session: Session
) -> Iterator[Warned]:
    if spread.variance_ratio < COMPRESSED - ROUNDING:
        yield Warned.COMPRESSED
    if abs(float(shift.mean())) > SHIFTED + ROUNDING:
        yield Warned.SHIFTED
    if any(team.share > MOST_OF_A_TEAM for team in teams):
        yield Warned.ONE_TEAM
    if _chair_gained(shift, session):
        yield Warned.CHAIR
    if session.evidence is not None and ((shift != 0) & ~session.evidence).any():
        yield Warned.NO_EVIDENCE


def _chair_gained(shift: Numbers, session: Session) -> bool:
    if session.rater is None or session.chair is None:
        return False
    own = session.rater == session.chair
    if own.all() or own.sum() < FEWEST_RATED:
        return False
    return float(shift[own].mean()) > float(shift[~own].mean()) + ROUNDING


def _nothing(n: int) -> Effect:
    refused = (Status.REFUSED, Reason.TOO_FEW)
    return Effect(n, 0, 0, math.nan, None, None, None, None, (), (), *refused)
