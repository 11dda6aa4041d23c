"""Numbers that nobody knows exactly: three points, and how likely lies between them."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

Numbers = NDArray[np.float64]


class Driver(Protocol):
    """Something uncertain that benefits or costs depend on."""

    @property
    def mode(self) -> float:
        """The likeliest value."""

    def draw(self, rng: np.random.Generator, draws: int) -> Numbers:
        """Draw that many values."""

    def quantile(self, p: float) -> float:
        """The value not exceeded with probability p."""


def _in_order(low: float, mode: float, high: float) -> None:
    if not low <= mode <= high or low == high:
        msg = "Give the lowest, the likeliest and the highest value in this order, not all equal."
        raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A number that is known; it costs no draw."""

    mode: float

    def draw(self, rng: np.random.Generator, draws: int) -> Numbers:  # as others
        return np.full(draws, self.mode)

    def quantile(self, p: float) -> float:  # as others
        return self.mode


@dataclass(frozen=True, slots=True)
class Triangular:
    """Density rising straight from `low` to `mode` and falling straight to `high`."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        _in_order(self.low, self.mode, self.high)

    def draw(self, rng: np.random.Generator, draws: int) -> Numbers:
        return rng.triangular(self.low, self.mode, self.high, draws)

    def quantile(self, p: float) -> float:
        width, rise = self.high - self.low, self.mode - self.low
        if p * width <= rise:
            return float(self.low + np.sqrt(p * width * rise))
        return float(self.high - np.sqrt((1 - p) * width * (self.high - self.mode)))


@dataclass(frozen=True, slots=True)
class Pert:
    """A beta distribution with mean (low + weight mode + high) / (2 + weight); 4 is usual."""

    low: float
    mode: float
    high: float
    weight: float = 4.0

    def __post_init__(self) -> None:
        _in_order(self.low, self.mode, self.high)

    def draw(self, rng: np.random.Generator, draws: int) -> Numbers:
        a, b = self._shape()
        return np.asarray(self.low + (self.high - self.low) * rng.beta(a, b, draws), np.float64)

    def quantile(self, p: float) -> float:
        return self.low + (self.high - self.low) * float(betaincinv(*self._shape(), p))

    def _shape(self) -> tuple[float, float]:
        place = (self.mode - self.low) / (self.high - self.low)
        return 1 + self.weight * place, 1 + self.weight * (1 - place)
