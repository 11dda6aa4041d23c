"""Halo: whether one impression colours all questions of a form."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from ratingstats.raters.comparing import FLAG_FROM, Numbers
from ratingstats.reasons import Reason
from ratingstats.status import Status

FEWEST_ITEMS = 3
MORE_ALIKE = 0.25
HALF = 0.5
PAIR = 2


@dataclass(frozen=True, slots=True)
class Halo:
    """How alike the answers to different questions are over the people one rater rated.

    `mean_r` is the mean correlation between questions, `first_share` the share of the first
    eigenvalue of their correlations, `within_sd` the mean standard deviation inside a form, in
    points. `others_r` and `others_sd` are the means over the other raters who could be measured.
    True performance is correlated too, so only the difference from the others says anything.
    """

    mean_r: float
    first_share: float
    within_sd: float
    n: int
    items: int
    status: Status
    reason: Reason = Reason.NONE
    others_r: float = math.nan
    others_sd: float = math.nan
    is_flagged: bool = False


def halo(forms: ArrayLike) -> Halo:
    """Halo of one rater from forms (people x questions, NaN where not answered).

    Forms with a gap are left out. Refused below 8 people or 3 questions, or where a question has
    the same answer for everybody.
    """
    table = np.asarray(forms, dtype=np.float64)
    if table.ndim != PAIR:
        msg = "Give a row for each person and a column for each question."
        raise ValueError(msg)
    table = table[~np.isnan(table).any(axis=1)]
    n, items = table.shape
    if n < FLAG_FROM or items < FEWEST_ITEMS:
        return _refused(n, items, Reason.TOO_FEW)
    if (np.ptp(table, axis=0) == 0).any():
        return _refused(n, items, Reason.NO_SPREAD)
    return Halo(*halo_numbers(table), n, items, Status.MEASURED)


def halo_numbers(table: Numbers) -> tuple[float, float, float]:
    """Mean correlation, share of the first eigenvalue and mean spread inside a form; no gaps."""
    k = table.shape[1]
    r = np.asarray(np.corrcoef(table, rowvar=False))
    mean_r = (float(r.sum()) - k) / (k * (k - 1))
    first = float(np.linalg.eigvalsh(r)[-1]) / k
    return mean_r, first, float(table.std(axis=1, ddof=1).mean())


def halo_raters(forms: Sequence[Numbers]) -> tuple[Halo, ...]:
    """One row for each rater's forms, beside the mean of the others.

    Flagged where the mean correlation exceeds the others' by more than 0.25 and the spread inside
    a form is less than half of theirs.
    """
    rows = [halo(own) for own in forms]
    measured = [row for row in rows if row.status is Status.MEASURED]
    total_r = math.fsum(row.mean_r for row in measured)
    total_sd = math.fsum(row.within_sd for row in measured)
    rest = len(measured) - 1
    return tuple(
        _beside(row, (total_r - row.mean_r) / rest, (total_sd - row.within_sd) / rest)
        if row.status is Status.MEASURED and rest > 0
        else row
        for row in rows
    )


def _beside(row: Halo, others_r: float, others_sd: float) -> Halo:
    flagged = row.mean_r > others_r + MORE_ALIKE and row.within_sd < HALF * others_sd
    return replace(row, others_r=others_r, others_sd=others_sd, is_flagged=flagged)


def _refused(n: int, items: int, reason: Reason) -> Halo:
    return Halo(math.nan, math.nan, math.nan, n, items, Status.REFUSED, reason)
