"""How much of a rating is the person, and how much is who gives it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from evenhand.analytics.audit.measuring.design import DesignAnswers
from evenhand.analytics.audit.measuring.modelling import Modelled
from evenhand.analytics.audit.ratings import Choices
from ratingstats.agreement.generalizability import PAY, Variances, raters_needed, reliability
from ratingstats.crossed import Interval, intervals

NEVER = 1_000
TOO_FEW = "too few people"


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far ratings tell people apart, with as many raters as people have now.

    `phi` counts differences between raters as error (absolute), `g` does not (relative).
    `needed` raters would reach `wanted`; None where no number would.
    """

    phi: float
    g: float
    raters: float
    wanted: float
    needed: int | None
    people: int


@dataclass(frozen=True, slots=True)
class Dependence:
    """Variances in squared points of the scale; a part that cannot be told apart is None.

    `one_rater_each`: nobody, or hardly anybody, has a second rater. `one_rater`: there is but one.
    """

    ratings: int
    person: float | None
    rater: float | None
    unit: float | None
    unit_occasion: float | None
    residual: float | None
    intervals: Mapping[str, Interval]
    reliability: Reliability | None
    one_rater_each: bool
    at_boundary: bool
    criterion: float | None
    solver: str
    dropped: tuple[str, ...]
    reason: str
    one_rater: bool = False

    @property
    def total(self) -> float:
        parts = (self.person, self.rater, self.unit, self.unit_occasion, self.residual)
        return math.fsum(part for part in parts if part is not None)

    def share(self, part: float | None) -> float | None:
        return None if part is None or self.total <= 0 else part / self.total

    @property
    def share_rater(self) -> float | None:
        return self.share(self.rater)

    @property
    def moves(self) -> float | None:
        """How far a rating moves by who gives it: the standard deviation between raters."""
        return None if self.rater is None else math.sqrt(self.rater)

    @property
    def moves_between(self) -> tuple[float, float] | None:
        """The interval of `moves`."""
        found = self.intervals.get("rater")
        if found is None or math.isnan(found.low) or math.isnan(found.high):
            return None
        return math.sqrt(max(found.low, 0.0)), math.sqrt(max(found.high, 0.0))

    @property
    def share_between(self) -> tuple[float, float] | None:
        """The interval of the raters' share, the other parts held at their estimates."""
        moves = self.moves_between
        if moves is None or self.rater is None:
            return None
        rest = self.total - self.rater
        low, high = (m**2 / (m**2 + rest) if m**2 + rest > 0 else 0.0 for m in moves)
        return low, high


def measure_dependence(modelled: Modelled, answers: DesignAnswers, choices: Choices) -> Dependence:
    """Read the parts of a rating off the model, and say how well each is known."""
    fitted = modelled.fit
    if answers.persons < choices.smallest_group:
        return _nothing(modelled, answers, TOO_FEW)
    if fitted is None or modelled.design is None:
        return _nothing(modelled, answers, modelled.reason)
    known = intervals(fitted, modelled.design, level=choices.level, seed=choices.seed)
    variances = fitted.variances
    person, rater = variances.get("person"), variances.get("rater")
    return Dependence(
        ratings=fitted.n,
        person=person,
        rater=rater,
        unit=variances.get("unit"),
        unit_occasion=variances.get("unit_occasion"),
        residual=fitted.residual,
        intervals=known,
        reliability=_reliability(person, rater, fitted.residual, answers),
        one_rater_each=not answers.can_separate,
        at_boundary=any(value == 0 for value in variances.values()),
        criterion=fitted.criterion,
        solver=fitted.solver,
        dropped=modelled.dropped,
        reason="",
        one_rater=answers.raters == 1,
    )


def _nothing(modelled: Modelled, answers: DesignAnswers, reason: str) -> Dependence:
    nothing = (None, None, None, None, None)
    return Dependence(
        answers.ratings,
        *nothing,
        {},
        None,
        one_rater_each=not answers.can_separate,
        at_boundary=False,
        criterion=None,
        solver="",
        dropped=modelled.dropped,
        reason=reason,
        one_rater=answers.raters == 1,
    )


def _reliability(
    person: float | None, rater: float | None, residual: float, answers: DesignAnswers
) -> Reliability | None:
    """None where person and rater cannot be told apart: then no number would mean anything."""
    if person is None or rater is None or not answers.can_separate:
        return None
    variances = Variances(person, rater, residual)
    now = reliability(variances, answers.effective_raters)
    needed = raters_needed(variances, PAY).whole
    return Reliability(
        phi=now.dependability,
        g=now.generalizability,
        raters=now.k,
        wanted=PAY,
        needed=needed if needed is not None and needed <= NEVER else None,
        people=answers.persons,
    )
