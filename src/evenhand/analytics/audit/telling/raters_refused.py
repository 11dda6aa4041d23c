"""What cannot be said about raters, why, and what would help."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.analytics.audit.measuring.design import (
    FEWEST_RATERS_TOGETHER,
    FEWEST_RATINGS_TOGETHER,
)
from evenhand.analytics.audit.measuring.raters_results import (
    ALIKE,
    SEVERITY,
    Habit,
    RaterAnswers,
    WhyNot,
)
from evenhand.analytics.audit.ratings import Refused
from evenhand.analytics.audit.telling.figures import count
from evenhand.analytics.audit.telling.raters_habits import name_of
from evenhand.analytics.report import NotSaid

COLUMNS = (WhyNot.NO_ITEMS, WhyNot.NO_TEXTS, WhyNot.NO_ORDER, WhyNot.NO_NOTES)


def refused_blocks(answers: RaterAnswers) -> list[NotSaid]:
    """Severity by itself; what only lacks a column, together."""
    said = [_severity(one, answers) for one in answers.refused if one.what == SEVERITY]
    if answers.confounded and answers.shown and not answers.none_found:
        said.append(_rater_or_team(answers))
    if answers.elsewhere and answers.shown:
        said.append(_elsewhere(answers))
    said += [_no_midpoint() for one in answers.refused if one.why == WhyNot.NO_MIDPOINT]
    said += [_same_time() for one in answers.refused if one.why == WhyNot.SAME_TIME]
    said += [_not_rated() for one in answers.refused if one.what == ALIKE]
    lacking = [one for one in answers.refused if one.why in COLUMNS]
    return [*said, _columns(lacking)] if lacking else said


def _severity(refused: Refused, answers: RaterAnswers) -> NotSaid:
    what = _("Who is strict and who is lenient")
    if refused.why == WhyNot.NO_RATERS:
        return NotSaid(
            what,
            _("No column says who gave a rating."),
            _("Name the column of raters, or add one."),
        )
    if refused.why == WhyNot.ONE_RATER:
        return NotSaid(
            what,
            _("One rater gave all ratings, so there is nobody to compare with."),
            _("Ratings by others, of the same people or of people like them, would tell."),
        )
    if refused.why == WhyNot.NO_MODEL:
        return NotSaid(
            what,
            _("These ratings cannot carry a comparison: too few, or all alike."),
            _("More ratings, from more than one rater, are needed."),
        )
    if refused.why == WhyNot.NOT_LINKED:
        return NotSaid(
            what,
            _(
                "Raters share too few people: nowhere are %(raters)s raters and %(ratings)s ratings"
                " linked."
            )
            % {"raters": count(FEWEST_RATERS_TOGETHER), "ratings": count(FEWEST_RATINGS_TOGETHER)},
            _("Let some people be rated by two raters each, across teams."),
        )
    return NotSaid(
        what,
        _("No rater has rated at least %(fewest)s people.") % {"fewest": count(answers.fewest)},
        _("Look over a longer time, or put several cycles into one file."),
    )


def _rater_or_team(answers: RaterAnswers) -> NotSaid:
    return NotSaid(
        _("Whether a rater is strict or the team is weaker"),
        _("Hardly anybody has two raters, so both look the same in these ratings.")
        if answers.one_rater_each
        else _(
            "The parts of a rating cannot be told apart here: raters of one person agree fully."
        ),
        _("Give some people a second rater, or let all raters rate the same few written cases."),
    )


def _elsewhere(answers: RaterAnswers) -> NotSaid:
    return NotSaid(
        ngettext(
            "How strict %(n)s further rater is",
            "How strict %(n)s further raters are",
            answers.elsewhere,
        )
        % {"n": count(answers.elsewhere)},
        _("They share too few people with other raters to be compared."),
        _("One person with a rater from each of two groups links the two."),
    )


def _no_midpoint() -> NotSaid:
    return NotSaid(
        _("Who keeps to the middle level"),
        _("No level of the scale is in the middle."),
        "",
    )


def _same_time() -> NotSaid:
    return NotSaid(
        name_of(Habit.CONTRAST),
        _("Ratings of one rater have the same time, so their order is not known."),
        _("A column with the hour and minute of each rating would tell."),
    )


def _not_rated() -> NotSaid:
    return NotSaid(
        _("Whether raters rate people of their own group higher"),
        _("It needs raters whose own group is known, and enough ratings in both directions."),
        _("Raters who are themselves rated in the file under the same name are recognised."),
    )


def _columns(lacking: list[Refused]) -> NotSaid:
    names = ", ".join(name_of(Habit(one.what)) for one in lacking)
    columns = {
        WhyNot.NO_ITEMS: _("answers to at least three single questions"),
        WhyNot.NO_TEXTS: _("the reasons written"),
        WhyNot.NO_ORDER: _("the time of each rating"),
        WhyNot.NO_NOTES: _("the dates of notes behind each rating"),
    }
    needed = dict.fromkeys(columns[WhyNot(one.why)] for one in lacking)
    return NotSaid(
        names,
        _("The file has no columns for it."),
        _("Columns that would tell: %(columns)s.") % {"columns": "; ".join(needed)},
    )
