from django.db import models

from evenhand.analytics.kinds import Audience
from evenhand.cycles.models import Cycle
from evenhand.jobs.models import Job
from evenhand.kernel.fields import EncryptedTextField
from evenhand.people.models import Person


class RatingAudit(models.Model):
    """What was found when the ratings of a cycle were audited. Never changed; a later one is new.

    The summary is what others than specialists may come to read: no rater is named in it.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="rating_audits")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="rating_audit")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    choices = models.JSONField(default=dict)
    ratings = models.PositiveIntegerField()
    persons = models.PositiveIntegerField()
    numbers = EncryptedTextField()
    report = EncryptedTextField()
    summary_numbers = EncryptedTextField()
    summary_report = EncryptedTextField()

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return f"Audit of the ratings of {self.cycle}"


class AuditPublication(models.Model):
    """For whom an audit was opened, by whom and when. The last one counts."""

    audit = models.ForeignKey(RatingAudit, on_delete=models.PROTECT, related_name="publications")
    audience = models.CharField(max_length=12, choices=Audience)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.audit} for {self.get_audience_display()}"


class ReleasedSet(models.Model):
    """People about whom, together, an audit has told something. Never forgotten.

    `members` are the keys of the persons, sealed; `digest` is the same for the same people.
    """

    audit = models.ForeignKey(RatingAudit, on_delete=models.PROTECT, related_name="released_sets")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=60)
    digest = models.CharField(max_length=32)
    people = models.PositiveIntegerField()
    members = EncryptedTextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["cycle", "measure", "digest"], name="people_are_released_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.people} people, {self.measure}"
