"""How many goals are too many, and what they may weigh."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from math import ceil

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from evenhand.goals.kinds import GoalState
from evenhand.goals.models import Goal, GoalOwner, GoalRules
from evenhand.kernel.remembering import looked_up_once
from evenhand.kernel.verdict import ALLOWED, Ground, Verdict

WHOLE = 100

NOT_ALL_WEIGHED = Verdict(
    "not_all_weighed",
    _("The goals in force have changed since. Look at the list again and weigh all of them."),
    Ground.WHEN,
)
NOTHING_TO_WEIGH = Verdict(
    "nothing_to_weigh",
    _("No goal is in force yet, so there is nothing to weigh. Agree on goals first."),
    Ground.WHEN,
)


@looked_up_once
def rules_in_force() -> GoalRules:
    """The newest rules; without any, those Evenhand comes with."""
    return GoalRules.objects.order_by("-pk").first() or GoalRules()


def goals_in_force(person_id: int, on: date) -> list[GoalOwner]:
    """The goals a person owns on the day, alone or with others, that are in force."""
    shares = GoalOwner.objects.on(on).filter(person=person_id, goal__state=GoalState.ACTIVE)
    return list(shares.select_related("goal").order_by("goal__due_on", "goal_id"))


def room_for_one_more(owner_ids: Collection[int], goal: Goal, *, on: date) -> Verdict:
    """Nobody has more goals in force than the rules allow."""
    most = rules_in_force().most_goals
    counted = (
        GoalOwner.objects.on(on)
        .filter(person__in=owner_ids, goal__state=GoalState.ACTIVE)
        .exclude(goal=goal)
        .order_by()
        .values("person")
        .annotate(n=Count("pk"))
    )
    if all(row["n"] < most for row in counted):
        return ALLOWED
    reason = _(
        "That would be more than %(most)d goals in force for one person. Close or drop one first."
    )
    return Verdict("too_many_goals", reason % {"most": most}, Ground.WHEN)


def are_many(count: int) -> bool:
    """Whether a person has more goals in force than one can well keep in mind; only a warning."""
    return count > rules_in_force().many_goals


def may_weigh_so(weights: Mapping[int, int], goal_ids: Sequence[int]) -> Verdict:
    """Weights name each goal in force once, sum to exactly 100, and none is too small or large."""
    if not goal_ids:
        return NOTHING_TO_WEIGH
    if set(weights) != set(goal_ids):
        return NOT_ALL_WEIGHED
    whole = sum(weights.values())
    if whole != WHOLE:
        reason = _("The weights sum to %(sum)d. Together they must make exactly 100.")
        return Verdict("weights_do_not_sum", reason % {"sum": whole}, Ground.WHAT)
    lowest, highest = bounds_for(len(goal_ids))
    if all(lowest <= weight <= highest for weight in weights.values()):
        return ALLOWED
    reason = _("Each of these goals weighs between %(lowest)d and %(highest)d percent.")
    return Verdict(
        "weight_out_of_bounds", reason % {"lowest": lowest, "highest": highest}, Ground.WHAT
    )


def bounds_for(count: int) -> tuple[int, int]:
    """The least and the most one of so many goals weighs; always such that 100 can be reached.

    One goal weighs 100. With two and at most 60 each, neither weighs less than 40.
    """
    rules = rules_in_force()
    highest = max(rules.highest_weight, ceil(WHOLE / count))
    lowest = min(rules.lowest_weight, WHOLE // count)
    return max(lowest, WHOLE - (count - 1) * highest), min(highest, WHOLE - (count - 1) * lowest)
