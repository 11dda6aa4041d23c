"""The Laplace approximation to the likelihood of a cumulative logit model, with its gradient.

With u = Lambda b, b ~ N(0, I), Lambda the standard deviations of the factors (Breslow & Clayton
1993; the model: Agresti 2010, section 10.1):

    L(psi) = l(psi, b^) - b^'b^ / 2 - log|H| / 2,    H = I + Lambda Z'WZ Lambda
    b^     = argmax of l(psi, b) - b'b / 2,          W = -d2l/deta2 at b^

The gradient takes the movement of b^ with psi into account: with c = h dw/deta / 2, where h is the
leverage of a rating, v = Z Lambda H^-1 Lambda Z'c and e_f the effects of factor f, spread out,

    dL/dbeta    = X'(l' - c + W v)
    dL/dsigma_f = e_f'(l' - c + W v) - sum of w h_f - (H^-1 Lambda Z'c)_f'(Z_f'l')
    dL/dtheta_k = sum of dl/dtheta_k - h/2 dw/dtheta_k - v dl'/dtheta_k

where l' = dl/deta.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ratingstats.ordinal import logit
from ratingstats.ordinal.design import Design
from ratingstats.ordinal.system import Pair, Scales, System, factor, invert, leverages

Numbers = NDArray[np.float64]
NEWTON_STEPS = 60
HALVINGS = 30
DECREMENT = 1e-20
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Parameters:
    """psi taken apart: thresholds in working form (K - 1,), beta (p,), sigma (F,)."""

    working: Numbers
    beta: Numbers
    sigma: Numbers

    @classmethod
    def of(cls, design: Design, psi: Numbers) -> "Parameters":
        end = design.K - 1
        return cls(psi[:end], psi[end : end + design.p], psi[end + design.p :])


@dataclass(frozen=True, slots=True)
class Slopes:
    """What a rating says about eta (N,): l', the weight -l'', and F, f, f' at its thresholds."""

    score: Numbers
    weight: Numbers
    lower: logit.Cut
    upper: logit.Cut


@dataclass(frozen=True, slots=True)
class Mode:
    """The effects that fit best at given parameters, and everything known there."""

    b: Pair
    at: logit.Cuts
    scales: Scales
    slopes: Slopes
    system: System
    value: float


def start(design: Design) -> Pair:
    """No effects at all."""
    return Pair(np.zeros(design.Z_A.shape[1]), np.zeros(design.Z_B.shape[1]))


def _slopes(at: logit.Cuts, eta: Numbers) -> Slopes:
    lower, upper = logit.cut(at.lower - eta), logit.cut(at.upper - eta)
    return Slopes(lower.F + upper.F - 1.0, lower.f + upper.f, lower, upper)


def find_mode(design: Design, psi: Numbers, b: Pair) -> Mode:
    """Newton's method with halved steps; the penalized likelihood is concave in b."""
    parameters = Parameters.of(design, psi)
    at = logit.cuts(logit.thresholds_of(parameters.working), design.y)
    scales = Scales.of(design, parameters.sigma)
    fixed = design.X @ parameters.beta

    def penalized(b: Pair) -> float:
        return logit.log_likelihood(at, fixed + scales.spread(design, b)) - b.dot(b) / 2

    value = penalized(b)
    for _ in range(NEWTON_STEPS):
        slopes = _slopes(at, fixed + scales.spread(design, b))
        system = factor(design, scales, slopes.weight)
        gradient = scales.collect(design, slopes.score).plus(b, -1.0)
        step = system.solve(gradient)
        if not gradient.dot(step) > DECREMENT * max(1.0, abs(value)):
            break
        size = 1.0
        for _ in range(HALVINGS):
            if penalized(b.plus(step, size)) >= value - ROUNDING * abs(value):
                break
            size /= 2
        b = b.plus(step, size)
        value = penalized(b)
    return Mode(b, at, scales, slopes, system, value - system.log_determinant() / 2)


def gradient_at(design: Design, psi: Numbers, mode: Mode) -> Numbers:
    """dL/dpsi (K - 1 + p + F,)."""
    slopes, scales = mode.slopes, mode.scales
    by_factor = leverages(design, scales, invert(mode.system))
    sigma = Parameters.of(design, psi).sigma
    h = sum((s * part for s, part in zip(sigma, by_factor, strict=True)), np.zeros(design.n))
    c = -h * (slopes.lower.slope + slopes.upper.slope) / 2
    moved = mode.system.solve(scales.collect(design, c))
    v = scales.spread(design, moved)
    through = slopes.score - c + slopes.weight * v
    by_sigma = [
        _by_sigma(design, mode, moved, f, through) - slopes.weight @ by_factor[f]
        for f in range(design.F)
    ]
    by_theta = _by_thresholds(design, mode, h, v)
    working = Parameters.of(design, psi).working
    return np.concatenate(
        (logit.thresholds_by_working(working).T @ by_theta, design.X.T @ through, by_sigma)
    )


def _by_sigma(design: Design, mode: Mode, moved: Pair, f: int, through: Numbers) -> float:
    if f == design.first:
        Z, b, a = design.Z_A, mode.b.A, moved.A
    else:
        mine = design.columns_of(f)
        Z, b, a = design.Z_B[:, mine], mode.b.B[mine], moved.B[mine]
    return float((Z @ b) @ through - a @ (Z.T @ mode.slopes.score))


def _by_thresholds(design: Design, mode: Mode, h: Numbers, v: Numbers) -> Numbers:
    lower, upper = mode.slopes.lower, mode.slopes.upper
    with np.errstate(over="ignore"):
        near = 1.0 / np.expm1(mode.at.width)
    above = (1.0 - upper.F) + near - h * upper.slope / 2 - v * upper.f
    below = -lower.F - near - h * lower.slope / 2 - v * lower.f
    up = np.bincount(design.y, weights=above, minlength=design.K)
    down = np.bincount(design.y, weights=below, minlength=design.K)
    by_theta: Numbers = np.asarray(up[:-1] + down[1:], np.float64)
    return by_theta
