"""Whether groups leave at the same pace (Mantel 1966; Peto and Peto 1972)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from ratingstats.status import Status
from ratingstats.survival.spells import Numbers, Spells

FEW_EVENTS = 5.0


@dataclass(frozen=True, slots=True)
class LogRank:
    """Observed and expected numbers of leavers in each of G groups, and the test of no difference.

    `chi2` has `df` degrees of freedom; NaN where there is nothing to compare.
    """

    labels: tuple[str, ...]
    n: NDArray[np.int64]
    observed: Numbers
    expected: Numbers
    chi2: float
    df: int
    p: float
    status: Status
    reason: str


def log_rank(spells: Spells, groups: ArrayLike) -> LogRank:
    """Compare N spells between groups; `groups` names the group of each person (N entries).

    At each time somebody left, expected leavers of group g are d n_g / n; the variance is that of
    the hypergeometric distribution, d (n - d) / (n - 1) (diag(q) - q q') with q = n_g / n. The sum
    of observed less expected is tested by its quadratic form.

    Raises ValueError if the two lists differ in length.
    """
    named = np.asarray(groups).astype(str)
    if named.shape != spells.duration.shape:
        msg = "Name one group per person, in the order of the spells."
        raise ValueError(msg)
    labels, code = np.unique(named, return_inverse=True)
    members = [spells.among(code == g) for g in range(len(labels))]
    times = spells.leaving_times()
    at_risk = np.array([m.at_risk(times) for m in members], np.float64).reshape(len(labels), -1)
    observed = np.array([float(m.left.sum()) for m in members])
    expected, covariance = _under_no_difference(at_risk, spells.leaving(times))
    chi2, df = _quadratic(observed - expected, covariance)
    status, reason = _standing(df, expected)
    return LogRank(
        labels=tuple(str(label) for label in labels),
        n=np.array([m.n for m in members], np.int64),
        observed=observed,
        expected=expected,
        chi2=chi2,
        df=df,
        p=float(chdtrc(df, chi2)) if df else float("nan"),
        status=status,
        reason=reason,
    )


def _under_no_difference(
    at_risk: Numbers, leaving: NDArray[np.int64]
) -> tuple[Numbers, NDArray[np.float64]]:
    """Expected leavers (G) and their covariance (G x G) from those at risk (G x T)."""
    total = at_risk.sum(axis=0)
    share = at_risk / total
    weight = leaving * (total - leaving) / np.maximum(total - 1, 1)
    covariance = np.diag(share @ weight) - (share * weight) @ share.T
    return np.asarray(share @ leaving, np.float64), np.asarray(covariance, np.float64)


def _quadratic(gap: Numbers, covariance: NDArray[np.float64]) -> tuple[float, int]:
    """Gap' covariance^- gap over the groups that were ever compared; one of them is left out."""
    compared = np.flatnonzero(np.diag(covariance) > 0)
    kept = compared[:-1]
    if kept.size == 0:
        return float("nan"), 0
    block = covariance[np.ix_(kept, kept)]
    return float(gap[kept] @ np.linalg.lstsq(block, gap[kept], rcond=None)[0]), len(kept)


def _standing(df: int, expected: Numbers) -> tuple[Status, str]:
    if df == 0:
        return Status.REFUSED, "Two groups with leavers while both are watched are needed."
    if expected.min() < FEW_EVENTS:
        few = f"A group has fewer than {FEW_EVENTS:.0f} expected leavers; the p-value is rough."
        return Status.CAUTION, few
    return Status.MEASURED, ""
