from django.db import models

from evenhand.integrations.kinds import OPEN, ChangeKind, ImportState
from evenhand.jobs.models import Job
from evenhand.spreadsheets.tables import Severity


class SavedMapping(models.Model):
    """Which column of a kind of file says what, under a name, so that nobody chooses it again."""

    name = models.CharField(max_length=100, unique=True)
    mapping = models.JSONField()
    changed_at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class PeopleImport(models.Model):
    """A file of people that somebody brought, what it would change, and what became of it.

    `file` names the sealed upload and is empty once nothing of it is kept; `seen` is what the file
    looks like (columns and what they were taken for, no row of it); `plan_digest` stands for all
    that the plan shows.
    """

    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    file = models.CharField(max_length=100, blank=True)
    sheet = models.CharField(max_length=100, blank=True)
    rows = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.MAPPING)
    seen = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    mapping_name = models.CharField(max_length=100, blank=True)
    is_complete = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField()
    uploaded_by_id = models.BigIntegerField()
    uploaded_by_name = models.CharField(max_length=200)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    planned_on = models.DateField(null=True)
    plan_digest = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (models.Index(fields=["-uploaded_at", "-id"], name="import_by_time"),)

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def has_errors(self) -> bool:
        return bool(self.counts.get("errors"))


class PlannedChange(models.Model):
    """What an import would change about one person, or a unit it would make; gone once it ends.

    `facts` are rows of fact, old, new and the day from which it holds; `fact_names` finds them.
    """

    people_import = models.ForeignKey(
        PeopleImport, on_delete=models.CASCADE, related_name="changes", db_index=False
    )
    kind = models.CharField(max_length=8, choices=ChangeKind)
    row = models.PositiveIntegerField()
    number = models.CharField(max_length=60)
    name = models.CharField(max_length=210)
    fact_names = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=list)

    class Meta:
        indexes = (
            models.Index(fields=["people_import", "kind", "row", "id"], name="change_by_row"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.kind}"


class PlannedProblem(models.Model):
    """What is wrong with a file, in which row and column; row 0 is the file as a whole."""

    people_import = models.ForeignKey(
        PeopleImport, on_delete=models.CASCADE, related_name="problems", db_index=False
    )
    row = models.PositiveIntegerField()
    column = models.TextField(blank=True)
    value = models.TextField(blank=True)
    code = models.CharField(max_length=40)
    message = models.TextField()
    severity = models.CharField(max_length=7, choices=[(s.value, s.value) for s in Severity])

    class Meta:
        indexes = (
            models.Index(
                fields=["people_import", "severity", "row", "id"], name="problem_by_severity"
            ),
        )

    def __str__(self) -> str:
        return self.message
