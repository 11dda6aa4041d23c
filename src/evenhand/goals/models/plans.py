from decimal import Decimal

from django.db import models

from evenhand.goals.kinds import Ambition, GoalKind, Metric

DIGITS, PLACES = 20, 4


def value_field(*, null: bool = True) -> "models.DecimalField[Decimal | None, Decimal | None]":
    """A measured or a wanted value; four decimal places keep percents and money exact."""
    return models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=null, blank=null)


class Plan(models.Model):
    """What is to be reached: what both sides agree to, as a whole.

    Whether lower is better follows from target and baseline. `low`, `high` and `tolerance` belong
    to goals that keep within limits. `key_results` and milestones are the goal's parts.
    """

    outcome = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=GoalKind, default=GoalKind.KPI)
    metric = models.CharField(max_length=10, choices=Metric, blank=True)
    ambition = models.CharField(max_length=12, choices=Ambition, default=Ambition.COMMITTED)
    measure = models.CharField(max_length=300, blank=True)
    unit_of_measure = models.CharField(max_length=40, blank=True)
    data_source = models.CharField(max_length=200, blank=True)
    baseline = value_field()
    target = value_field()
    low = value_field()
    high = value_field()
    tolerance = value_field()
    starts_on = models.DateField()
    due_on = models.DateField()
    cadence_days = models.PositiveSmallIntegerField(default=30)

    class Meta:
        abstract = True
