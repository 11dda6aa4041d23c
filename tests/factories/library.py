"""Goals of the library to start from.

LibraryGoalFactory(outcome="Answer …", job_families=["Finance"])
LibraryGoalFactory(retired=True)
"""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from evenhand.goals.kinds import GoalKind, Metric
from evenhand.goals.models import LibraryGoal


class LibraryGoalFactory(DjangoModelFactory):
    """A figure to start from, for every job."""

    class Meta:
        model = LibraryGoal

    class Params:
        retired = factory.Trait(retired_at=factory.LazyFunction(timezone.now))

    code = factory.Sequence(lambda n: f"library-goal-{n}")
    outcome = factory.Sequence(lambda n: f"Answer request number {n} within the promised time")
    why = "Serves a strategy of working well together."
    watch_out = "A quick answer can be an empty one."
    kind = GoalKind.KPI
    metric = Metric.RATE
    direction = "up"
    measure = "Requests answered in time, of all requests"
    unit_of_measure = "%"
    data_source = "Request list"
    baseline_hint = "The last three months"
    target_hint = "The best month"
