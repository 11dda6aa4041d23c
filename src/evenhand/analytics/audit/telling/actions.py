"""What to do next: a few findings turned into actions, each with its evidence."""

from django.utils.translation import gettext as _

from evenhand.analytics.audit.measuring.dependence import Dependence
from evenhand.analytics.audit.measuring.design import DesignAnswers
from evenhand.analytics.audit.telling.figures import count, percent, points
from evenhand.analytics.report import Finding, Findings, Section, Tone

MOST = 6
MUCH = 0.20
WEIGHT = {Tone.BAD: 0, Tone.LOOK: 1, Tone.PLAIN: 2, Tone.SOFT: 3, Tone.GOOD: 4}


def tell_actions(findings: list[Finding]) -> Section:
    """The weightiest findings first, at most a handful: nobody does ten things."""
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


def findings_about_dependence(found: Dependence) -> list[Finding]:
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


def findings_about_design(answers: DesignAnswers) -> list[Finding]:
    if not answers.raters or answers.can_separate:
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
