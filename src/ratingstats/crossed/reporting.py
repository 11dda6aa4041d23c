"""From where the walk ended to what is said: back to the units of y and the order of the design."""

import numpy as np

from ratingstats.crossed.criterion import Evaluation
from ratingstats.crossed.design import Design, Numbers
from ratingstats.crossed.equations import Equations
from ratingstats.crossed.newton import Walk
from ratingstats.crossed.results import Effects, Fit, Fixed, Status


def report(
    design: Design, equations: Equations, walk: Walk[Evaluation], *, reml: bool, solver: str
) -> Fit:
    """The fit of a design whose walk has ended."""
    found = walk.found
    s2 = found.r2 / found.nu * equations.scale**2
    names = [design.factors[k].name for k in equations.order]
    variances = dict(zip(names, (float(g) * s2 for g in found.gamma), strict=True))
    effects = dict(zip(names, _effects(equations, found, s2), strict=True))
    status, reason = _verdict(walk, variances)
    in_order = [factor.name for factor in design.factors]
    return Fit(
        status=status,
        reason=reason,
        n=design.n,
        fixed=_fixed(design, equations, found, s2),
        variances={name: variances[name] for name in in_order},
        residual=s2,
        criterion=_criterion(equations, found, reml=reml),
        evaluations=walk.evaluations,
        effects={name: effects[name] for name in in_order},
        reml=reml,
        solver=solver,
        covariance=_covariance(equations, found, s2),
    )


def _verdict(walk: Walk[Evaluation], variances: dict[str, float]) -> tuple[Status, str]:
    if not walk.converged:
        return Status.NOT_CONVERGED, f"No end was reached in {walk.evaluations} evaluations."
    zero = [name for name, variance in variances.items() if variance == 0]
    if zero:
        return Status.BOUNDARY, f"No variance was found for {' and '.join(zero)}."
    return Status.CONVERGED, ""


def _criterion(equations: Equations, found: Evaluation, *, reml: bool) -> float | None:
    if np.isnan(found.value):
        return None
    nu = found.nu
    value = found.value + nu * (1 + np.log(2 * np.pi / nu)) + 2 * nu * np.log(equations.scale)
    if reml:
        value += 2 * np.log(np.abs(np.diag(equations.R))).sum()
    return float(value)


def _fixed(design: Design, equations: Equations, found: Evaluation, s2: float) -> Fixed:
    back = np.linalg.inv(equations.R)
    covariance = s2 * back @ np.linalg.inv(found.A) @ back.T
    estimates = back @ (equations.Qy + equations.scale * found.beta)
    return Fixed(design.names, estimates, np.sqrt(np.diag(covariance)))


def _effects(equations: Equations, found: Evaluation, s2: float) -> list[Effects]:
    g = equations.spread(found.gamma)[:, 0]
    estimate = equations.scale * g * found.of_r + 0.0
    sd2 = s2 * g * found.solved.conditional()
    spread = np.einsum("ij,ij->i", found.of_Q @ np.linalg.inv(found.A), found.of_Q)
    error = np.sqrt(sd2 + s2 * g**2 * spread)
    return [
        Effects(estimate[a:b], np.sqrt(sd2[a:b]), error[a:b])
        for a, b in zip(equations.starts, equations.starts[1:], strict=False)
    ]


def information_of(found: Evaluation, s2: float) -> Numbers:
    """Average information of (g_1 .. g_K, log s2) for -2 log likelihood: (K+1, K+1)."""
    K = len(found.gamma)
    information = np.empty((K + 1, K + 1))
    information[:K, :K] = found.bends / s2
    information[:K, K] = information[K, :K] = found.squares / s2
    information[K, K] = found.r2 / s2
    return information


def _covariance(equations: Equations, found: Evaluation, s2: float) -> Numbers:
    """Of the variances in the order of the design, residual last; NaN where a variance is 0."""
    K = equations.K
    free = np.append(found.gamma > 0, True)
    inner = np.full((K + 1, K + 1), np.nan)
    where = np.ix_(free, free)
    information = information_of(found, found.r2 / found.nu)
    inner[where] = 2 * np.linalg.pinv(information[where])
    to_variance = s2 * np.eye(K + 1)
    to_variance[:K, K] = s2 * found.gamma
    known = np.nan_to_num(inner)
    covariance = to_variance @ known @ to_variance.T
    covariance[~np.outer(free, free)] = np.nan
    place = np.append(np.argsort(equations.order), K)
    return np.asarray(covariance[np.ix_(place, place)])
