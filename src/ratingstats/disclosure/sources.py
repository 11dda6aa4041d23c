"""Feedback from several sides: who may be shown alone, and what the sides say together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

CLEAR_GAP = 1.0
SLIGHT_GAP = 0.5
MIDDLE = 3.5
HIGH = 4.0
LOW = 2.5
FEWEST_OTHERS = 3


@dataclass(frozen=True, slots=True)
class Side:
    """One group or several merged into one, as they may be shown."""

    names: tuple[str, ...]
    n: int


def merge_groups(counts: Mapping[str, int], k: int) -> tuple[Side, ...]:
    """Merge groups of fewer than k among themselves, so that nobody is asked in vain.

    Where even the merged group stays below k it joins the smallest group that is shown; where
    there is none, nothing is shown. Groups of nobody are left out. Larger groups first, then by
    name; the result does not depend on the order of `counts`.
    """
    present = sorted((n, name) for name, n in counts.items() if n > 0)
    shown = [Side((name,), n) for n, name in present if n >= k]
    small = [(n, name) for n, name in present if n < k]
    if small:
        merged = Side(tuple(sorted(name for _, name in small)), sum(n for n, _ in small))
        shown = _with_merged(shown, merged, k)
    return tuple(sorted(shown, key=lambda side: (-side.n, side.names)))


def _with_merged(shown: list[Side], merged: Side, k: int) -> list[Side]:
    if merged.n >= k:
        return [*shown, merged]
    if not shown:
        return []
    smallest, *rest = shown
    both = Side(tuple(sorted(smallest.names + merged.names)), smallest.n + merged.n)
    return [*rest, both]


def mean_of_sources(means: Sequence[float]) -> float:
    """Each side counts the same, however many answered: the usual overall value, said as such."""
    return sum(means) / len(means)


def pooled_mean(means: Sequence[float], n: Sequence[int]) -> float:
    """Each answer counts the same; differs from `mean_of_sources` where sides differ in size."""
    return sum(mean * count for mean, count in zip(means, n, strict=True)) / sum(n)


def item_may_be_shown(answered: int, cannot_say: int, k: int) -> bool:
    """At least k answered, and fewer than two in three said they cannot say."""
    return answered >= k and 3 * cannot_say < 2 * (answered + cannot_say)


class Gap(StrEnum):
    """How a person's own view stands to that of the others."""

    BLIND_SPOT = "blind_spot"
    HIDDEN_STRENGTH = "hidden_strength"
    AGREED_STRENGTH = "agreed_strength"
    AGREED_NEED = "agreed_need"
    LOOK = "look"
    IN_LINE = "in_line"
    NOT_ENOUGH = "not_enough"


def compare_self(own: float, others: float | None, n: int) -> Gap:
    """Name the gap between a person's own mean and that of n others, on a scale of five levels.

    A blind spot is at least 1 above others who are at 3.5 or below; a hidden strength is at least
    1 below others who are at 3.5 or above. A gap from 0.5 to 1 is worth a look. Otherwise the
    others decide: 4 and more is an agreed strength, 2.5 and less an agreed need. Own views run
    higher than others' (Heidemeier and Moser 2009): a gap is usual and says nothing of honesty.
    """
    if n < FEWEST_OTHERS or others is None:
        return Gap.NOT_ENOUGH
    gap = round(own - others, 9)
    if gap >= CLEAR_GAP and others <= MIDDLE:
        return Gap.BLIND_SPOT
    if gap <= -CLEAR_GAP and others >= MIDDLE:
        return Gap.HIDDEN_STRENGTH
    if SLIGHT_GAP <= abs(gap) < CLEAR_GAP:
        return Gap.LOOK
    return _agreed(others, gap)


def _agreed(others: float, gap: float) -> Gap:
    if others >= HIGH:
        return Gap.AGREED_STRENGTH
    if others <= LOW:
        return Gap.AGREED_NEED
    return Gap.IN_LINE if abs(gap) < SLIGHT_GAP else Gap.LOOK
