from django.db import models
from django.db.models import Q

from evenhand.cycles.models import Cycle, Participation, Question
from evenhand.kernel.fields import EncryptedTextField
from evenhand.people.models import Person, Unit
from evenhand.reviews.kinds import (
    KeptBecause,
    RatingOrigin,
    ReviewKind,
    ReviewState,
    SignOffDecision,
)


class Review(models.Model):
    """What one author says about one person in one cycle.

    `cycle`, `subject` and `unit` repeat what the participation froze at launch, so that progress
    is counted from one index.
    """

    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="reviews"
    )
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="reviews")
    subject = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviews_received")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ReviewKind)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviews_to_write")
    state = models.CharField(max_length=12, choices=ReviewState, default=ReviewState.NOT_STARTED)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["participation", "kind"], name="one_review_of_a_kind_per_participation"
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.SUBMITTED, submitted_at__isnull=False)
                | (~Q(state=ReviewState.SUBMITTED) & Q(submitted_at=None)),
                name="review_has_a_date_exactly_when_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ReviewKind.SELF) | Q(author=models.F("subject")),
                name="self_review_is_by_the_subject",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ReviewKind.MANAGER) | ~Q(author=models.F("subject")),
                name="manager_review_is_by_another",
            ),
        )
        indexes = (
            models.Index(
                fields=["cycle", "kind", "unit", "state", "submitted_at", "author"],
                name="review_progress",
            ),
            models.Index(fields=["author", "state", "cycle"], name="review_by_author"),
            models.Index(fields=["subject", "kind", "cycle"], name="review_by_subject"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.subject}"

    @property
    def is_self(self) -> bool:
        return self.kind == ReviewKind.SELF

    @property
    def is_begun(self) -> bool:
        return self.state != ReviewState.NOT_STARTED

    @property
    def is_submitted(self) -> bool:
        return self.state == ReviewState.SUBMITTED


class Answer(models.Model):
    """What stands for a question now. Every save raises the revision by one."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    revision = models.PositiveIntegerField(default=1)
    text = EncryptedTextField(blank=True)
    length = models.PositiveIntegerField(default=0)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    not_rated = models.BooleanField(default=False)
    choice = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    tab = models.CharField(max_length=40, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["review", "question"], name="question_is_answered_once"
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(not_rated=False), name="answer_is_rated_or_not"
            ),
        )

    def __str__(self) -> str:
        return f"answer {self.pk}"


class AnswerVersion(models.Model):
    """Words or a rating that once stood for a question, or nearly did. Never changed."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="former_answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    kept_because = models.CharField(max_length=12, choices=KeptBecause)
    text = EncryptedTextField(blank=True)
    rating = models.PositiveSmallIntegerField(null=True)
    not_rated = models.BooleanField(default=False)
    choice = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["review", "question", "revision"], name="former_answer"),)

    def __str__(self) -> str:
        return f"former answer {self.pk}"


class Rating(models.Model):
    """One version of a rating: by whom, when, why. The highest number of an origin stands.

    Without a question it is the overall rating, and `formula` says how it came about.
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="ratings")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    origin = models.CharField(max_length=10, choices=RatingOrigin)
    number = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    formula = models.JSONField(default=dict)
    reason = EncryptedTextField(blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["review", "question", "origin", "number"],
                name="rating_versions_are_numbered",
            ),
            models.UniqueConstraint(
                fields=["review", "origin", "number"],
                condition=Q(question=None),
                name="overall_rating_versions_are_numbered",
            ),
        )

    def __str__(self) -> str:
        return f"rating {self.pk}"


class GoalsSnapshot(models.Model):
    """The goals that stood beside a review when it was handed in, as text. Never changed."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="goals_snapshots")
    number = models.PositiveIntegerField()
    kept_at = models.DateTimeField()
    lines = EncryptedTextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["review", "number"], name="goals_snapshots_are_numbered"
            ),
        )

    def __str__(self) -> str:
        return f"goals beside review {self.review_id}"


class Reopening(models.Model):
    """That a submitted review was opened again, by whom and why."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reopenings")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = EncryptedTextField()

    def __str__(self) -> str:
        return f"reopening {self.pk}"


class Handover(models.Model):
    """That a review passed from one author to another in a running cycle, and why."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="handovers")
    former_author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    new_author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"handover {self.pk}"


class SignOff(models.Model):
    """The last word of the person reviewed: signed or not, with what they wish to say."""

    participation = models.OneToOneField(
        Participation, on_delete=models.PROTECT, related_name="sign_off"
    )
    decision = models.CharField(max_length=10, choices=SignOffDecision)
    comment = EncryptedTextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"sign-off {self.pk}"


class Reminder(models.Model):
    """That the author of a review was reminded of it; at most once a day."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="reminders")
    on = models.DateField()
    by_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["review", "on"], name="review_is_reminded_once_a_day"),
        )

    def __str__(self) -> str:
        return f"reminder {self.pk}"
