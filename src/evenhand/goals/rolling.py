"""What the goals below make of the one above, so that nothing counts twice.

    rolled score    = sum(share * score) / sum(share), over supporting goals that have a score
    rolled coverage = sum(share that has a score) / sum(share of all)

Supporting goals are the agreed ones of the same ambition: committed and aspirational are never
averaged into one figure. One that was dropped with approval leaves the score and stays uncovered;
dropped without approval it counts 0. Under 60 % coverage there is no score.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from evenhand.goals.kinds import AGREED, GoalState, RollUpFrom
from evenhand.goals.models import Goal
from evenhand.goals.scoring import ZERO, stepped
from evenhand.kernel.bulk import batches, update_rows

LEAST_COVERAGE = Decimal("0.6")
# So many ids go into one statement; both databases take them.
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Supporter:
    """One thing that counts in a figure: its share, and its score if it has one."""

    share: int
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class Rolled:
    """A figure made of others; without a score where less than 60 % of the shares have one."""

    score: Decimal | None
    coverage: Decimal | None


NOTHING = Rolled(None, None)


def rolled(supporters: Iterable[Supporter]) -> Rolled:
    """The mean score by share, over those that have one, and how much of the shares they are."""
    known = list(supporters)
    whole = sum(one.share for one in known)
    if not whole:
        return NOTHING
    scored = [(one.share, one.score) for one in known if one.score is not None]
    counted = sum(share for share, _score in scored)
    coverage = stepped(Decimal(counted) / whole)
    if not counted or counted < LEAST_COVERAGE * whole:
        return Rolled(None, coverage)
    mean = sum((share * score for share, score in scored), ZERO) / counted
    return Rolled(stepped(mean), coverage)


def counted_score(rolls_up_from: str, own: Decimal | None, below: Decimal | None) -> Decimal | None:
    """The score a goal counts with: its own, that of the goals below, or both by half.

    Where both count and one is missing there is none: half is less than 60 %.
    """
    if rolls_up_from == RollUpFrom.OWN:
        return own
    if rolls_up_from == RollUpFrom.CHILDREN:
        return below
    return rolled([Supporter(1, own), Supporter(1, below)]).score


def counts_with(score: Decimal | None, state: str, *, drop_is_approved: bool) -> Decimal | None:
    """The score of an agreed goal as it counts: 0 once dropped, none once that is approved."""
    if state != GoalState.DROPPED:
        return score
    return None if drop_is_approved else ZERO


def roll_up(goal_ids: Iterable[int]) -> None:
    """Bring what was rolled up from these goals up to date: theirs, and that of all above them.

    Call it in the transaction that changed their scores, states, ambitions or shares, or what
    they support; after the change is saved. Goals above are locked deepest first, then by number:
    whoever locks several goals themself does it in the same order (`order_by("-depth", "pk")`).
    """
    waiting: dict[int, set[int]] = defaultdict(set)
    for some in batches(sorted(set(goal_ids)), AT_ONCE):
        below = Goal.objects.filter(parent__in=some).order_by()
        has_below = set(below.values_list("parent_id", flat=True).distinct())
        rows = Goal.objects.filter(pk__in=some).order_by()
        for pk, parent_id, depth, coverage in rows.values_list(
            "pk", "parent_id", "depth", "rolled_coverage"
        ):
            if coverage is not None or pk in has_below:
                waiting[depth].add(pk)
            if parent_id is not None:
                waiting[depth - 1].add(parent_id)
    while waiting:
        deepest = max(waiting)
        if above_ids := _roll_level(waiting.pop(deepest)):
            waiting[deepest - 1].update(above_ids)


class _Kept(NamedTuple):
    """A goal above, as it stands before it is rolled up anew."""

    pk: int
    parent_id: int | None
    ambition: str
    rolls_up_from: str
    score: Decimal | None
    rolled_score: Decimal | None
    rolled_coverage: Decimal | None

    def counted(self, below: Decimal | None) -> Decimal | None:
        return counted_score(self.rolls_up_from, self.score, below)


def _roll_level(goal_ids: set[int]) -> set[int]:
    """Roll up goals of one depth; the goals above those whose score thereby changed."""
    above: set[int] = set()
    for some in batches(sorted(goal_ids), AT_ONCE):
        rows = Goal.objects.select_for_update().filter(pk__in=some).order_by("pk")
        kept = [_Kept(*row) for row in rows.values_list(*_Kept._fields)]
        # Only now: whoever changed a goal below and held the one above has ended.
        supporters = _supporters(some)
        changed = []
        for goal in kept:
            new = rolled(supporters[goal.pk, goal.ambition])
            if new == Rolled(goal.rolled_score, goal.rolled_coverage):
                continue
            changed.append((new.score, new.coverage, goal.pk))
            if goal.parent_id and goal.counted(new.score) != goal.counted(goal.rolled_score):
                above.add(goal.parent_id)
        update_rows(Goal, ("rolled_score", "rolled_coverage"), changed)
    return above


def _supporters(parent_ids: list[int]) -> dict[tuple[int, str], list[Supporter]]:
    """By goal above and ambition, what supports it."""
    found: dict[tuple[int, str], list[Supporter]] = defaultdict(list)
    for parent_id, ambition, supporter in _agreed_below(parent_ids):
        found[parent_id, ambition].append(supporter)
    return found


def _agreed_below(parent_ids: list[int]) -> Iterator[tuple[int, str, Supporter]]:
    rows = (
        Goal.objects.filter(parent__in=parent_ids, state__in=AGREED)
        .order_by()
        .values_list(
            "parent_id",
            "ambition",
            "share_of_parent",
            "state",
            "drop_is_approved",
            "rolls_up_from",
            "score",
            "rolled_score",
        )
    )
    for parent_id, ambition, share, state, drop_is_approved, source, own, below in rows:
        score = counted_score(source, own, below)
        counted = counts_with(score, state, drop_is_approved=drop_is_approved)
        yield parent_id, ambition, Supporter(share, counted)
