from django.db import models
from django.db.models import Q

from evenhand.goals.kinds import EvidenceKind, Origin, ValuesFileState
from evenhand.goals.models.goals import Goal, GoalPart
from evenhand.goals.models.plans import value_field
from evenhand.jobs.models import Job
from evenhand.kernel.fields import EncryptedTextField
from evenhand.people.models import Person


class DataSource(models.Model):
    """A system or sheet that sends values for goals. Only the digest of its token is kept."""

    name = models.CharField(max_length=100)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="data_sources")
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class SourceFeed(models.Model):
    """Which goal, or which part of it, a data source means by a key of its own."""

    source = models.ForeignKey(DataSource, on_delete=models.CASCADE, related_name="feeds")
    key = models.CharField(max_length=100)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="feeds")
    part = models.ForeignKey(
        GoalPart, on_delete=models.CASCADE, null=True, blank=True, related_name="feeds"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "key"], name="key_means_one_goal"),
        )

    def __str__(self) -> str:
        return f"{self.key} of {self.source}"


class ValuesFile(models.Model):
    """A file of values that somebody brought for a data source, and what became of it.

    It lies sealed under `stored_as` until it has been taken over or given up. `counts` and the
    first `problems` are what a look at it found; `plan_digest` stands for what it would change.
    """

    source = models.ForeignKey(DataSource, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(default=0)
    stored_as = models.CharField(max_length=200, blank=True)
    key = EncryptedTextField(blank=True)
    state = models.CharField(max_length=9, choices=ValuesFileState, default=ValuesFileState.LOOKING)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    plan_digest = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return self.name


class CheckIn(models.Model):
    """How far a goal, or a part of it, is on a day: a value, a confidence, words. Never changed.

    What was wrong is corrected by another check-in, and then no longer counts. A rate has its
    numerator and denominator; `value` is what the owner means by itself. `request` is a key of
    the sender, so that what is sent twice counts once.
    """

    goal = models.ForeignKey(
        Goal, on_delete=models.CASCADE, related_name="check_ins", db_index=False
    )
    part = models.ForeignKey(
        GoalPart, on_delete=models.CASCADE, null=True, blank=True, related_name="check_ins"
    )
    measured_on = models.DateField()
    value = value_field()
    numerator = value_field()
    denominator = value_field()
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    note = EncryptedTextField(blank=True)
    origin = models.CharField(max_length=6, choices=Origin, default=Origin.PERSON)
    source = models.ForeignKey(
        DataSource, on_delete=models.PROTECT, null=True, blank=True, related_name="check_ins"
    )
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction"
    )
    request = models.CharField(max_length=64, null=True, blank=True, unique=True)

    class Meta:
        ordering = ("measured_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(denominator=None) | Q(denominator__gt=0),
                name="denominator_is_above_zero",
            ),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__lte=10),
                name="confidence_is_zero_to_ten",
            ),
        )
        indexes = (models.Index(fields=["goal", "measured_on", "id"], name="check_in_by_goal"),)

    def __str__(self) -> str:
        return f"check-in {self.pk}"


class Evidence(models.Model):
    """A file or a link that shows what a check-in says.

    The file lies sealed under `stored_as`, and `key` opens it.
    """

    check_in = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=4, choices=EvidenceKind)
    name = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    stored_as = models.CharField(max_length=200, blank=True)
    key = EncryptedTextField(blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "evidence"
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=EvidenceKind.LINK, stored_as="") & ~Q(url="")
                | Q(kind=EvidenceKind.FILE, url="") & ~Q(stored_as=""),
                name="evidence_is_a_file_or_a_link",
            ),
        )

    def __str__(self) -> str:
        return self.name


class GoalReminder(models.Model):
    """That somebody was reminded of a goal; at most once a day."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="reminders")
    to = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["goal", "to", "on"], name="person_is_reminded_of_a_goal_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"reminder {self.pk}"
