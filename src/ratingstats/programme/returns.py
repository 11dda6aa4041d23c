"""What a programme gave back for what it cost. Money is in one currency at one year's prices."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from ratingstats.programme.drivers import Driver
from ratingstats.status import Status

Numbers = NDArray[np.float64]
Formula = Callable[[Mapping[str, Numbers]], Numbers]
MONTHS_OF_ONE_YEAR = 12.0
FEWEST_DRAWS = 10_000


@dataclass(frozen=True, slots=True)
class Costs:
    """Fully loaded costs: none of them is free because it is already on the payroll.

    `staff` is hours of raters and ratees times their loaded rate.
    """

    licences: float = 0.0
    staff: float = 0.0
    training: float = 0.0
    change: float = 0.0
    records: float = 0.0

    @property
    def total(self) -> float:
        return float(sum(getattr(self, part.name) for part in fields(self)))


@dataclass(frozen=True, slots=True)
class Returns:
    """Benefit-cost ratio, return in per cent, and months until the costs are earned back."""

    benefits: float
    costs: float
    ratio: float
    roi_percent: float
    payback_months: float
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class Swing:
    """The return (0.5: 50 %) with one driver at its 5 % and 95 % point, the rest at their modes."""

    driver: str
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True)
class SimulatedReturn:
    """The distribution of the return (0.5: 50 %) over `draws` draws from `seed`.

    `at_modes` is the return with every driver at its likeliest value: what a single guess would
    have claimed. `tornado` has the widest swing first.
    """

    mean: float
    median: float
    p5: float
    p95: float
    positive: float
    at_modes: float
    tornado: tuple[Swing, ...]
    draws: int
    seed: int


def return_on_investment(
    benefits: float, costs: float, *, months: float = MONTHS_OF_ONE_YEAR
) -> Returns:
    """BCR = B / C; ROI = 100 (B - C) / C; payback = C / (B per month).

    `benefits` came within `months`. Count only what was measured and isolated; people without data
    bring zero; what cannot be priced is listed, not priced.
    """
    nan = float("nan")
    if costs <= 0 or months <= 0:
        reason = "Costs and the time they are set against must be above zero."
        return Returns(benefits, costs, nan, nan, nan, Status.REFUSED, reason)
    long = months > MONTHS_OF_ONE_YEAR
    return Returns(
        benefits=benefits,
        costs=costs,
        ratio=benefits / costs,
        roi_percent=100 * (benefits - costs) / costs,
        payback_months=costs / (benefits / months) if benefits > 0 else nan,
        status=Status.CAUTION if long else Status.MEASURED,
        reason="More than one year: discount it with net_present_value." if long else "",
    )


def isolated_benefit(benefit: float, *, due: float, confidence: float) -> float:
    """Benefit x share due to the programme x confidence in that estimate (Phillips 2003).

    Raises ValueError if a share lies outside 0 and 1.
    """
    if not (0 <= due <= 1 and 0 <= confidence <= 1):
        msg = "Give both shares between 0 and 1: 40 % is 0.4."
        raise ValueError(msg)
    return benefit * due * confidence


def net_present_value(flows: Sequence[float], *, rate: float) -> float:
    """Sum of flow_t / (1 + rate)^t; the first flow is today's, each later one a year after.

    Raises ValueError if the yearly rate is -1 or below.
    """
    if rate <= -1:
        msg = "The yearly rate is above -1: 8 % is 0.08."
        raise ValueError(msg)
    return float(sum(flow / (1 + rate) ** year for year, flow in enumerate(flows)))


@dataclass(frozen=True, slots=True)
class UncertainReturn:
    """A programme whose benefits and costs follow from uncertain drivers.

    Each driver is drawn once and shared by both formulas, so what depends on the same thing moves
    together. The formulas take arrays by driver's name and give an array.
    """

    drivers: Mapping[str, Driver]
    benefits: Formula
    costs: Formula

    def simulate(self, *, draws: int = 200_000, seed: int = 2026) -> SimulatedReturn:
        """Draw the drivers in their order from default_rng(seed) and sum up the return.

        Raises ValueError below 10,000 draws.
        """
        if draws < FEWEST_DRAWS:
            msg = f"Draw at least {FEWEST_DRAWS:,} times; fewer leave the tails to chance."
            raise ValueError(msg)
        rng = np.random.default_rng(seed)
        roi = self._roi({name: d.draw(rng, draws) for name, d in self.drivers.items()})
        p5, median, p95 = (float(q) for q in np.quantile(roi, (0.05, 0.5, 0.95)))
        return SimulatedReturn(
            mean=float(roi.mean()),
            median=median,
            p5=p5,
            p95=p95,
            positive=float((roi > 0).mean()),
            at_modes=self._roi_with({}),
            tornado=self._tornado(),
            draws=draws,
            seed=seed,
        )

    def _roi(self, drawn: Mapping[str, Numbers]) -> Numbers:
        costs = self.costs(drawn)
        return np.asarray((self.benefits(drawn) - costs) / costs, np.float64)

    def _roi_with(self, chosen: Mapping[str, float]) -> float:
        values = {name: driver.mode for name, driver in self.drivers.items()} | dict(chosen)
        return float(self._roi({name: np.array([v]) for name, v in values.items()})[0])

    def _tornado(self) -> tuple[Swing, ...]:
        swings = [
            Swing(
                name,
                self._roi_with({name: driver.quantile(0.05)}),
                self._roi_with({name: driver.quantile(0.95)}),
            )
            for name, driver in self.drivers.items()
        ]
        return tuple(sorted(swings, key=lambda swing: -swing.width))
