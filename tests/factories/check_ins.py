"""Goals in force and how far they are.

agreed_goal()                                   a figure from 0 to 100 in 2026, of somebody
agreed_goal(owner=ben, kind="yes_no", metric="", baseline=None, target=None)
key_results(goal, (60, 0, 10), (40, 8, 5))      weight, baseline, target of each
checked_in(goal, "42", on=date(2026, 5, 1))     a value that counts once `measure_goals` has run
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from evenhand.goals.kinds import Metric
from evenhand.goals.models import CheckIn, GoalPart
from tests.factories.goals import GoalFactory

MAY = date(2026, 5, 1)


def agreed_goal(**given):
    plan = {"unit_of_measure": "%", "baseline": Decimal(0), "target": Decimal(100)}
    return GoalFactory(**(plan | given))


def key_results(goal, *parts, metric=Metric.LEVEL):
    """One for each (weight, baseline, target)."""
    return [
        GoalPart.objects.create(
            goal=goal,
            place=place,
            title=f"Key result {place}",
            metric=metric,
            baseline=baseline,
            target=target,
            weight=weight,
        )
        for place, (weight, baseline, target) in enumerate(parts, start=1)
    ]


def milestones_of(goal, *weights):
    return key_results(goal, *((weight, None, None) for weight in weights), metric="")


def checked_in(goal, value=None, *, on=MAY, **given):
    at = given.pop("at", datetime.combine(on, time(12), tzinfo=UTC))
    author = given.pop("author", None) or goal.owner
    if isinstance(value, str | int):
        value = Decimal(value)
    facts = {"goal": goal, "value": value, "measured_on": on, "author": author, "at": at}
    return CheckIn.objects.create(**(facts | given))
