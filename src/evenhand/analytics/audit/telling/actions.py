"""What to do next: a few findings turned into actions, each with its evidence."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.analytics.audit.measured import Measured
from evenhand.analytics.audit.measuring.dependence import Dependence
from evenhand.analytics.audit.measuring.design import DesignAnswers
from evenhand.analytics.audit.measuring.gaps_results import GapAnswers, GapRow
from evenhand.analytics.audit.measuring.raters_results import RaterAnswers
from evenhand.analytics.audit.telling.figures import count, percent, points, probability
from evenhand.analytics.audit.telling.findings import (
    findings_about_calibration,
    findings_about_habits,
)
from evenhand.analytics.report import Finding, Findings, Section, Tone
from ratingstats.groups.deciding import Decision

MOST = 6
MUCH = 0.20
NAMED = 3
WEIGHT = {Tone.BAD: 0, Tone.LOOK: 1, Tone.PLAIN: 2, Tone.SOFT: 3, Tone.GOOD: 4}


def tell_actions(measured: Measured) -> Section:
    """The weightiest findings first, at most a handful: nobody does ten things."""
    findings = [
        *_about_groups(measured.gaps),
        *_about_dependence(measured.dependence),
        *_about_raters(measured.raters),
        *findings_about_habits(measured.raters),
        *findings_about_calibration(measured.calibration),
        *_about_design(measured.design),
    ]
    chosen = sorted(findings, key=lambda finding: WEIGHT[finding.tone])[:MOST]
    if not chosen:
        answer = _(
            "Nothing here asks for action. That is no proof that all is well: see what these"
            " ratings could not have shown."
        )
        return Section("actions", _question(), answer, ())
    answer = _("The numbers give reasons to ask, not answers. People decide what follows.")
    return Section("actions", _question(), answer, (Findings(tuple(chosen)),))


def _question() -> str:
    return _("What to do next?")


def _about_dependence(found: Dependence) -> list[Finding]:
    known, findings = found.reliability, []
    if known is not None and known.phi < known.wanted:
        findings.append(_unreliable(found))
    share = found.share_rater
    if share is not None and share >= MUCH and not found.one_rater_each:
        findings.append(
            Finding(
                text=_("Who gives a rating matters much."),
                action=_(
                    "Train raters on examples of each level before the next cycle, and compare"
                    " reasons, not averages, in calibration."
                ),
                evidence=_("%(share)s of the differences come from the rater (n = %(n)s ratings).")
                % {"share": percent(share), "n": count(found.ratings)},
                tone=Tone.LOOK,
            )
        )
    return findings


def _unreliable(found: Dependence) -> Finding:
    known = found.reliability
    assert known is not None  # noqa: S101  # asked by the caller; tells the type checker
    action = (
        _("Do not let single ratings decide about pay: ask for evidence and a second view.")
        if known.needed is None
        else _("Let %(needed)s raters see each person's work, or rest no decision on one rating.")
        % {"needed": count(known.needed)}
    )
    return Finding(
        text=_("Ratings do not tell people apart well enough for pay or promotion."),
        action=action,
        evidence=_("Reliability %(phi)s, %(wanted)s wanted (n = %(n)s ratings).")
        % {
            "phi": points(known.phi),
            "wanted": points(known.wanted),
            "n": count(found.ratings),
        },
        tone=Tone.LOOK,
    )


def _about_design(answers: DesignAnswers) -> list[Finding]:
    if not answers.raters:
        return [_raters_unknown(answers)]
    if answers.can_separate:
        return []
    return [
        Finding(
            text=_("Strict raters and weaker teams cannot be told apart."),
            action=_(
                "Give one person in ten a second rater in the next cycle, or let all raters rate"
                " the same few written cases."
            ),
            evidence=_("%(linked)s of %(persons)s people have more than one rater.")
            % {"linked": count(answers.linked_persons), "persons": count(answers.persons)},
            tone=Tone.LOOK,
        )
    ]


def _raters_unknown(answers: DesignAnswers) -> Finding:
    said = ngettext(
        "None of %(n)s rating says who gave it.",
        "None of %(n)s ratings says who gave it.",
        answers.ratings,
    )
    return Finding(
        text=_("Whether ratings depend on who gives them cannot be asked."),
        action=_("Add a column that says who gave each rating, and run this again."),
        evidence=said % {"n": count(answers.ratings)},
        tone=Tone.SOFT,
    )


def _about_groups(gaps: GapAnswers) -> list[Finding]:
    return [_about_group(row, gaps) for row in gaps.to_look_at[:NAMED]]


def _about_group(row: GapRow, gaps: GapAnswers) -> Finding:
    is_good = row.event == "favourable"
    text = (
        _("Good ratings are rarer: %(group)s.")
        if is_good
        else _("Low ratings are more frequent: %(group)s.")
    )
    act = _(
        "Let a neutral panel read these reviews: are the reasons about the job, and is there"
        " another way to judge it?"
    )
    look = _("Look at the reasons given in these reviews, and at more than one period.")
    return Finding(
        text=text % {"group": row.group},
        action=act if row.decision == Decision.REVIEW else look,
        evidence=_(
            "%(rate)s of %(n)s people, against %(reference)s; p = %(p)s after correction for"
            " %(m)s tests."
        )
        % {
            "rate": percent(row.rate),
            "n": count(row.n),
            "reference": row.reference,
            "p": probability(_deciding_p(row)),
            "m": count(gaps.m),
        },
        tone=Tone.BAD if row.decision == Decision.REVIEW else Tone.LOOK,
    )


def _deciding_p(row: GapRow) -> float:
    """Holm's says when to act, Benjamini-Hochberg's when to look."""
    p = row.holm_p if row.decision == Decision.REVIEW else row.bh_p
    return 1.0 if p is None else p


def _about_raters(raters: RaterAnswers) -> list[Finding]:
    if not raters.flagged:
        return []
    widest = max(raters.flagged, key=lambda row: abs(row.severity))
    return [
        Finding(
            text=_who_differ(raters) % {"n": count(len(raters.flagged))},
            action=ngettext(
                "Talk with the rater in private: which examples stand behind the ratings? A strict"
                " rater may be right.",
                "Talk with each of them in private: which examples stand behind their ratings? A"
                " strict rater may be right.",
                len(raters.flagged),
            ),
            evidence=_(
                "%(flagged)s of %(tested)s tested; the widest difference is %(points)s points"
                " (%(n)s people)."
            )
            % {
                "flagged": count(len(raters.flagged)),
                "tested": count(raters.tested),
                "points": points(abs(widest.severity)),
                "n": count(widest.n),
            },
            tone=Tone.LOOK,
        )
    ]


def _who_differ(raters: RaterAnswers) -> str:
    if raters.confounded:
        return ngettext(
            "%(n)s team, or its rater, differs from the others by more than chance explains.",
            "%(n)s teams, or their raters, differ from the others by more than chance explains.",
            len(raters.flagged),
        )
    return ngettext(
        "%(n)s rater differs from the others by more than chance explains.",
        "%(n)s raters differ from the others by more than chance explains.",
        len(raters.flagged),
    )
