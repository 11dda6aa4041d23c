from django.db import models
from django.db.models import F, Q

from evenhand.development.kinds import ActionState, PlanState, Side, Support
from evenhand.goals.models import Goal
from evenhand.kernel.fields import EncryptedTextField
from evenhand.people.models import Person


class DevelopmentPlan(models.Model):
    """How somebody wants to grow in a period; what it holds is in its versions.

    The newest agreed version stands. Both sides may draft, each unseen by the other; one plan of a
    person is proposed or agreed at a time.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="development_plans")
    state = models.CharField(max_length=8, choices=PlanState, default=PlanState.DRAFT)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=("proposed", "agreed")),
                name="person_has_one_plan_under_way",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                name="plan_has_a_date_exactly_when_closed",
            ),
        )

    def __str__(self) -> str:
        return f"Development plan of {self.person}"

    @property
    def is_agreed(self) -> bool:
        return self.state == PlanState.AGREED

    @property
    def is_closed(self) -> bool:
        return self.state == PlanState.CLOSED


class PlanVersion(models.Model):
    """One edition of a plan: in writing by its author alone, then proposed, then agreed or ended.

    `actions` is text that holds what is to be done, as plain rows.
    """

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    starts_on = models.DateField()
    due_on = models.DateField()
    strengths = EncryptedTextField(blank=True)
    needs = EncryptedTextField(blank=True)
    actions = EncryptedTextField(blank=True)
    goals = models.ManyToManyField(Goal, related_name="+", blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("plan", "number")
        constraints = (
            models.UniqueConstraint(fields=["plan", "number"], name="plan_numbers_versions"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(agreed_at=None, ended_at=None),
                name="plan_has_one_open_version",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")), name="plan_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan}, version {self.number}"

    @property
    def is_proposed(self) -> bool:
        return bool(self.proposed_at) and not self.agreed_at and not self.ended_at


class PlanAgreement(models.Model):
    """That a side agreed to a version, in a sentence of their own. Never changed."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="agreements")
    side = models.CharField(max_length=7, choices=Side)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sentence = EncryptedTextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["version", "side"], name="each_side_agrees_once_to_a_plan"
            ),
        )

    def __str__(self) -> str:
        return f"Agreement {self.pk}"


class DevelopmentAction(models.Model):
    """Something that was agreed to be done, with what supports it, and what became of it.

    `key` stays the same from version to version, so that what is done stays done.
    """

    plan = models.ForeignKey(
        DevelopmentPlan, on_delete=models.CASCADE, related_name="actions_agreed"
    )
    key = models.CharField(max_length=32)
    place = models.PositiveSmallIntegerField()
    what = EncryptedTextField()
    support = models.CharField(max_length=8, choices=Support)
    support_words = EncryptedTextField(blank=True)
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=ActionState, default=ActionState.OPEN)
    changed_at = models.DateTimeField()
    dropped_because = EncryptedTextField(blank=True)

    class Meta:
        ordering = ("place", "id")
        constraints = (
            models.UniqueConstraint(fields=["plan", "key"], name="action_stands_once_in_a_plan"),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(dropped_because=""),
                name="dropped_action_has_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"Action {self.pk} of plan {self.plan_id}"


class PlanNote(models.Model):
    """What somebody wrote when they looked at the plan together. Never changed."""

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.PROTECT, related_name="notes")
    on = models.DateField()
    text = EncryptedTextField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return f"Note {self.pk} of plan {self.plan_id}"
