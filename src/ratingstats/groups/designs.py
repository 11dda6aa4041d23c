"""Who is in which level of what, as columns of a regression that is never written out.

A row of such a design has an intercept, at most one 1 per factor and one number per covariate: q
entries however many levels there are. So sums over people cost N q^2 and no N by p matrix exists.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]
UNKNOWN_CODE = -1


@dataclass(frozen=True, slots=True)
class Factor:
    """A fact in words about N people: `labels[codes[i]]`, or -1 where it is not known.

    `base` is the level the others are compared with; None takes the most frequent.
    """

    name: str
    codes: Codes
    labels: tuple[str, ...]
    base: int | None = None

    @property
    def known(self) -> Mask:
        return np.asarray(self.codes > UNKNOWN_CODE)


@dataclass(frozen=True, slots=True)
class Covariate:
    """A fact in numbers about N people; NaN where it is not known."""

    name: str
    values: Numbers

    @property
    def known(self) -> Mask:
        return np.isfinite(self.values)


Control = Factor | Covariate


@dataclass(frozen=True, slots=True)
class Design:
    """N rows of q entries: X[i, index[i, j]] = value[i, j], with p named columns.

    Column 0 is the intercept. `controls[c]` is the name of the fact that column c belongs to,
    `names[c]` the fact and its level.
    """

    index: Codes
    value: Numbers
    names: tuple[str, ...]
    controls: tuple[str, ...]

    @property
    def p(self) -> int:
        return len(self.names)

    @property
    def n(self) -> int:
        return len(self.index)

    def times(self, b: Numbers) -> Numbers:
        """X b, shape (N,)."""
        total = np.zeros(self.n)
        for j in range(self.index.shape[1]):
            total += b[self.index[:, j]] * self.value[:, j]
        return total

    def transposed_times(self, v: Numbers) -> Numbers:
        """X' v, shape (p,)."""
        total = np.zeros(self.p)
        for j in range(self.index.shape[1]):
            total += np.bincount(self.index[:, j], v * self.value[:, j], self.p)
        return total

    def gram(self, weight: Numbers | None = None) -> Numbers:
        """X' W X for weights of shape (N,), or X' X; shape (p, p)."""
        p, q = self.p, self.index.shape[1]
        total = np.zeros(p * p)
        for j in range(q):
            left = self.value[:, j] if weight is None else self.value[:, j] * weight
            for k in range(j + 1):
                cell = self.index[:, j] * p + self.index[:, k]
                sums = np.bincount(cell, left * self.value[:, k], p * p)
                total += sums if j != k else sums / 2
        lower = total.reshape(p, p)
        return np.asarray(lower + lower.T)

    def quadratic(self, A: Numbers) -> Numbers:
        """x_i' A x_i for every row, shape (N,); A symmetric (p, p)."""
        total = np.zeros(self.n)
        for j in range(self.index.shape[1]):
            for k in range(j + 1):
                term = self.value[:, j] * self.value[:, k]
                term = term * A[self.index[:, j], self.index[:, k]]
                total += term if j == k else 2 * term
        return total

    def rows(self, kept: Mask) -> "Design":
        index, value = self.index.T[:, kept].T, self.value.T[:, kept].T
        return Design(index, value, self.names, self.controls)


def design(controls: Sequence[Control], n: int) -> Design:
    """Lay out an intercept and the controls of N people of whom everything is known.

    A factor has a column for each level that occurs, save its base. Covariates are centred and
    scaled to standard deviation 1, which moves no other coefficient than the intercept's.

    Raises ValueError where a control is not known of somebody: leave such people out first.
    """
    index, value = [np.zeros(n, np.int64)], [np.ones(n)]
    names, facts = ["intercept"], ["intercept"]
    for control in controls:
        if len(control.known) != n or not control.known.all():
            msg = f"Leave out people of whom {control.name} is not known."
            raise ValueError(msg)
        if isinstance(control, Covariate):
            levels, column, entry = _single(control)
        else:
            levels, column, entry = _levels(control)
        index.append(column + len(names))
        value.append(entry)
        names.extend(levels)
        facts.extend([control.name] * len(levels))
    if index[-1].max(initial=0) >= len(names):
        names.append("")
        facts.append("")
    # Columns are what is read, so they lie together in memory.
    laid = np.array(index).T, np.array(value).T
    return Design(*laid, tuple(names), tuple(facts))


def fully_known(controls: Sequence[Control], n: int) -> Mask:
    """Of whom every control is known, shape (N,)."""
    known = np.ones(n, dtype=bool)
    for control in controls:
        known &= control.known
    return known


def without_lone_levels(controls: Sequence[Control], kept: Mask) -> Mask:
    """Set aside people who are alone in a level: at equal facts nobody is beside them."""
    kept = kept.copy()
    while True:
        alone = np.zeros_like(kept)
        for control in controls:
            if isinstance(control, Factor):
                counts = np.bincount(control.codes[kept], minlength=len(control.labels))
                alone |= kept & (counts[control.codes] == 1)
        if not alone.any():
            return kept
        kept &= ~alone


def restricted(control: Control, kept: Mask) -> Control:
    """The same fact about the people who are kept."""
    if isinstance(control, Covariate):
        return Covariate(control.name, control.values[kept])
    return Factor(control.name, control.codes[kept], control.labels, control.base)


def _levels(factor: Factor) -> tuple[tuple[str, ...], Codes, Numbers]:
    """The columns of a factor: a base level points at the first of them with an entry of 0."""
    counts = np.bincount(factor.codes, minlength=len(factor.labels))
    base = int(counts.argmax()) if factor.base is None else factor.base
    present = [code for code in np.flatnonzero(counts) if code != base]
    place = np.zeros(len(factor.labels), np.int64)
    place[present] = np.arange(len(present))
    names = tuple(f"{factor.name}: {factor.labels[code]}" for code in present)
    entry = (factor.codes != base).astype(np.float64)
    return names, place[factor.codes], entry


def _single(covariate: Covariate) -> tuple[tuple[str, ...], Codes, Numbers]:
    values = covariate.values
    place = np.zeros(len(values), np.int64)
    if not len(values):
        return (covariate.name,), place, values
    entry = (values - values.mean()) / (float(values.std()) or 1.0)
    return (covariate.name,), place, np.asarray(entry, dtype=np.float64)
