from datetime import date
from typing import TypeVar

from django.db import models
from django.db.models import F, Q

from evenhand.competencies.kinds import Category, Nature
from evenhand.kernel.periods import FOREVER
from evenhand.people.models import Person

E = TypeVar("E", bound="Edition")


class EditionQuerySet(models.QuerySet[E]):
    def published(self) -> "EditionQuerySet[E]":
        return self.filter(published_at__isnull=False)

    def in_force(self, day: date) -> "EditionQuerySet[E]":
        """What has been published and holds on the day."""
        return self.filter(published_at__isnull=False, starts_on__lte=day, ends_on__gt=day)


class Edition(models.Model):
    """One version of something kept in versions; it has days from when it is published."""

    number = models.PositiveIntegerField()
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(default=FOREVER)
    published_at = models.DateTimeField(null=True, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def first_day(self) -> date:
        """The day from which it counts; no day yet while it is in writing."""
        return self.starts_on or FOREVER


def _has_days_when_published(model: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(published_at=None, starts_on=None)
        | Q(published_at__isnull=False, starts_on__isnull=False, ends_on__gte=F("starts_on")),
        name=f"{model}_has_days_when_published",
    )


class Competency(models.Model):
    """Something a job needs somebody to know or to be able to do."""

    code = models.SlugField(max_length=80, unique=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "competencies"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class CompetencyVersion(Edition):
    """What a competency is called and means, from a day to a day.

    `questions` are asked in a structured interview; `look_for` says what a good answer has.
    """

    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=120)
    category = models.CharField(max_length=10, choices=Category, default=Category.CORE)
    nature = models.CharField(max_length=9, choices=Nature, default=Nature.SKILL)
    definition = models.TextField(blank=True)
    questions = models.JSONField(default=list, blank=True)
    look_for = models.JSONField(default=list, blank=True)

    objects = EditionQuerySet["CompetencyVersion"].as_manager()

    class Meta:
        ordering = ("competency", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=["competency", "number"], name="competency_numbers_versions"
            ),
            models.UniqueConstraint(
                fields=["competency"],
                condition=Q(published_at=None),
                name="competency_has_one_version_in_writing",
            ),
            _has_days_when_published("competency_version"),
        )

    def __str__(self) -> str:
        return self.name


class Level(models.Model):
    """One level of a competency, and what one sees at it."""

    version = models.ForeignKey(CompetencyVersion, on_delete=models.CASCADE, related_name="levels")
    value = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)
    descriptor = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("value",)
        constraints = (
            models.UniqueConstraint(
                fields=["version", "value"], name="competency_level_stands_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.value} {self.label}"


class Anchor(models.Model):
    """Something one can see a person do, which shows a level."""

    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="anchors")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)

    class Meta:
        ordering = ("place", "id")

    def __str__(self) -> str:
        return self.text


class CompetencyModel(models.Model):
    """Which competencies a kind of job needs, kept in versions."""

    code = models.SlugField(max_length=80, unique=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class ModelVersion(Edition):
    """For which jobs a model is, from a day to a day. What is left empty fits every job.

    `grades` lists grades as HR writes them.
    """

    model = models.ForeignKey(CompetencyModel, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=120)
    job_family = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=200, blank=True)
    grades = models.JSONField(default=list, blank=True)

    objects = EditionQuerySet["ModelVersion"].as_manager()

    class Meta:
        ordering = ("model", "-number")
        constraints = (
            models.UniqueConstraint(fields=["model", "number"], name="model_numbers_versions"),
            models.UniqueConstraint(
                fields=["model"],
                condition=Q(published_at=None),
                name="model_has_one_version_in_writing",
            ),
            _has_days_when_published("model_version"),
        )

    def __str__(self) -> str:
        return self.name


class Requirement(models.Model):
    """The level of a competency that a model expects, and its weight in whole percents."""

    version = models.ForeignKey(ModelVersion, on_delete=models.CASCADE, related_name="requirements")
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="requirements"
    )
    place = models.PositiveSmallIntegerField()
    expected_level = models.PositiveSmallIntegerField()
    weight = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["version", "competency"], name="model_asks_for_a_competency_once"
            ),
            models.CheckConstraint(
                condition=Q(expected_level__gte=1, expected_level__lte=5),
                name="expected_level_is_one_of_five",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100), name="requirement_has_a_weight"
            ),
        )

    def __str__(self) -> str:
        return f"{self.competency} at {self.expected_level}"


class LibraryImport(models.Model):
    """A workbook somebody brought, with its rows until it is applied or thrown away."""

    file_name = models.CharField(max_length=200)
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    rows = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-brought_at", "-id")

    def __str__(self) -> str:
        return self.file_name
