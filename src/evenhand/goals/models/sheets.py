from django.db import models

from evenhand.kernel.fields import EncryptedTextField
from evenhand.people.models import Person


class GoalSheet(models.Model):
    """A sheet of goals that somebody filled in; its rows are kept sealed until it is taken over."""

    name = models.CharField(max_length=200)
    rows = EncryptedTextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    goals = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return self.name
