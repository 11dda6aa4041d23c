"""Oaxaca-Blinder: how much of a gap goes with different circumstances, and how much does not.

Blinder (1973), Journal of Human Resources 8, 436-455; Oaxaca (1973), International Economic Review
14, 693-709; weights by Cotton (1988) and Neumark (1988). "Unexplained" is not discrimination,
"explained" is not justice: the split depends on the reference, so all are given. A is the group
named first, B the other; gaps are A minus B.

Standard errors come from each person's influence on the parts (residuals as in HC3), so they hold
for chance in the circumstances too, and for every reference alike.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ratingstats.groups.adjusted import ROWS_PER_PARAMETER
from ratingstats.groups.counts import Interval, normal_quantile
from ratingstats.groups.designs import (
    Control,
    Design,
    Factor,
    Mask,
    Numbers,
    design,
    fully_known,
    restricted,
    without_lone_levels,
)
from ratingstats.groups.regression import Fit, least_squares
from ratingstats.status import Status

FEWEST = 50


class Reference(StrEnum):
    """Whose returns count as the neutral ones."""

    B = "second group"
    A = "first group"
    HALF = "half and half"
    COTTON = "by size"
    POOLED = "pooled"
    POOLED_WITH_GROUP = "pooled with group"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the gap in rating points, with its standard error and interval."""

    value: float
    se: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Twofold:
    """Gap = explained + unexplained under one reference; `by_control` splits the explained part."""

    reference: Reference
    explained: Part
    unexplained: Part
    by_control: dict[str, float]


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The gap between two groups of `n_a` and `n_b` people, split in three and, six ways, in two.

    `dropped` names levels the others repeat or that one of the groups does not have; `left_out`
    counts the people in such levels or of whom something is not known.
    """

    gap: float
    endowments: Part | None
    coefficients: Part | None
    interaction: Part | None
    twofold: tuple[Twofold, ...]
    n_a: int
    n_b: int
    dropped: tuple[str, ...]
    left_out: int
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class _Side:
    """One group: its design, its fit, the means of its columns and ratings."""

    X: Design
    y: Numbers
    fit: Fit
    mean: Numbers

    @property
    def n(self) -> int:
        return self.X.n

    def of_mean(self, b: Numbers) -> Numbers:
        """The influence of each person on mean' b, with b given."""
        return (self.X.times(b) - float(self.mean @ b)) / self.n

    def of_slope(self, u: Numbers) -> Numbers:
        """The influence of each person on u' b, with u given."""
        return _of_slope(self.X, self.fit, u)


def decompose(
    rating: Numbers, is_a: Mask, controls: Sequence[Control], level: float = 0.95
) -> Decomposition:
    """Split the difference of mean ratings of A and the others (B) by the controls.

    Only people whose levels occur in both groups are compared. REFUSED with fewer than 50 people in
    a group, or fewer than 10 per parameter in either.
    """
    kept = _shared(controls, is_a, np.isfinite(rating))
    X = design([restricted(c, kept) for c in controls], int(kept.sum()))
    y, a = rating[kept], is_a[kept]
    left_out = len(rating) - X.n
    people = (int(a.sum()), int((~a).sum()))
    if min(people) < max(FEWEST, ROWS_PER_PARAMETER * X.p):
        return _refused(people, left_out, X.p)
    first, second = _side(X.rows(a), y[a]), _side(X.rows(~a), y[~a])
    named = set(first.fit.dropped) | set(second.fit.dropped)
    if named:
        columns = np.array([name in named for name in X.names])
        X = _blanked(X, columns)
        first, second = _side(X.rows(a), y[a]), _side(X.rows(~a), y[~a])
    return _decomposition(
        (first, second), (X, y, a), (normal_quantile(level), tuple(sorted(named)), left_out)
    )


def _decomposition(
    sides: tuple[_Side, _Side],
    everyone: tuple[Design, Numbers, Mask],
    rest: tuple[float, tuple[str, ...], int],
) -> Decomposition:
    a, b = sides
    z, dropped, left_out = rest
    endowments, coefficients, interaction = _threefold(a, b, z)
    return Decomposition(
        gap=float(a.y.mean() - b.y.mean()),
        endowments=endowments,
        coefficients=coefficients,
        interaction=interaction,
        twofold=(*_weighted(a, b, z), *_pooled(a, b, everyone, z)),
        n_a=a.n,
        n_b=b.n,
        dropped=dropped,
        left_out=left_out,
        status=Status.MEASURED,
        reason="",
    )


def _threefold(a: _Side, b: _Side, z: float) -> tuple[Part, Part, Part]:
    """(xA - xB)'bB, xB'(bA - bB) and (xA - xB)'(bA - bB)."""
    dx, db = a.mean - b.mean, a.fit.coefficients - b.fit.coefficients
    bB = b.fit.coefficients
    return (
        _part(float(dx @ bB), a.of_mean(bB), -b.of_mean(bB) + b.of_slope(dx), z),
        _part(float(b.mean @ db), a.of_slope(b.mean), b.of_mean(db) - b.of_slope(b.mean), z),
        _part(float(dx @ db), a.of_mean(db) + a.of_slope(dx), -b.of_mean(db) - b.of_slope(dx), z),
    )


