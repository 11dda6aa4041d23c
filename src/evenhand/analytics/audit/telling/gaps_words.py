"""Group gaps in sentences, each with its n and its interval."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from evenhand.analytics.audit.measuring.gaps_results import (
    AttributeGaps,
    EventRates,
    GapAnswers,
    GroupPoints,
    GroupRate,
    Test,
    is_off,
)
from evenhand.analytics.audit.telling.figures import between, count, percent, points, signed
from evenhand.analytics.audit.telling.gaps_tables import levels_of
from evenhand.analytics.audit.telling.gaps_tags import is_blind
from ratingstats.groups.deciding import Decision
from ratingstats.groups.strata import Pooled
from ratingstats.status import Status


def sentences(answers: GapAnswers, attribute: AttributeGaps) -> tuple[str, ...]:
    """What was found about an attribute, what could not have been seen, and what to beware of."""
    said: list[str] = []
    for rates in attribute.rates:
        said += _about_rates(answers, rates)
    said += [line for group in attribute.points for line in _about_points(attribute, group)]
    return tuple(said)


def _about_rates(answers: GapAnswers, rates: EventRates) -> Iterator[str]:
    quiet: list[tuple[GroupRate, Test]] = []
    blind: list[tuple[GroupRate, Test]] = []
    for group in rates.groups:
        test = group.test
        if test is None:
            continue
        if test.decision is Decision.NO_INDICATION and not _fares_better(answers, test):
            (blind if is_blind(test) else quiet).append((group, test))
        else:
            yield f"{difference(answers, rates, group, test)} {_meaning(test.decision)}"
        remark = _at_equal_unit(answers, group, test)
        if remark:
            yield remark
    for is_said, groups in ((False, quiet), (True, blind)):
        if groups:
            yield _nothing_seen(answers, rates, groups, are_few=is_said)
    untested = [g for g in rates.groups if g.test is None and not g.is_reference]
    if untested and rates.reference:
        yield _("Too few to be tested by themselves: %(groups)s.") % {
            "groups": ", ".join(f"{group.label} ({count(group.n)})" for group in untested)
        }


def _fares_better(answers: GapAnswers, test: Test) -> bool:
    """Beyond chance better than the reference, which it is too small to be itself."""
    is_beyond = test.bh_p <= 1 - answers.level
    return is_beyond and test.comparison.focal.rate > test.comparison.reference.rate


def difference(answers: GapAnswers, rates: EventRates, group: GroupRate, test: Test) -> str:
    """One group beside the reference: rates, people, difference and its interval."""
    seen = test.adverse.struck if test.adverse else test.comparison
    low, high = seen.difference_interval
    return _(
        "%(group)s: %(rate)s of %(n)s people were rated “%(levels)s”, against %(best)s of %(m)s"
        " (%(reference)s); the difference is %(difference)s percentage points (%(interval)s)."
    ) % {
        "group": group.label,
        "rate": percent(group.rate),
        "n": count(group.n),
        "levels": levels_of(answers, rates.event),
        "best": percent(seen.reference.rate),
        "m": count(seen.reference.n),
        "reference": rates.reference,
        "difference": signed(100 * seen.difference, 1),
        "interval": between(100 * low, 100 * high, 1),
    }


def _meaning(decision: Decision) -> str:
    words = {
        Decision.REVIEW: _(
            "Chance alone hardly explains it. Let people who were not part of it look at the"
            " reasons, and whether they are about the work."
        ),
        Decision.LOOK: _("Chance alone hardly explains it: look at its size and its trend."),
        Decision.WATCH: _("Chance may explain it: look at several periods together."),
        Decision.NOT_STABLE: _(
            "One person more or less would change the answer: look at several periods together."
        ),
        Decision.STATISTICAL_ONLY: _("It is beyond chance, and too small to matter by itself."),
        Decision.NO_INDICATION: _("The group fares better, and is too small to be the reference."),
    }
    return words.get(decision, "")


def _nothing_seen(
    answers: GapAnswers,
    rates: EventRates,
    quiet: list[tuple[GroupRate, Test]],
    *,
    are_few: bool,
) -> str:
    """No gap, and how large one might have stayed unseen; many groups are summed up.

    Of few people it is said that they are few, as nothing seen says nothing then.
    """
    names = ", ".join(f"{group.label} ({count(group.n)})" for group, _test in quiet[:6])
    if len(quiet) > 6:  # noqa: PLR2004  # a sentence, not a list
        names = _("%(n)s groups") % {"n": count(len(quiet))}
    seen = (
        _("“%(levels)s”: too few people to tell %(groups)s from %(reference)s (%(m)s).")
        if are_few
        else _("No gap in “%(levels)s” was seen for %(groups)s.")
    )
    facts = {
        "groups": names,
        "levels": levels_of(answers, rates.event),
        "reference": rates.reference,
        "m": count(quiet[0][1].comparison.reference.n),
    }
    return f"{seen % facts} {_unseen([test.visible for _group, test in quiet])}"


def _unseen(visible: list[float]) -> str:
    """How large a gap would often have stayed unseen, from the smallest to the largest."""
    low, high = (points(100 * gap, 0) for gap in (min(visible), max(visible)))
    said = (
        _(
            "With so many people, a gap of less than %(high)s percentage points would often have"
            " stayed unseen."
        )
        if low == high
        else _(
            "With so many people, a gap of less than %(low)s to %(high)s percentage points would"
            " often have stayed unseen."
        )
    )
    return said % {"low": low, "high": high}


def _at_equal_unit(answers: GapAnswers, group: GroupRate, test: Test) -> str:
    """What becomes of a gap within units: gone, turned, new, or not the same everywhere."""
    pooled = test.at_equal_unit
    if pooled is None or pooled.status is Status.REFUSED or not pooled.strata > 1:
        return ""
    low, high = pooled.difference_interval
    facts = {
        "group": group.label,
        "difference": signed(100 * pooled.difference, 1),
        "interval": between(100 * low, 100 * high, 1),
        "units": count(pooled.strata),
        "n": count(pooled.people),
    }
    alpha = 1 - answers.level
    speaks = test.comparison.exact.two_sided <= alpha
    if speaks and not _is_off(pooled):
        return (
            _(
                "Within units the difference of %(group)s is %(difference)s percentage points"
                " (%(interval)s; %(n)s people in %(units)s units): no gap can be seen there. The"
                " question then is who comes to work in which unit."
            )
            % facts
        )
    if not speaks and pooled.p * answers.m <= alpha:
        return (
            _(
                "Within units %(group)s differ by %(difference)s percentage points (%(interval)s;"
                " %(n)s people in %(units)s units), which the whole hides."
            )
            % facts
        )
    if speaks and pooled.status is Status.CAUTION:
        return _("The gap of %(group)s differs between units: look at each.") % facts
    return ""


def _is_off(pooled: Pooled) -> bool:
    low, high = pooled.difference_interval
    return low > 0 or high < 0


def _about_points(attribute: AttributeGaps, group: GroupPoints) -> Iterator[str]:
    """Means: only what stands out, and what would mislead if left unsaid."""
    found, gap = group.standardized, group.adjusted
    if found is not None and found.is_notable:
        yield _(
            "%(group)s are rated %(difference)s points from %(reference)s on average, %(g)s"
            " standard deviations (%(interval)s; n = %(n)s)."
        ) % {
            "group": group.label,
            "reference": attribute.reference,
            "difference": signed(found.difference),
            "g": signed(found.g),
            "interval": between(*found.interval),
            "n": count(group.n),
        }
    if gap is not None and gap.status is Status.MEASURED and is_off(gap):
        yield _(
            "At equal circumstances %(group)s are rated %(gap)s points from %(reference)s"
            " (%(interval)s; n = %(n)s); without holding anything equal it is %(raw)s."
        ) % {
            "group": group.label,
            "reference": attribute.reference,
            "gap": signed(gap.gap),
            "interval": between(*gap.interval),
            "raw": signed(gap.raw),
            "n": count(gap.focal),
        }
        if group.ordinal is not None and not _agrees(group):
            yield _(
                "Asked of levels instead of points, the gap of %(group)s is not as clear: take it"
                " with care."
            ) % {"group": group.label}
    if group.vanishes_only_with_tainted:
        yield _(
            "The gap of %(group)s goes only when tainted controls are held equal too. A control"
            " that the same people decide does not explain a gap."
        ) % {"group": group.label}


def _agrees(group: GroupPoints) -> bool:
    """Whether the levels say the same as the points: same sign, nought outside."""
    if group.ordinal is None or group.adjusted is None:
        return False
    low, high = group.ordinal.interval
    return low > 0 if group.adjusted.gap > 0 else high < 0
