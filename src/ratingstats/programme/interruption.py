"""One series before and after a start: interrupted time series (Wagner and others 2002)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr, stdtrit

from ratingstats.status import Status

Numbers = NDArray[np.float64]
FEWEST_POINTS = 8
STRONG = 0.3


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One number of the line with its Newey-West error, interval and p."""

    name: str
    value: float
    std_error: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class Interruption:
    """What changed at the start: `level` at once, `slope` per period, and both `at_end`.

    `baseline` and `trend` are the line before. `remaining` is the lag-1 correlation of residuals.
    Empty of coefficients where refused.
    """

    coefficients: tuple[Coefficient, ...]
    before: int
    after: int
    lag: int
    remaining: float
    level: float
    status: Status
    reason: str

    def __getitem__(self, name: str) -> Coefficient:
        """Look up `baseline`, `trend`, `level`, `slope` or `at_end`."""
        return next(c for c in self.coefficients if c.name == name)


@dataclass(frozen=True, slots=True)
class Segments:
    """The series to look at: T values at T times, and the time from which the programme ran.

    `season` is the number of time units in a cycle (12 months in a year) and adds one wave of that
    length. `control` has T values of a series that the programme did not touch; it is taken off,
    so that the result is what changed beyond it.
    """

    times: Numbers
    values: Numbers
    start: float
    season: float | None = None
    control: Numbers | None = None

    @property
    def before(self) -> int:
        return int((self.times < self.start).sum())

    @property
    def response(self) -> Numbers:
        return self.values if self.control is None else self.values - self.control

    @property
    def design(self) -> NDArray[np.float64]:
        """Columns 1, t, D, (t - T0) D with D = 1 from the start on, then sine and cosine."""
        t = self.times
        after = (t >= self.start).astype(np.float64)
        columns = [np.ones_like(t), t, after, (t - self.start) * after]
        if self.season:
            turn = 2 * np.pi * t / self.season
            columns += [np.sin(turn), np.cos(turn)]
        return np.column_stack(columns)


def segments(
    values: ArrayLike,
    start: float,
    *,
    times: ArrayLike | None = None,
    season: float | None = None,
    control: ArrayLike | None = None,
) -> Segments:
    """Take a series; `times` are 1 to T unless given. Raises ValueError if lengths differ."""
    y = np.asarray(values, np.float64)
    t = np.arange(1.0, y.size + 1) if times is None else np.asarray(times, np.float64)
    c = None if control is None else np.asarray(control, np.float64)
    if y.ndim != 1 or t.shape != y.shape or (c is not None and c.shape != y.shape):
        msg = "Give one value, one time and one control value per period."
        raise ValueError(msg)
    known = np.isfinite(y).all() and (c is None or np.isfinite(c).all())
    if not known or np.any(np.diff(t) <= 0):
        msg = "Times grow and no value is missing; leave out periods that have none."
        raise ValueError(msg)
    return Segments(t, y, float(start), season, c)


def fitted_line(series: Segments) -> Numbers:
    """Least squares b0, b1, b2, b3 of y = b0 + b1 t + b2 D + b3 (t - T0) D (and the wave)."""
    return np.asarray(np.linalg.lstsq(series.design, series.response, rcond=None)[0], np.float64)


def interrupted_series(
    series: Segments, *, lag: int | None = None, level: float = 0.95
) -> Interruption:
    """Fit the line with errors of Newey and West (1987), weights 1 - l / (lag + 1), times T/(T-P).

    Refused below 8 points before or after. `lag` is at least 1; floor(4 (T / 100)^(2/9)) unless
    given. The last coefficient, `at_end`, is the gap to the continued line at the last time.
    Something else that happened at the start looks the same: take a control series where you can.
    """
    T, before = series.times.size, series.before
    chosen = max(1, int(4 * (T / 100) ** (2 / 9))) if lag is None else max(1, lag)
    if min(before, T - before) < FEWEST_POINTS:
        few = f"Fewer than {FEWEST_POINTS} points before or after the start."
        nan = float("nan")
        return Interruption((), before, T - before, chosen, nan, level, Status.REFUSED, few)
    X, beta = series.design, fitted_line(series)
    residual = series.response - X @ beta
    square = float(residual @ residual)
    remaining = float(residual[1:] @ residual[:-1]) / square if square else 0.0
    strong = abs(remaining) > STRONG
    return Interruption(
        coefficients=_coefficients(series, beta, newey_west(X, residual, chosen), level),
        before=before,
        after=T - before,
        lag=chosen,
        remaining=remaining,
        level=level,
        status=Status.CAUTION if strong else Status.MEASURED,
        reason="Neighbouring periods still hang together; try a season or a control series."
        if strong
        else "",
    )


def newey_west(X: NDArray[np.float64], residual: Numbers, lag: int) -> NDArray[np.float64]:
    """P x P covariance (X'X)^-1 S (X'X)^-1 T/(T-P), S with Bartlett weights up to `lag`."""
    T, P = X.shape
    scores = X * residual[:, None]
    S = scores.T @ scores
    for k in range(1, lag + 1):
        crossed = scores[k:].T @ scores[:-k]
        S = S + (1 - k / (lag + 1)) * (crossed + crossed.T)
    inverse = np.linalg.inv(X.T @ X)
    return np.asarray(inverse @ S @ inverse * T / (T - P), np.float64)


def _coefficients(
    series: Segments, beta: Numbers, covariance: NDArray[np.float64], level: float
) -> tuple[Coefficient, ...]:
    T, P = series.design.shape
    wanted = np.zeros((5, P))
    wanted[:4, :4] = np.eye(4)
    wanted[4, 2:4] = 1.0, series.times[-1] - series.start
    value = wanted @ beta
    error = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", wanted, covariance, wanted), 0.0))
    reach = float(stdtrit(T - P, 0.5 + level / 2)) * error
    t = np.divide(-np.abs(value), error, out=np.full_like(value, -np.inf), where=error > 0)
    rows = zip(value, error, value - reach, value + reach, 2 * stdtr(T - P, t), strict=True)
    names = ("baseline", "trend", "level", "slope", "at_end")
    return tuple(
        Coefficient(name, *(float(number) for number in row))
        for name, row in zip(names, rows, strict=True)
    )
