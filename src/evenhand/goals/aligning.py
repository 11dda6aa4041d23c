"""What a goal supports: a goal above it, or a strategic objective; never itself in a circle.

Each goal keeps how deep it stands (`depth`, the first of a chain is 1) and the objective at the top
of its chain (`top_objective`); a goal that was dropped or discarded breaks the chain for those
below it. Whether it only repeats the words of the one above is kept as well (`is_near_copy`).
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from evenhand.goals.kinds import AGREED, GoalState
from evenhand.goals.models import Goal, StrategicObjective
from evenhand.goals.rolling import AT_ONCE, roll_up
from evenhand.goals.wording import likeness
from evenhand.kernel.bulk import batches, update_rows
from evenhand.kernel.locking import one_at_a_time
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict

MOST_DEPTH = 8
BREAKS_THE_CHAIN = (GoalState.DROPPED, GoalState.DISCARDED)

GOAL_CYCLE = Verdict(
    "goal_cycle",
    _("That goal already rests on this one, directly or not, so this one cannot support it."),
    Ground.WHAT,
)
CHAIN_TOO_LONG = Verdict(
    "chain_too_long",
    _("A chain has at most 8 goals from top to bottom. Support a goal nearer to the top."),
    Ground.WHAT,
)
SUPPORTS_ONE_THING = Verdict(
    "supports_one_thing",
    _("A goal supports another goal or an objective, not both. Choose one."),
    Ground.WHAT,
)


def lock_with_all_below(goal_ids: Iterable[int]) -> None:
    """Lock goals and everything below them, for changing what they support, or ending them.

    Call it first in the transaction, before any goal is locked: otherwise two people who change
    goals of one chain at once could wait for each other.
    """
    one_at_a_time("aligning goals")
    ids = set(goal_ids)
    for level in _levels_below(ids):
        ids |= level
    for some in batches(_deepest_first(ids), AT_ONCE):
        list(
            Goal.objects.select_for_update()
            .filter(pk__in=some)
            .order_by("-depth", "pk")
            .values_list("pk")
        )


def may_stand_below(goal: Goal, parent: Goal) -> Verdict:
    """Whether a saved goal can support another without a circle or too long a chain."""
    chain = _ids_upwards(parent)
    if goal.pk in chain:
        return GOAL_CYCLE
    height = 1 + sum(1 for _level in _levels_below({goal.pk}))
    return ALLOWED if len(chain) + height <= MOST_DEPTH else CHAIN_TOO_LONG


def place_goal(goal: Goal, *, parent: Goal | None, objective: StrategicObjective | None) -> None:
    """Let a saved goal support another one, an objective, or nothing.

    Call it in the transaction, after the policy; it saves `parent` and `objective`, so leave them
    to it. A circle and a chain of more than 8 goals are
    refused. Depth and objective of the goal and of all below it are brought up to date, and what
    is rolled up above the old and the new place; the goal at hand carries the new values.
    """
    if parent and objective:
        SUPPORTS_ONE_THING.enforce()
    one_at_a_time("aligning goals")
    if parent:
        may_stand_below(goal, parent).enforce()
    former_id = Goal.objects.values_list("parent_id", flat=True).get(pk=goal.pk)
    goal.parent, goal.objective = parent, objective
    Goal.objects.filter(pk=goal.pk).update(parent=parent, objective=objective)
    rethread([goal.pk])
    if goal.state in AGREED:
        roll_up({goal.pk, former_id or goal.pk})
    goal.refresh_from_db(fields=["depth", "top_objective", "is_near_copy"])


def rethread(goal_ids: Iterable[int]) -> None:
    """Bring depth, objective and likeness of these goals and of all below them up to date.

    Call it in the transaction that drops, discards or takes up a goal or gives it another outcome,
    after the change is saved.
    """
    one_at_a_time("aligning goals")
    level = set(goal_ids)
    # Goals may be given together with some below them: those are then threaded again in their turn.
    for _step in range(MOST_DEPTH):
        if not level:
            return
        for some in batches(sorted(level), AT_ONCE):
            _thread(some)
        level = _ids_below(level)


_Thread = tuple[int, int | None, bool]


class _Place(NamedTuple):
    """Where a goal stands, and the goal above it, if any."""

    pk: int
    depth: int
    top_objective_id: int | None
    objective_id: int | None
    parent_depth: int | None
    parent_state: str | None
    parent_top_id: int | None
    is_near_copy: bool
    outcome: str
    parent_outcome: str | None

    @property
    def present(self) -> "_Thread":
        return self.depth, self.top_objective_id, self.is_near_copy

    @property
    def threaded(self) -> "_Thread":
        """What it has by what it supports: depth, objective, and whether it only repeats words."""
        if self.parent_depth is None:
            return 1, self.objective_id, False
        is_broken = self.parent_state in BREAKS_THE_CHAIN
        is_copy = likeness(self.outcome, self.parent_outcome or "").is_near_copy
        return self.parent_depth + 1, None if is_broken else self.parent_top_id, is_copy


def _thread(goal_ids: Collection[int]) -> None:
    """Give goals the depth and the objective that follow from what they directly support."""
    rows = (
        Goal.objects.filter(pk__in=goal_ids)
        .order_by("pk")
        .values_list(
            "pk",
            "depth",
            "top_objective_id",
            "objective_id",
            "parent__depth",
            "parent__state",
            "parent__top_objective_id",
            "is_near_copy",
            "outcome",
            "parent__outcome",
        )
    )
    places = [_Place(*row) for row in rows]
    threads = [(place.threaded, place) for place in places]
    changed = [(*thread, place.pk) for thread, place in threads if thread != place.present]
    update_rows(Goal, ("depth", "top_objective", "is_near_copy"), changed)


def _ids_upwards(goal: Goal) -> list[int]:
    """The goal and all above it, as far as a chain may reach."""
    chain = [goal.pk]
    while len(chain) <= MOST_DEPTH:
        above = Goal.objects.values_list("parent_id", flat=True).get(pk=chain[-1])
        if above is None:
            break
        chain.append(above)
    return chain


def _levels_below(goal_ids: Collection[int]) -> Iterator[set[int]]:
    level = _ids_below(goal_ids)
    for _step in range(MOST_DEPTH):
        if not level:
            return
        yield level
        level = _ids_below(level)


def _ids_below(goal_ids: Collection[int]) -> set[int]:
    below: set[int] = set()
    for some in batches(sorted(goal_ids), AT_ONCE):
        below.update(Goal.objects.filter(parent__in=some).order_by().values_list("pk", flat=True))
    return below


def _deepest_first(goal_ids: Collection[int]) -> list[int]:
    places: list[tuple[int, int]] = []
    for some in batches(sorted(goal_ids), AT_ONCE):
        places += Goal.objects.filter(pk__in=some).order_by().values_list("depth", "pk")
    return [pk for _depth, pk in sorted(places, key=lambda place: (-place[0], place[1]))]
