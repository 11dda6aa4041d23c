"""Which raters are strict or lenient, and who rates unlike the others."""

from dataclasses import replace

import numpy as np

from evenhand.analytics.audit.measuring.design import (
    FEWEST_RATERS_TOGETHER,
    FEWEST_RATINGS_TOGETHER,
)
from evenhand.analytics.audit.measuring.modelling import Modelled
from evenhand.analytics.audit.measuring.raters_alike import measure_alike
from evenhand.analytics.audit.measuring.raters_habits import measure_habits, people_rated
from evenhand.analytics.audit.measuring.raters_results import (
    SEVERITY,
    RaterAnswers,
    RaterRow,
    WhyNot,
)
from evenhand.analytics.audit.ratings import (
    NOT_SAID,
    Choices,
    Coded,
    Codes,
    Numbers,
    Ratings,
    Refused,
)
from ratingstats.crossed import Factor, Fit, connectedness
from ratingstats.raters.comparing import SHOW_FROM
from ratingstats.raters.severity import Rule, Severity, severities

__all__ = ["RaterAnswers", "measure_raters"]

NOWHERE = -1


def measure_raters(ratings: Ratings, choices: Choices, modelled: Modelled) -> RaterAnswers:
    """Compare each rater with the others; without a column of raters everything is refused."""
    matters = choices.matters * ratings.scale.stretch
    rule = Rule(choices.level, matters, show_from=max(SHOW_FROM, choices.k))
    nothing = RaterAnswers(0, rule.level, rule.matters, rule.show_from)
    if ratings.rater is None:
        return replace(nothing, refused=(Refused(SEVERITY, WhyNot.NO_RATERS),))
    habits, no_habits = measure_habits(ratings, rule.show_from, choices.seed)
    alike, no_alike = measure_alike(ratings, choices.level)
    answers = replace(
        nothing,
        raters=_distinct(ratings.rater),
        habits=habits,
        alike=alike,
        refused=(*no_habits, *no_alike),
    )
    if modelled.fit is None or not modelled.has("rater"):
        is_alone = answers.raters == 1
        no_model = Refused(SEVERITY, WhyNot.ONE_RATER if is_alone else WhyNot.NO_MODEL)
        return replace(answers, refused=(no_model, *answers.refused))
    return _with_severities(answers, (ratings, ratings.rater), (modelled, modelled.fit), rule)


def _with_severities(
    answers: RaterAnswers,
    rated: tuple[Ratings, Coded],
    model: tuple[Modelled, Fit],
    rule: Rule,
) -> RaterAnswers:
    ratings, rater = rated
    modelled, fitted = model
    codes = np.asarray(modelled.rater_codes, dtype=np.int64)
    confounded = not (modelled.has("person") and modelled.can_separate)
    part = np.zeros_like(codes) if confounded else _parts(ratings, rater)[codes]
    people = people_rated(ratings.person.codes, rater)[codes]
    effects = fitted.effects["rater"]
    found = severities(_beside_linked(effects.estimate, part), effects.error, people, rule)
    shown = tuple(_row(row, rater.labels[codes[row.rater]]) for row in found.rows)
    elsewhere = int(((part == NOWHERE) & (people >= rule.show_from)).sum())
    refused = (Refused(SEVERITY, _why_not(elsewhere)), *answers.refused)
    return replace(
        answers,
        shown=shown,
        tested=found.tested,
        hidden=answers.raters - len(shown) - elsewhere,
        elsewhere=elsewhere,
        confounded=confounded,
        one_rater_each=not modelled.can_separate,
        none_found=fitted.variances["rater"] == 0,
        equal_units=modelled.has("unit"),
        refused=answers.refused if shown else refused,
    )


def _why_not(elsewhere: int) -> WhyNot:
    return WhyNot.NOT_LINKED if elsewhere else WhyNot.TOO_FEW


def _parts(ratings: Ratings, rater: Coded) -> Codes:
    """The linked part of each rater code; NOWHERE in parts too small for raters to be compared."""
    said = (ratings.person.codes != NOT_SAID) & (rater.codes != NOT_SAID)
    found = connectedness(
        Factor("person", ratings.person.codes[said], len(ratings.person.labels)),
        Factor("rater", rater.codes[said], len(rater.labels)),
    )
    large = (found.levels_of_b >= FEWEST_RATERS_TOGETHER) & (found.rows >= FEWEST_RATINGS_TOGETHER)
    parts = found.component_of_b
    return np.where((parts >= 0) & large[parts], parts, NOWHERE)


def _beside_linked(estimate: Numbers, part: Codes) -> Numbers:
    """Estimates from the average rater of the same part; NaN where there is nobody to compare.

    Whole parts may differ because of their people. Errors stay as they are, which is wide enough.
    """
    beside = np.full(len(estimate), np.nan)
    several = len(np.unique(part[part != NOWHERE])) > 1
    for number in np.unique(part[part != NOWHERE]):
        own = part == number
        beside[own] = estimate[own] - (estimate[own].mean() if several else 0.0)
    return beside


def _row(found: Severity, label: str) -> RaterRow:
    return RaterRow(
        rater=label,
        n=found.n,
        severity=found.estimate,
        low=found.low,
        high=found.high,
        q=found.q,
        flag=found.is_flagged,
    )


def _distinct(coded: Coded) -> int:
    return len(np.unique(coded.codes[coded.codes != NOT_SAID]))
