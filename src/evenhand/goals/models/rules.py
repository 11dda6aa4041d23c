from django.db import models

from evenhand.goals.kinds import Ambition, GoalKind, Metric, Openness
from evenhand.people.models import Person


class GoalRules(models.Model):
    """How goals are kept here, in versions; the newest stands. Days are calendar days."""

    default_openness = models.CharField(max_length=12, choices=Openness, default=Openness.TEAM)
    widest_openness = models.CharField(
        max_length=12, choices=Openness, default=Openness.ORGANIZATION
    )
    many_goals = models.PositiveSmallIntegerField(default=7)
    most_goals = models.PositiveSmallIntegerField(default=10)
    lowest_weight = models.PositiveSmallIntegerField(default=5)
    highest_weight = models.PositiveSmallIntegerField(default=60)
    cadence_days = models.PositiveSmallIntegerField(default=30)
    grace_days = models.PositiveSmallIntegerField(default=3)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"rules {self.pk}"


class LibraryGoal(models.Model):
    """A well-formed goal to start from. `job_families` names those it fits; empty fits all.

    `parts` are key results or milestones as plain rows; the hints say where a figure comes from.
    """

    code = models.SlugField(max_length=80, unique=True)
    job_families = models.JSONField(default=list, blank=True)
    outcome = models.CharField(max_length=300)
    why = models.CharField(max_length=400, blank=True)
    watch_out = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=10, choices=GoalKind, default=GoalKind.KPI)
    metric = models.CharField(max_length=10, choices=Metric, blank=True)
    ambition = models.CharField(max_length=12, choices=Ambition, default=Ambition.COMMITTED)
    direction = models.CharField(max_length=4, blank=True)
    measure = models.CharField(max_length=300, blank=True)
    unit_of_measure = models.CharField(max_length=40, blank=True)
    data_source = models.CharField(max_length=200, blank=True)
    baseline_hint = models.CharField(max_length=300, blank=True)
    target_hint = models.CharField(max_length=300, blank=True)
    cadence_days = models.PositiveSmallIntegerField(default=30)
    parts = models.JSONField(default=list, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("outcome", "id")

    def __str__(self) -> str:
        return self.outcome
