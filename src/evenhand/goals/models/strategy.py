from datetime import date

from django.db import models
from django.db.models import Q

from evenhand.kernel.periods import Dated, DatedQuerySet, ends_after_it_starts
from evenhand.people.models import Person, Unit


class ObjectiveQuerySet(DatedQuerySet["StrategicObjective"]):
    def live(self, day: date) -> "ObjectiveQuerySet":
        """Those that hold on the day and have not been withdrawn."""
        return self.filter(starts_on__lte=day, ends_on__gt=day, withdrawn_at=None)


class StrategicObjective(Dated):
    """Something the organization, or one unit of it, wants to reach in a period."""

    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="objectives")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="objectives"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "title", "id")
        constraints = (ends_after_it_starts("strategic_objective"),)

    def __str__(self) -> str:
        return self.title

    def is_live(self, day: date) -> bool:
        return self.withdrawn_at is None and self.holds_on(day)


class ObjectiveVersion(models.Model):
    """What once stood for an objective: by whom, when, why. Never changed."""

    objective = models.ForeignKey(
        StrategicObjective, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    is_withdrawn = models.BooleanField(default=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("objective", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["objective", "number"], name="objective_numbers_versions"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="change_of_objective_has_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"
