"""Fitting a cumulative logit model with crossed random factors."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ratingstats.crossed import Factor
from ratingstats.crossed.threads import one_thread
from ratingstats.ordinal import checking
from ratingstats.ordinal.design import Design, design_of
from ratingstats.ordinal.estimating import Estimate, estimate
from ratingstats.ordinal.laplace import Parameters
from ratingstats.ordinal.logit import thresholds_by_working, thresholds_of
from ratingstats.ordinal.results import Code, Coefficient, LatentEffects, OrdinalFit
from ratingstats.ordinal.system import Scales, invert
from ratingstats.status import Status

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]
DOUBTFUL = {Code.NOT_CONVERGED, Code.FLAT, Code.RUNAWAY}
LARGEST_VARIANCE = 100.0


def fit_ordinal(
    y_codes: Codes,
    levels: int,
    factors: Sequence[Factor] = (),
    X: Numbers | None = None,
    names: Sequence[str] = (),
) -> OrdinalFit:
    """Fit logit P(Y <= k) = theta_k - x'beta - sum of u_f, u_f ~ N(0, v_f I), by Laplace.

    y_codes (N,): ratings as levels 0 .. levels-1, from low to high. factors: who was rated, who
    rated, each with N codes; crossed or nested as they come. X (N, p): fixed effects without an
    intercept (the thresholds are the intercepts), with p names; a positive coefficient belongs to
    high ratings.

    Proportional odds: McCullagh 1980; random effects and Laplace: Agresti 2010 (section 10.1),
    Tutz & Hennevogl 1996. Exact for no factor. Levels that nobody used are merged with their
    neighbours, which leaves the likelihood as it is, and named in the reason
    (`Code.LEVELS_MERGED`). A variance of zero is a result (`Code.BOUNDARY`). Poor ratings give a
    refused fit, never an error. Cost grows with N and with the cube of the number of levels of all
    factors but the largest; what is beyond `checking.LIMITS` is refused.

    Raises ValueError where the arrays do not belong together.
    """
    y = np.ascontiguousarray(y_codes, dtype=np.int64)
    columns = np.zeros((len(y), 0)) if X is None else np.asarray(X, np.float64)
    question = checking.Question(y, levels, tuple(factors), columns, tuple(names))
    checking.check_shapes(question)
    refused = checking.refusal(question)
    if refused is not None:
        return refused_fit(question, *refused)
    used, y = np.unique(y, return_inverse=True)
    design = design_of(y.astype(np.int64), len(used), question.factors, columns)
    with one_thread():
        found = estimate(design)
    return _told(question, design, found, tuple(int(level) for level in used))


def refused_fit(question: checking.Question, code: Code, reason: str) -> OrdinalFit:
    """A fit without numbers."""
    nothing = np.zeros(0)
    return OrdinalFit(
        status=Status.REFUSED,
        codes=(code,),
        reason=reason,
        n=len(question.y),
        levels=tuple(int(level) for level in np.unique(question.y)),
        thresholds=nothing,
        threshold_errors=nothing,
        coefficients=(),
        effects=(),
        log_likelihood=float("nan"),
        evaluations=0,
    )


def _told(
    question: checking.Question, design: Design, found: Estimate, used: tuple[int, ...]
) -> OrdinalFit:
    parameters = Parameters.of(design, found.psi)
    natural, errors = _natural(design, parameters, found.covariance)
    cut = design.K - 1
    codes, reason = _verdict(question, design, found, used)
    return OrdinalFit(
        status=Status.CAUTION if DOUBTFUL & set(codes) else Status.MEASURED,
        codes=codes,
        reason=reason,
        n=design.n,
        levels=used,
        thresholds=natural[:cut],
        threshold_errors=errors[:cut],
        coefficients=tuple(
            Coefficient(name, float(value), float(error))
            for name, value, error in zip(question.names, natural[cut:], errors[cut:], strict=True)
        ),
        effects=_effects(design, parameters.sigma, found),
        log_likelihood=found.mode.value,
        evaluations=found.evaluations,
    )


def _natural(
    design: Design, parameters: Parameters, covariance: Numbers
) -> tuple[Numbers, Numbers]:
    """Thresholds and coefficients in the units of the columns, with their standard errors."""
    cut, end = design.K - 1, design.K - 1 + design.p
    beta = parameters.beta / design.scales
    theta = thresholds_of(parameters.working) + design.means @ beta
    J = np.zeros((end, end))
    J[:cut, :cut] = thresholds_by_working(parameters.working)
    J[:cut, cut:] = design.means / design.scales
    J[cut:, cut:] = np.diag(1.0 / design.scales)
    variances = np.diag(J @ covariance[:end, :end] @ J.T)
    errors = np.sqrt(np.where(variances > 0, variances, np.nan))
    return np.concatenate((theta, beta)), errors


def _effects(design: Design, sigma: Numbers, found: Estimate) -> tuple[LatentEffects, ...]:
    inverse = invert(found.mode.system)
    scales = Scales.of(design, sigma)
    told = []
    for f, factor in enumerate(design.factors):
        if f == design.first:
            modes, spread = scales.A * found.mode.b.A, scales.A**2 * inverse.AA
        else:
            mine = design.columns_of(f)
            modes = sigma[f] * found.mode.b.B[mine]
            spread = sigma[f] ** 2 * np.diag(inverse.BB)[mine]
        own = found.covariance[len(found.psi) - design.F + f, len(found.psi) - design.F + f]
        error = float(np.sqrt(own)) if own > 0 else float("nan")
        variance = float(sigma[f] ** 2)
        told.append(LatentEffects(factor.name, variance, error, modes + 0.0, np.sqrt(spread)))
    return tuple(told)


def _verdict(
    question: checking.Question, design: Design, found: Estimate, used: tuple[int, ...]
) -> tuple[tuple[Code, ...], str]:
    said: list[tuple[Code, str]] = []
    if not found.settled:
        said.append((Code.NOT_CONVERGED, "The search for the largest likelihood did not settle."))
    if not np.all(np.isfinite(np.diag(found.covariance))):
        said.append((Code.FLAT, "The likelihood is flat; there are no standard errors."))
    sigma = Parameters.of(design, found.psi).sigma
    runaway = [
        f.name for f, s in zip(design.factors, sigma, strict=True) if s**2 > LARGEST_VARIANCE
    ]
    if runaway:
        words = f"{', '.join(runaway)} tells the levels apart nearly completely"
        said.append((Code.RUNAWAY, f"{words}; its variance has no upper limit."))
    if len(used) < question.levels:
        gone = ", ".join(str(k) for k in range(question.levels) if k not in used)
        said.append((Code.LEVELS_MERGED, f"No rating used level {gone}; merged with neighbours."))
    at_zero = [f.name for f, zero in zip(design.factors, found.zero, strict=True) if zero]
    if at_zero:
        said.append((Code.BOUNDARY, f"No variance was found for {', '.join(at_zero)}."))
    if not said:
        return (Code.FITTED,), ""
    return tuple(code for code, _ in said), " ".join(words for _, words in said)
