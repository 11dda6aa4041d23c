"""What a comparison asks for: a person to look, more people, or nothing. Never a verdict."""

from enum import StrEnum

from ratingstats.groups.comparing import AdverseComparison, Comparison

# Differences of rates this close are of no practical weight, whatever p says (small is .2).
TINY_H = 0.1
ONE_PERSON = 1.0


class Decision(StrEnum):
    """REVIEW asks for a neutral panel, LOOK for a closer look, WATCH for more periods.

    STATISTICAL_ONLY is beyond chance and too small to matter; NOT_STABLE hangs on one person;
    NO_INDICATION is no proof that there is nothing.
    """

    REVIEW = "review"
    LOOK = "look"
    WATCH = "watch"
    STATISTICAL_ONLY = "statistical only"
    NOT_STABLE = "not stable"
    NO_INDICATION = "no indication"
    NOT_TESTED = "not tested"


def decide(comparison: Comparison, *, p_act: float, p_look: float, alpha: float = 0.05) -> Decision:
    """What a favourable event asks for.

    `p_act` is the p-value to act on (Holm's within a family), `p_look` the one to look by
    (Benjamini-Hochberg's); for a single test both are Fisher's.

    | | below four-fifths | not below |
    |---|---|---|
    | beyond chance | REVIEW (LOOK where only `p_look` is small) | LOOK |
    | not | WATCH | NO_INDICATION |

    NOT_STABLE instead of WATCH, and LOOK instead of REVIEW, where one person decides between below
    and not below; STATISTICAL_ONLY instead of REVIEW and LOOK where fewer than one person is
    missing, or of LOOK where Cohen's h is under 0.1. A group that fares better than the reference,
    being too small to be the reference itself, gives NO_INDICATION.
    """
    if comparison.focal.rate > comparison.reference.rate:
        return Decision.NO_INDICATION
    if p_look <= alpha:
        return _beyond_chance(comparison, may_act=p_act <= alpha)
    if not comparison.below_four_fifths:
        return Decision.NO_INDICATION
    return Decision.WATCH if comparison.is_stable else Decision.NOT_STABLE


def decide_adverse(
    comparison: AdverseComparison, *, p_act: float, p_look: float, alpha: float = 0.05
) -> Decision:
    """What an unwelcome event asks for: by its complement, and by the adverse rates themselves.

    Beyond chance with an adverse rate above 5/4 of the reference's is never "statistical only" for
    being close in the complement: of a rare event the complement hides everything.
    """
    seen = decide(comparison.spared, p_act=p_act, p_look=p_look, alpha=alpha)
    is_weighty = comparison.is_struck_more and comparison.spared.shortfall >= ONE_PERSON
    if seen is Decision.STATISTICAL_ONLY and is_weighty:
        return Decision.LOOK
    return seen


def _beyond_chance(comparison: Comparison, *, may_act: bool) -> Decision:
    if comparison.shortfall < ONE_PERSON:
        return Decision.STATISTICAL_ONLY
    if not comparison.below_four_fifths:
        return Decision.STATISTICAL_ONLY if comparison.h < TINY_H else Decision.LOOK
    return Decision.REVIEW if may_act and comparison.is_stable else Decision.LOOK
