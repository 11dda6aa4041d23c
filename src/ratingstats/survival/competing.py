"""Who left in one way, while they could also leave in another (Aalen and Johansen 1978)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from ratingstats.status import Status
from ratingstats.survival.spells import Counts, Numbers, Spells

FEW_OF_KIND = 5
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class CumulativeIncidence:
    """F(t), the share who left in one way by each of the T times at which anybody left."""

    kind: int
    times: Numbers
    incidence: Numbers
    std_error: Numbers
    low: Numbers
    high: Numbers
    at_risk: Counts
    events: Counts
    n: int
    level: float
    status: Status
    reason: str

    def at(self, times: ArrayLike) -> Numbers:
        """F(t) at each of the asked times: the last value reached."""
        asked = np.atleast_1d(np.asarray(times, np.float64))
        place = np.searchsorted(self.times, asked, side="right")
        return np.asarray(np.concatenate(([0.0], self.incidence))[place], np.float64)


def cumulative_incidence(spells: Spells, kind: int, *, level: float = 0.95) -> CumulativeIncidence:
    """F_k(t) = sum over t_i <= t of S(t_i-) d_ki / n_i, with S the Kaplan-Meier curve of any exit.

    Taking 1 - S with other exits as censored would say what happened if nobody were dismissed; F_k
    says what did. Variance by the delta method of Greenwood's kind (Marubini and Valsecchi 1995);
    with nobody censored it is F (1 - F) / N. Interval F ** exp(+-z se / (F log F)).
    """
    times = spells.leaving_times()
    at_risk, left = spells.at_risk(times), spells.leaving(times)
    of_kind = spells.leaving(times, kind)
    before = np.concatenate(([1.0], np.cumprod(1.0 - left / at_risk)[:-1]))[: len(times)]
    incidence = np.cumsum(before * of_kind / at_risk)
    std_error = np.sqrt(_variance(incidence, before, of_kind, (at_risk, left)))
    low, high = _interval(incidence, std_error, level)
    status, reason = _standing(spells.n, int(of_kind.sum()))
    return CumulativeIncidence(
        kind=kind,
        times=times,
        incidence=incidence,
        std_error=std_error,
        low=low,
        high=high,
        at_risk=at_risk,
        events=of_kind,
        n=spells.n,
        level=level,
        status=status,
        reason=reason,
    )


def _variance(
    incidence: Numbers, before: Numbers, of_kind: Counts, risk: tuple[Counts, Counts]
) -> Numbers:
    """Sum over t_i <= t, multiplied out in F(t) so that one pass is enough.

    (F(t) - F_i)^2 d / (n (n - d)) + S_^2 d_k (n - d_k) / n^3 - 2 (F(t) - F_i) S_ d_k / n^2
    """
    at_risk, left = risk
    n = at_risk.astype(np.float64)
    staying = n - left
    # Where all leave at once nothing follows, so F(t) - F_i is zero from there on.
    any_exit = np.divide(left, n * staying, out=np.zeros_like(n), where=staying > 0)
    this_exit = before * of_kind / n**2
    own = np.cumsum(before**2 * of_kind * (n - of_kind) / n**3)
    a, b, c = (np.cumsum(any_exit * incidence**power) for power in (0, 1, 2))
    e, g = np.cumsum(this_exit), np.cumsum(this_exit * incidence)
    variance = incidence**2 * a - 2 * incidence * b + c + own - 2 * (incidence * e - g)
    return np.asarray(np.maximum(variance, 0.0), np.float64)


def _interval(share: Numbers, std_error: Numbers, level: float) -> tuple[Numbers, Numbers]:
    inside = (share > 0) & (share < 1 - ROUNDING)
    held = np.where(inside, share, 0.5)
    spread = ndtri(0.5 + level / 2) * std_error / (held * np.log(held))
    with np.errstate(over="ignore"):  # an infinite power of a share is 0, as it should be
        low, high = held ** np.exp(-spread), held ** np.exp(spread)
    return np.where(inside, low, share), np.where(inside, high, share)


def _standing(n: int, events: int) -> tuple[Status, str]:
    if n == 0:
        return Status.REFUSED, "Nobody was watched."
    if events < FEW_OF_KIND:
        return Status.CAUTION, f"Fewer than {FEW_OF_KIND} people left in this way."
    return Status.MEASURED, ""
