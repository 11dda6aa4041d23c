"""How near ratings come to what experts agreed on, after rater training (Cronbach 1955)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ratingstats.status import Status

NEAR_ONE = 0.99
FEWEST_RATEES = 3


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Squared distances from the targets (smaller is better), in squared scale units.

    `elevation` is from the general level, `differential_elevation` from telling people apart,
    `stereotype` from telling dimensions apart, `differential` from telling people apart within
    dimensions; they add up to `total`, the mean squared distance. `borman` is the mean over
    dimensions of Fisher's z of the correlation across people (larger is better); NaN where no
    dimension differs between people.
    """

    elevation: float
    differential_elevation: float
    stereotype: float
    differential: float
    total: float
    borman: float
    ratees: int
    dimensions: int
    status: Status
    reason: str


def accuracy(ratings: ArrayLike, targets: ArrayLike) -> Accuracy:
    """Compare n x d ratings by one rater (a row per person) with n x d targets of experts.

    With D = X - T: E2 = D..^2, DE2 = mean_i (D_i. - D..)^2, SA2 = mean_j (D_.j - D..)^2 and
    DA2 = mean_ij (D_ij - D_i. - D_.j + D..)^2. Borman's (1977) differential accuracy clips
    correlations at 0.99 and leaves out dimensions that do not vary.
    Raises ValueError unless both have one shape of rows and columns without gaps.
    """
    X, T = np.asarray(ratings, np.float64), np.asarray(targets, np.float64)
    is_table = X.ndim == 2 and X.size > 0  # noqa: PLR2004  # people by dimensions
    if X.shape != T.shape or not is_table or not np.isfinite(X - T).all():
        msg = "Give ratings and targets as two full tables of one shape: a row per person."
        raise ValueError(msg)
    D = X - T
    people, dimensions, whole = D.mean(axis=1), D.mean(axis=0), D.mean()
    rest = D - people[:, None] - dimensions[None, :] + whole
    few = X.shape[0] < FEWEST_RATEES
    return Accuracy(
        elevation=float(whole**2),
        differential_elevation=float(np.mean((people - whole) ** 2)),
        stereotype=float(np.mean((dimensions - whole) ** 2)),
        differential=float(np.mean(rest**2)),
        total=float(np.mean(D**2)),
        borman=float("nan") if few else _borman(X, T),
        ratees=X.shape[0],
        dimensions=X.shape[1],
        status=Status.CAUTION if few else Status.MEASURED,
        reason=f"Fewer than {FEWEST_RATEES} people; no correlation is shown." if few else "",
    )


def _borman(X: NDArray[np.float64], T: NDArray[np.float64]) -> float:
    varies = (np.ptp(X, axis=0) > 0) & (np.ptp(T, axis=0) > 0)
    if not varies.any():
        return float("nan")
    x, t = (m[:, varies] - m[:, varies].mean(axis=0) for m in (X, T))
    r = (x * t).sum(axis=0) / np.sqrt((x**2).sum(axis=0) * (t**2).sum(axis=0))
    return float(np.arctanh(np.clip(r, -NEAR_ONE, NEAR_ONE)).mean())
