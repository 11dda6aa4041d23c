"""Group gaps that ask for something to be done, with the evidence for it."""

from django.utils.translation import gettext as _

from evenhand.analytics.audit.measuring.gaps_results import (
    EventRates,
    GapAnswers,
    GroupRate,
    Test,
)
from evenhand.analytics.audit.telling.gaps_tags import is_blind
from evenhand.analytics.audit.telling.gaps_words import difference
from evenhand.analytics.report import Finding, Tone
from ratingstats.groups.deciding import Decision


def findings_about_gaps(answers: GapAnswers) -> list[Finding]:
    """Gaps to look at, the surest first; of crossings only what no attribute shows by itself."""
    found = [
        (test.holm_p, _finding(answers, name, rates, group))
        for name, both in _named(answers)
        for rates in both
        for group in rates.groups
        if (test := group.test) is not None and test.decision in {Decision.REVIEW, Decision.LOOK}
    ]
    findings = [finding for _p, finding in sorted(found, key=lambda pair: pair[0])]
    return findings or _too_few(answers)


def _named(answers: GapAnswers) -> list[tuple[str, tuple[EventRates, ...]]]:
    alone = [(one.name, one.rates) for one in answers.attributes]
    if any(_asks(group.test) for _name, both in alone for rates in both for group in rates.groups):
        return alone
    return [(one.name, one.rates) for one in answers.crossings]


def _asks(test: Test | None) -> bool:
    return test is not None and test.decision in {Decision.REVIEW, Decision.LOOK}


def _finding(answers: GapAnswers, name: str, rates: EventRates, group: GroupRate) -> Finding:
    test = group.test
    assert test is not None  # noqa: S101  # asked by the caller; tells the type checker
    is_review = test.decision is Decision.REVIEW
    return Finding(
        text=_("%(group)s (%(name)s) are rated differently, beyond chance.")
        % {"group": group.label, "name": name},
        action=_(
            "Ask people who had no part in it to read a sample of reasons, and look for causes in"
            " how work and raters are assigned. Change the process, never single ratings by group."
        )
        if is_review
        else _("Look at its size in each unit and over time before the next cycle."),
        evidence=difference(answers, rates, group, test),
        tone=Tone.BAD if is_review else Tone.LOOK,
    )


def _too_few(answers: GapAnswers) -> list[Finding]:
    """Where most comparisons could not have seen a large gap, the advice is to wait for more."""
    tests = [
        group.test
        for attribute in answers.attributes
        for rates in attribute.rates
        for group in rates.groups
        if group.test is not None
    ]
    blind = sum(is_blind(test) for test in tests)
    if not tests or 2 * blind < len(tests):
        return []
    return [
        Finding(
            text=_("Groups are too small for a gap to be seen."),
            action=_("Look at several cycles together before saying that there is none."),
            evidence=_("%(blind)s of %(n)s comparisons would miss even a gap of 20 points.")
            % {"blind": blind, "n": len(tests)},
            tone=Tone.SOFT,
        )
    ]
