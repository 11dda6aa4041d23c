from datetime import date

from django.db import models
from django.db.models import F, Q

from evenhand.cycles.kinds import (
    AnsweredBy,
    CycleState,
    GoalsNeeded,
    QuestionKind,
    SelfShownToManager,
    ShownToSubject,
    StageKind,
)
from evenhand.people.models import Person, Unit


class Template(models.Model):
    """A way to review people, kept in versions."""

    name = models.CharField(max_length=200, unique=True)
    purpose = models.CharField(max_length=300, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class TemplateVersion(models.Model):
    """One edition of a template. From the day a cycle uses it, it is frozen."""

    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    self_shown_to_manager = models.CharField(
        max_length=20, choices=SelfShownToManager, default=SelfShownToManager.WHEN_SUBMITTED
    )
    guidance = models.TextField(blank=True)

    class Meta:
        ordering = ("template", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=["template", "number"], name="template_numbers_versions"
            ),
            models.UniqueConstraint(
                fields=["template"],
                condition=Q(frozen_at=None),
                name="template_has_one_version_in_writing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.template}, version {self.number}"

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


class ScaleLevel(models.Model):
    """One level of the rating scale of a template version, and what it means."""

    version = models.ForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="levels")
    value = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)
    descriptor = models.CharField(max_length=300)

    class Meta:
        ordering = ("value",)
        constraints = (
            models.UniqueConstraint(fields=["version", "value"], name="level_value_stands_once"),
        )

    def __str__(self) -> str:
        return f"{self.value} {self.label}"


class Section(models.Model):
    """A part of a template. Weights are whole percents; those of a version sum to 100.

    With `shows_goals` the person's goals of the period stand beside its questions.
    """

    version = models.ForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="sections")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    guidance = models.TextField(blank=True)
    weight = models.PositiveSmallIntegerField(default=0)
    shows_goals = models.BooleanField(default=False)

    class Meta:
        ordering = ("place", "id")
        constraints = (
            models.CheckConstraint(condition=Q(weight__lte=100), name="weight_is_a_percentage"),
        )

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """Something a reviewer is asked.

    `choices` lists the words to choose from; `anchors` gives a competency its own descriptor per
    level value (as text keys); `expected_level` is the level a competency asks for, if any.
    """

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=QuestionKind)
    text = models.CharField(max_length=500)
    guidance = models.TextField(blank=True)
    is_required = models.BooleanField(default=True)
    answered_by = models.CharField(max_length=8, choices=AnsweredBy, default=AnsweredBy.BOTH)
    shown_to_subject = models.CharField(
        max_length=16, choices=ShownToSubject, default=ShownToSubject.AFTER_RELEASE
    )
    choices = models.JSONField(default=list, blank=True)
    anchors = models.JSONField(default=dict, blank=True)
    expected_level = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("place", "id")

    def __str__(self) -> str:
        return self.text


class Cycle(models.Model):
    """A period in which everyone who takes part is reviewed once, moving through its stages."""

    name = models.CharField(max_length=200, unique=True)
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="cycles")
    period_starts_on = models.DateField()
    period_ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=CycleState, default=CycleState.DRAFT)
    units = models.ManyToManyField(Unit, blank=True, related_name="+")
    countries = models.JSONField(default=list, blank=True)
    hired_before = models.DateField(null=True, blank=True)
    goals_needed = models.CharField(
        max_length=16, choices=GoalsNeeded, default=GoalsNeeded.NOTHING_WAITS
    )
    launched_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-period_starts_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(period_ends_on__gt=F("period_starts_on")),
                name="cycle_period_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def stage(self, kind: StageKind) -> "Stage":
        """The stage of a kind; every cycle has all of them. Prefetch `stages` for many cycles."""
        return next(stage for stage in self.stages.all() if stage.kind == kind)

    @property
    def is_draft(self) -> bool:
        return self.state == CycleState.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == CycleState.OPEN


class Stage(models.Model):
    """A step of a cycle, from the day it opens to the day it is due (inclusive)."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=16, choices=StageKind)
    opens_on = models.DateField()
    due_on = models.DateField()

    class Meta:
        ordering = ("opens_on", "due_on", "id")
        constraints = (
            models.UniqueConstraint(fields=["cycle", "kind"], name="cycle_has_a_stage_once"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")), name="stage_is_due_after_it_opens"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.cycle}"

    def has_opened(self, day: date) -> bool:
        return self.opens_on <= day


class Selection(models.Model):
    """That a person is in a cycle, or left out of it, by name and for a reason."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="selections")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="selections")
    is_in = models.BooleanField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["cycle", "person"], name="person_is_selected_once"),
        )

    def __str__(self) -> str:
        return f"{self.person} {'in' if self.is_in else 'out of'} {self.cycle}"


class ChosenReviewer(models.Model):
    """Who reviews a person in a cycle in place of the manager, or because there is none."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="chosen_reviewers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="chosen_reviewers")
    reviewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["cycle", "person"], name="reviewer_is_chosen_once"),
            models.CheckConstraint(
                condition=~Q(person=F("reviewer")), name="chosen_reviewer_is_somebody_else"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reviewer} for {self.person}"


class GoalsExcuse(models.Model):
    """That somebody is reviewed in a cycle without agreed goals, by whom and why."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="goals_excuses")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="goals_excuses")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["cycle", "person"],
                condition=Q(ended_at=None),
                name="person_is_excused_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="excuse_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.person} without goals in {self.cycle}"


class Participation(models.Model):
    """That a person is reviewed in a cycle, with the unit, title and country of the launch day."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="participations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    grade = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=60, blank=True)
    joined_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["cycle", "person"], name="person_takes_part_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""),
                name="withdrawal_has_a_reason",
            ),
        )
        indexes = (
            models.Index(
                fields=["cycle", "unit", "withdrawn_at", "released_at"], name="part_by_unit"
            ),
            models.Index(fields=["person", "-joined_at"], name="part_by_person"),
            # Few leave a cycle; those who do are set off from everything that is counted.
            models.Index(
                fields=["cycle", "unit"],
                condition=Q(withdrawn_at__isnull=False),
                name="part_withdrawn",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} in {self.cycle}"

    @property
    def is_released(self) -> bool:
        return self.released_at is not None
