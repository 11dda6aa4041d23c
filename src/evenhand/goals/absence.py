"""What of a quantity can be expected of an owner who was away or works part of the time.

It is shown beside the goal, with the days it comes from, and two people may agree on it as a
change. Nothing changes by itself, and why somebody was away is not known here.
"""

from datetime import timedelta

from evenhand.goals.kinds import GoalKind, Metric, Scope
from evenhand.goals.models import Goal
from evenhand.goals.prorating import ProRated, Span, days_worked, pro_rated
from evenhand.people.models import Leave, WorkingTime


def expected_for_days_worked(goal: Goal) -> ProRated | None:
    """The target in proportion to the days its owner works while the goal runs.

    Only of a figure of one person that adds up from nought to a target above it, and only where
    days are missing. The leaves known so far count, also those still to come.
    """
    if goal.target is None or not _is_a_quantity(goal):
        return None
    period = Span(goal.starts_on, goal.due_on + timedelta(days=1))
    days = {"starts_on__lt": period.ends_on, "ends_on__gt": period.starts_on}
    leaves = Leave.objects.filter(person=goal.owner_id, **days)
    times = WorkingTime.objects.filter(person=goal.owner_id, **days)
    worked, planned = days_worked(
        period,
        [Span(*row) for row in leaves.values_list("starts_on", "ends_on")],
        [Span(*row) for row in times.values_list("starts_on", "ends_on", "percent")],
    )
    if worked == planned:
        return None
    return pro_rated(goal.target, worked, planned, places=1)


def _is_a_quantity(goal: Goal) -> bool:
    return (
        goal.kind == GoalKind.KPI
        and goal.metric == Metric.CUMULATIVE
        and goal.scope == Scope.PERSON
        and not goal.baseline
        and bool(goal.target and goal.target > 0)
    )
