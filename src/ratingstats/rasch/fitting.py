"""Fitting a many-facet Rasch model by marginal maximum likelihood."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ratingstats.crossed import Factor
from ratingstats.crossed.threads import one_thread
from ratingstats.rasch import checking, quality
from ratingstats.rasch.checking import Question
from ratingstats.rasch.estimating import Estimate, estimate
from ratingstats.rasch.layout import Marks, layout_of
from ratingstats.rasch.results import (
    Code,
    FacetsFit,
    ItemSteps,
    RateeFacet,
    RaterFacet,
    Spread,
)
from ratingstats.status import Status

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]


def fit_facets(
    score: Codes, ratees: Factor, raters: Factor, items: Factor | None = None
) -> FacetsFit:
    """Fit ln(P_k / P_(k-1)) = theta_n - rho_j - delta_ik, theta ~ N(0, sigma^2), sum rho = 0.

    score (N,): ratings as levels counted up from 0, one entry per rating and item; ratees, raters,
    items: who was rated, by whom, on which item (none: one item). Every item has steps of its own
    (partial credit). Needs ratees and raters that are linked, at least 30 ratees, and each level of
    an item between its lowest and its highest used 10 times; otherwise the fit is refused with a
    code and a reason. Raters who gave only top or only bottom scores are left out and named.

    Linacre 1989 (facets), Masters 1982 (partial credit), Bock & Aitkin 1981 (marginal likelihood,
    here by quasi-Newton steps with the analytic gradient). Standard errors from the observed
    information. Cost grows with ratings and with the square of raters plus steps; what is beyond
    `checking.LIMITS` is refused.

    Raises ValueError where the arrays do not belong together.
    """
    question = checking.question_of(score, ratees, raters, items)
    extreme = checking.extreme_raters(question)
    marks = question.marks.where(~extreme[question.marks.rater])
    refused = checking.refusal(question, marks)
    if refused is not None:
        return _refused(question, extreme, *refused)
    used = _Used.of(marks)
    with one_thread():
        found = estimate(layout_of(used.dense(marks), used.sizes))
    return _told(question, extreme, used, found)


@dataclass(frozen=True, slots=True)
class _Used:
    """The codes of ratees, raters and items that have a rating that counts."""

    ratee: Codes
    rater: Codes
    item: Codes

    @classmethod
    def of(cls, marks: Marks) -> "_Used":
        return cls(np.unique(marks.ratee), np.unique(marks.rater), np.unique(marks.item))

    @property
    def sizes(self) -> tuple[int, int, int]:
        return len(self.ratee), len(self.rater), len(self.item)

    def dense(self, marks: Marks) -> Marks:
        return Marks(
            marks.score,
            np.searchsorted(self.ratee, marks.ratee),
            np.searchsorted(self.rater, marks.rater),
            np.searchsorted(self.item, marks.item),
        )


def _told(
    question: Question, extreme: NDArray[np.bool_], used: _Used, found: Estimate
) -> FacetsFit:
    codes, reason = _verdict(extreme, found)
    ability, variance = _abilities(found)
    apart = float(np.var(ability))
    total = apart + float(np.mean(variance))
    return FacetsFit(
        status=Status.MEASURED if codes == (Code.FITTED,) else Status.CAUTION,
        codes=codes,
        reason=reason,
        n=len(found.layout.score),
        raters=_raters(question, extreme, used, found),
        ratees=_ratees(question, used, found),
        items=_items(used, found),
        spread=quality.spread(found.parameters.rho, found.rho_errors),
        ability_variance=found.parameters.sigma**2,
        ability_reliability=apart / total if total > 0 else float("nan"),
        deviance=-2 * found.known.log_likelihood,
        evaluations=found.evaluations,
    )


def _abilities(found: Estimate) -> tuple[Numbers, Numbers]:
    """Means and variances of the posterior of every ratee (P,)."""
    theta = found.parameters.sigma * found.layout.nodes
    mean = found.known.by_ratee @ theta
    variance: Numbers = np.maximum(found.known.by_ratee @ theta**2 - mean**2, 0.0)
    return mean, variance


def _placed(size: int, places: Codes, x: Numbers) -> Numbers:
    """Put x at its places among `size`, NaN elsewhere."""
    whole = np.full(size, np.nan)
    whole[places] = x
    return whole


def _raters(
    question: Question, extreme: NDArray[np.bool_], used: _Used, found: Estimate
) -> RaterFacet:
    size, at = question.raters.levels, used.rater
    squares = quality.mean_squares(found.layout, found.known)
    rho = found.parameters.rho
    n = np.zeros(size, np.int64)
    n[at] = np.bincount(found.layout.rater, minlength=len(at))
    return RaterFacet(
        severity=_placed(size, at, rho),
        standard_error=_placed(size, at, found.rho_errors),
        infit=_placed(size, at, squares.infit),
        outfit=_placed(size, at, squares.outfit),
        fair_average=_placed(size, at, quality.fair_averages(found.layout, found.parameters, -rho)),
        n=n,
        extreme=extreme,
    )


def _ratees(question: Question, used: _Used, found: Estimate) -> RateeFacet:
    size, at = question.ratees.levels, used.ratee
    ability, variance = _abilities(found)
    n = np.zeros(size, np.int64)
    n[at] = np.bincount(found.layout.ratee, minlength=len(at))
    fair = quality.fair_averages(found.layout, found.parameters, ability)
    return RateeFacet(
        ability=_placed(size, at, ability),
        deviation=_placed(size, at, np.sqrt(variance)),
        fair_average=_placed(size, at, fair),
        n=n,
    )


def _items(used: _Used, found: Estimate) -> tuple[ItemSteps, ...]:
    ends = np.cumsum(found.layout.steps)[:-1]
    steps = np.split(found.parameters.delta, ends)
    errors = np.split(found.delta_errors, ends)
    lowest = found.layout.lowest
    return tuple(
        ItemSteps(int(code), int(lowest[place]), steps[place], errors[place])
        for place, code in enumerate(used.item)
    )


def _verdict(extreme: NDArray[np.bool_], found: Estimate) -> tuple[tuple[Code, ...], str]:
    said: list[tuple[Code, str]] = []
    if not found.settled:
        said.append((Code.NOT_CONVERGED, "The search for the largest likelihood did not settle."))
    if found.no_variance:
        said.append((Code.NO_ABILITY_VARIANCE, "No variance was found between ratees."))
    if extreme.any():
        words = f"{int(extreme.sum())} raters gave only one end of the scale and are left out."
        said.append((Code.EXTREME_RATERS, words))
    if not said:
        return (Code.FITTED,), ""
    return tuple(code for code, _ in said), " ".join(words for _, words in said)


def _refused(question: Question, extreme: NDArray[np.bool_], code: Code, reason: str) -> FacetsFit:
    """A fit without numbers."""
    R, P = question.raters.levels, question.ratees.levels
    nobody, nothing = np.full(R, np.nan), np.full(P, np.nan)
    none = float("nan")
    n_R = np.bincount(question.marks.rater, minlength=R)
    n_P = np.bincount(question.marks.ratee, minlength=P)
    return FacetsFit(
        status=Status.REFUSED,
        codes=(code,),
        reason=reason,
        n=len(question.marks),
        raters=RaterFacet(nobody, nobody, nobody, nobody, nobody, n_R, extreme),
        ratees=RateeFacet(nothing, nothing, nothing, n_P),
        items=(),
        spread=Spread(none, none, none, none),
        ability_variance=none,
        ability_reliability=none,
        deviance=none,
        evaluations=0,
    )
