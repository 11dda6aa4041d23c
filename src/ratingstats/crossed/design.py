"""What is rated, by whom, where: the columns of a linear mixed model, checked once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Factor:
    """A column of N codes 0 .. levels-1, such as who rated; every row has one.

    Levels that no row uses are allowed: their effect is 0 with the deviation of the whole factor.
    Raises ValueError for codes outside 0 .. levels-1 (drop the rows that say nothing first).
    """

    name: str
    codes: Codes
    levels: int

    def __post_init__(self) -> None:
        codes = np.ascontiguousarray(self.codes, dtype=np.int64)
        if codes.ndim != 1:
            msg = f"The codes of {self.name} must be one column; got {codes.shape}."
            raise ValueError(msg)
        if codes.size and (codes.min() < 0 or codes.max() >= self.levels):
            msg = (
                f"The codes of {self.name} must lie in 0..{self.levels - 1}; "
                "drop the rows without one, or code them with Factor.of."
            )
            raise ValueError(msg)
        object.__setattr__(self, "codes", codes)

    @classmethod
    def of(cls, name: str, values: "Sequence[Any] | NDArray[Any]") -> "tuple[Factor, NDArray[Any]]":
        """The factor of a column of names or numbers, and its labels in sorted order.

        `labels[factor.codes]` is `values` again.
        """
        labels, codes = np.unique(np.asarray(values), return_inverse=True)
        return cls(name, codes.reshape(-1).astype(np.int64), len(labels)), labels


@dataclass(frozen=True, slots=True)
class Design:
    """One response y (N,), K random factors, and fixed effects X (N, p) with p names.

    X = None is an intercept alone. A given X is taken as it is: put a column of ones into it where
    an intercept is meant. Raises ValueError where shapes do not fit, where y or X hold numbers
    that are not finite, or where two factors bear one name.
    """

    y: Numbers
    factors: tuple[Factor, ...]
    X: Numbers | None = None
    names: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        y = np.ascontiguousarray(self.y, dtype=np.float64)
        if y.ndim != 1 or not np.isfinite(y).all():
            msg = "y must be one column of finite numbers; drop rows without a rating."
            raise ValueError(msg)
        object.__setattr__(self, "y", y)
        object.__setattr__(self, "factors", tuple(self.factors))
        self._check_factors()
        self._take_fixed_effects()

    def _check_factors(self) -> None:
        if not self.factors:
            msg = "Name at least one random factor; without any, use least squares."
            raise ValueError(msg)
        names = [factor.name for factor in self.factors]
        if len(set(names)) != len(names) or "residual" in names:
            msg = f"Give each factor a name of its own, not 'residual': {names}."
            raise ValueError(msg)
        for factor in self.factors:
            if len(factor.codes) != len(self.y):
                msg = (
                    f"{factor.name} has {len(factor.codes)} codes for {len(self.y)} ratings; "
                    "give one per rating."
                )
                raise ValueError(msg)

    def _take_fixed_effects(self) -> None:
        if self.X is None:
            X, names = np.ones((len(self.y), 1)), self.names or ("intercept",)
        else:
            X = np.ascontiguousarray(self.X, dtype=np.float64)
            X = X.reshape(-1, 1) if X.ndim == 1 else X
            names = tuple(self.names) or tuple(f"x{j}" for j in range(X.shape[-1]))
        if X.shape != (len(self.y), len(names)):
            msg = (
                f"X is {X.shape} for {len(self.y)} ratings and {len(names)} names; "
                "give a row per rating and a name per column."
            )
            raise ValueError(msg)
        if not np.isfinite(X).all():
            msg = "X must be finite; drop or fill rows with missing fixed effects."
            raise ValueError(msg)
        object.__setattr__(self, "X", X)
        object.__setattr__(self, "names", names)

    @property
    def n(self) -> int:
        return len(self.y)

    @property
    def fixed(self) -> Numbers:
        """The fixed effects (N, p), never None."""
        assert self.X is not None  # noqa: S101  # set above; tells the type checker
        return self.X
