from django.db import models
from django.db.models import F, Q

from evenhand.assessments.kinds import PartState, Source
from evenhand.competencies.models import Competency, CompetencyVersion, ModelVersion
from evenhand.kernel.fields import EncryptedTextField
from evenhand.people.models import Person


class Assessment(models.Model):
    """One occasion on which a person is seen beside what the job expects.

    What came of it is worked out once, on closing, and then stands: `shortfall` and the share of
    weight that was rated. A closed assessment is never opened again; a new one is.
    """

    subject = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessments")
    model_version = models.ForeignKey(
        ModelVersion, on_delete=models.PROTECT, related_name="assessments"
    )
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    shortfall = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    coverage = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(closed_at=None),
                name="person_has_one_open_assessment",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, shortfall=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="assessment_is_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opened_on")), name="assessment_is_due_after_it_opens"
            ),
        )

    def __str__(self) -> str:
        return f"Assessment of {self.subject}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class AssessedCompetency(models.Model):
    """One competency of an assessment, in the words and at the level that held when it opened.

    On closing: what was observed, the mean of so many `sources`; and what others said as a group,
    as it is published, with how many they are. NULL where there is nothing to say.
    """

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="competencies"
    )
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(CompetencyVersion, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    expected_level = models.PositiveSmallIntegerField()
    weight = models.PositiveSmallIntegerField()
    observed = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    sources = models.PositiveSmallIntegerField(default=0)
    others = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)
    others_count = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "assessed competencies"
        ordering = ("place", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["assessment", "competency"], name="assessment_asks_for_a_competency_once"
            ),
            models.CheckConstraint(
                condition=Q(others=None, others_count=None)
                | Q(others__isnull=False, others_count__gte=3),
                name="others_are_shown_from_three_on",
            ),
        )

    def __str__(self) -> str:
        return f"{self.version} in {self.assessment_id}"


class AssessmentPart(models.Model):
    """What one assessor says. `revision` counts the saves, so that no save undoes another."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="parts")
    assessor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessment_parts")
    source = models.CharField(max_length=7, choices=Source)
    state = models.CharField(max_length=9, choices=PartState, default=PartState.ASKED)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    reopened_because = EncryptedTextField(blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["assessment", "assessor"], name="assessor_is_asked_once"
            ),
            models.UniqueConstraint(
                fields=["assessment", "source"],
                condition=Q(source__in=("self", "manager")),
                name="assessment_has_one_self_and_one_manager",
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", submitted_at__isnull=False)
                | (~Q(state="submitted") & Q(submitted_at=None)),
                name="part_has_a_date_exactly_when_submitted",
            ),
        )

    def __str__(self) -> str:
        return f"Part {self.pk} of assessment {self.assessment_id}"

    @property
    def is_submitted(self) -> bool:
        return self.state == PartState.SUBMITTED

    @property
    def is_in_writing(self) -> bool:
        return self.state in (PartState.ASKED, PartState.BEGUN)


class Given(models.Model):
    """A level from 1 to 5, or that one cannot say, which is not a zero; and an example."""

    level = models.PositiveSmallIntegerField(null=True, blank=True)
    cannot_say = models.BooleanField(default=False)
    example = EncryptedTextField(blank=True)

    class Meta:
        abstract = True


def _is_a_level_or_nothing(model: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(level=None) | Q(level__gte=1, level__lte=5, cannot_say=False),
        name=f"{model}_is_a_level_or_cannot_say",
    )


class Observation(Given):
    """What an assessor says about one competency, as it stands now."""

    part = models.ForeignKey(AssessmentPart, on_delete=models.CASCADE, related_name="observations")
    asked = models.ForeignKey(
        AssessedCompetency, on_delete=models.CASCADE, related_name="observations"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["part", "asked"], name="assessor_says_one_thing_of_a_competency"
            ),
            _is_a_level_or_nothing("observation"),
        )

    def __str__(self) -> str:
        return f"Observation {self.pk}"

    @property
    def says_something(self) -> bool:
        return self.level is not None or self.cannot_say


class ObservationVersion(Given):
    """What an assessor said when the part was submitted, and why again. Never changed."""

    part = models.ForeignKey(AssessmentPart, on_delete=models.PROTECT, related_name="versions")
    asked = models.ForeignKey(AssessedCompetency, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    reason = EncryptedTextField(blank=True)

    class Meta:
        ordering = ("-number", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["part", "asked", "number"], name="observation_numbers_versions"
            ),
            _is_a_level_or_nothing("observation_version"),
        )

    def __str__(self) -> str:
        return f"Version {self.number} of part {self.part_id}"
