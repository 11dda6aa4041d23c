"""What was found about habits of raters and about calibration, turned into actions."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.analytics.audit.measuring.calibrating import CalibrationAnswers, DriftRow
from evenhand.analytics.audit.measuring.raters_results import AlikeRow, Habit, RaterAnswers
from evenhand.analytics.audit.telling.calibrating_groups import worse_off
from evenhand.analytics.audit.telling.figures import between, count, percent, points, signed
from evenhand.analytics.report import Finding
from ratingstats.calibration import Effect, Warned

REPEATING = (Habit.SAME_FORMS, Habit.COPIED_TEXT)


def findings_about_habits(answers: RaterAnswers) -> list[Finding]:
    """The same words for several people, and higher ratings for people like oneself."""
    repeating = [one for one in answers.habits if one.habit in REPEATING]
    names = {row.rater for one in repeating for row in one.rows}
    findings = [_about_repeating(len(names), max(one.tested for one in repeating))] if names else []
    higher = [row for row in answers.alike if row.found.is_flagged and row.found.difference > 0]
    return [*findings, *(_about_alike(row) for row in higher)]


def _about_alike(row: AlikeRow) -> Finding:
    found = row.found
    return Finding(
        text=_("Raters rate people of their own group higher: %(attribute)s.")
        % {"attribute": row.attribute},
        action=_(
            "Have ratings of this cycle read a second time by raters of other groups, with the"
            " evidence beside them."
        ),
        evidence=_("%(points)s points (%(interval)s), %(raters)s raters, n = %(n)s ratings.")
        % {
            "points": points(found.difference),
            "interval": between(found.low, found.high),
            "raters": count(found.raters),
            "n": count(found.n),
        },
    )


def _about_repeating(raters: int, tested: int) -> Finding:
    return Finding(
        text=ngettext(
            "%(n)s rater wrote nearly the same for several people.",
            "%(n)s raters wrote nearly the same for several people.",
            raters,
        )
        % {"n": count(raters)},
        action=_("Ask for an example of each person's own work before these forms are used."),
        evidence=_("%(n)s of %(tested)s raters looked at.")
        % {"n": count(raters), "tested": count(tested)},
    )


def findings_about_calibration(answers: CalibrationAnswers | None) -> list[Finding]:
    """Groups that drifted, then ratings that were only pulled together or moved as a whole."""
    if answers is None or answers.effect is None:
        return []
    drifted = [_about_drift(row) for row in worse_off(answers)]
    return [*drifted, *_about_effect(answers.effect)]


def _about_drift(row: DriftRow) -> Finding:
    return Finding(
        text=_("Calibration moved one group apart: %(attribute)s, %(group)s.")
        % {"attribute": row.attribute, "group": row.group},
        action=_("Read the reasons and the evidence for each of these changes again."),
        evidence=_(
            "Moved by %(shift)s points, all others by %(rest)s; %(down)s of %(n)s came down,"
            " %(rest_down)s of %(rest_n)s of all others."
        )
        % {
            "shift": signed(row.found.shift),
            "rest": signed(row.found.rest_shift),
            "down": count(row.down.group.x),
            "n": count(row.found.n),
            "rest_down": count(row.down.rest.x),
            "rest_n": count(row.found.rest_n),
        },
    )


def _about_effect(effect: Effect) -> list[Finding]:
    if effect.spread is None or not {Warned.COMPRESSED, Warned.SHIFTED} & set(effect.warnings):
        return []
    return [
        Finding(
            text=_("Calibration changed the ratings as a whole, not only single ones."),
            action=_(
                "Ask whether there was a target for the distribution. Change a rating only for a"
                " reason about the work of that person."
            ),
            evidence=_(
                "Variance after calibration is %(ratio)s of that before, the average moved by"
                " %(shift)s points; %(share)s of %(n)s ratings were changed."
            )
            % {
                "ratio": percent(effect.spread.variance_ratio),
                "shift": signed(effect.mean_shift),
                "share": percent(effect.changed_share),
                "n": count(effect.n),
            },
        )
    ]