def _weighted(a: _Side, b: _Side, z: float) -> tuple[Twofold, ...]:
    """The references that mix the two groups' returns: w bA + (1 - w) bB."""
    dx = a.mean - b.mean
    found = []
    for reference, w in (
        (Reference.B, 0.0),
        (Reference.A, 1.0),
        (Reference.HALF, 0.5),
        (Reference.COTTON, a.n / (a.n + b.n)),
    ):
        returns = w * a.fit.coefficients + (1 - w) * b.fit.coefficients
        slopes = (w * a.of_slope(dx), (1 - w) * b.of_slope(dx))
        found.append(_twofold(reference, (a, b), returns, slopes, z=z))
    return tuple(found)


def _pooled(
    a: _Side, b: _Side, everyone: tuple[Design, Numbers, Mask], z: float
) -> tuple[Twofold, ...]:
    """The references from all people together, without and with the group among the columns."""
    X, y, is_a = everyone
    dx = a.mean - b.mean
    found = []
    for reference, laid in (
        (Reference.POOLED, X),
        (Reference.POOLED_WITH_GROUP, _with_group(X, is_a)),
    ):
        fit = least_squares(laid, y)
        slopes = _of_slope(laid, fit, np.concatenate((dx, np.zeros(laid.p - X.p))))
        returns = fit.coefficients[: X.p]
        found.append(_twofold(reference, (a, b), returns, (slopes[is_a], slopes[~is_a]), z=z))
    return tuple(found)


def _twofold(
    reference: Reference,
    sides: tuple[_Side, _Side],
    returns: Numbers,
    slopes: tuple[Numbers, Numbers],
    *,
    z: float,
) -> Twofold:
    a, b = sides
    dx = a.mean - b.mean
    of_a, of_b = a.of_mean(returns) + slopes[0], -b.of_mean(returns) + slopes[1]
    explained = float(dx @ returns)
    gap = float(a.y.mean() - b.y.mean())
    rest_a = (a.y - a.y.mean()) / a.n - of_a
    rest_b = -(b.y - b.y.mean()) / b.n - of_b
    by_control: dict[str, float] = {}
    for name, share in zip(a.X.controls[1:], (dx * returns)[1:], strict=True):
        by_control[name] = by_control.get(name, 0.0) + float(share)
    return Twofold(
        reference=reference,
        explained=_part(explained, of_a, of_b, z),
        unexplained=_part(gap - explained, rest_a, rest_b, z),
        by_control=by_control,
    )


def _part(value: float, of_a: Numbers, of_b: Numbers, z: float) -> Part:
    se = math.sqrt(float((of_a**2).sum()) + float((of_b**2).sum()))
    return Part(value, se, (value - z * se, value + z * se))


def _of_slope(X: Design, fit: Fit, u: Numbers) -> Numbers:
    return X.times(fit.inverse @ u) * fit.influence


def _side(X: Design, y: Numbers) -> _Side:
    return _Side(X, y, least_squares(X, y), X.transposed_times(np.ones(X.n)) / X.n)


def _shared(controls: Sequence[Control], is_a: Mask, kept: Mask) -> Mask:
    """Who is known and in levels that both groups have."""
    kept = kept & fully_known(controls, len(is_a))
    size = -1
    while size != int(kept.sum()):
        size = int(kept.sum())
        kept = without_lone_levels(controls, kept)
        for control in controls:
            if isinstance(control, Factor):
                in_a = np.bincount(control.codes[kept & is_a], minlength=len(control.labels))
                in_b = np.bincount(control.codes[kept & ~is_a], minlength=len(control.labels))
                kept &= ((in_a > 0) & (in_b > 0))[control.codes]
    return kept


def _blanked(X: Design, columns: Mask) -> Design:
    """The design with some columns emptied; their people join the base level."""
    return Design(X.index, np.where(columns[X.index], 0.0, X.value), X.names, X.controls)


def _with_group(X: Design, is_a: Mask) -> Design:
    column = np.full((X.n, 1), X.p)
    return Design(
        np.hstack((X.index, column)),
        np.hstack((X.value, is_a[:, None].astype(np.float64))),
        (*X.names, "group"),
        (*X.controls, "group"),
    )


def _refused(people: tuple[int, int], left_out: int, parameters: int) -> Decomposition:
    n_a, n_b = people
    reason = (
        f"{n_a} and {n_b} people who can be compared; at least "
        f"{max(FEWEST, ROWS_PER_PARAMETER * parameters)} in each group are needed."
    )
    return Decomposition(
        gap=math.nan,
        endowments=None,
        coefficients=None,
        interaction=None,
        twofold=(),
        n_a=n_a,
        n_b=n_b,
        dropped=(),
        left_out=left_out,
        status=Status.REFUSED,
        reason=reason,
    )
