from django.db import models
from django.db.models import Q

from evenhand.goals.kinds import Ending, NoteKind, Side
from evenhand.goals.models.goals import Goal
from evenhand.goals.models.plans import Plan
from evenhand.kernel.fields import EncryptedTextField
from evenhand.people.models import Person, Unit


class GoalVersion(Plan):
    """One edition of a goal's plan, kept for good: a save of a draft, a proposal, a change.

    `parts` are its key results or milestones as plain rows, each with the number of the part it
    was saved from, if any. The newest agreed version is the plan that stands.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    parts = models.JSONField(default=list, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    reason = EncryptedTextField(blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("goal", "number")
        constraints = (
            models.UniqueConstraint(fields=["goal", "number"], name="goal_numbers_versions"),
            models.UniqueConstraint(
                fields=["goal"],
                condition=Q(proposed_at__isnull=False, agreed_at=None, ended_at=None),
                name="goal_has_one_open_proposal",
            ),
        )

    def __str__(self) -> str:
        return f"goal {self.goal_id}, version {self.number}"

    @property
    def is_open_proposal(self) -> bool:
        """Proposed, and neither agreed nor sent back or taken back."""
        return bool(self.proposed_at) and not self.agreed_at and not self.ended_at


class Agreement(models.Model):
    """That somebody agreed to a version, in a sentence of their own. Never changed."""

    version = models.ForeignKey(GoalVersion, on_delete=models.PROTECT, related_name="agreements")
    side = models.CharField(max_length=8, choices=Side)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sentence = EncryptedTextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["version", "side", "person"], name="each_agrees_once_to_a_version"
            ),
        )

    def __str__(self) -> str:
        return f"agreement {self.pk}"


class UnitPart(models.Model):
    """A unit that shares a goal, and who answers for it there. Both units accept, or it waits."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="unit_parts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    responsible = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="shared_goals")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["goal", "unit"], name="unit_shares_a_goal_once"),
        )

    def __str__(self) -> str:
        return f"{self.unit} in {self.goal}"


class GoalNote(models.Model):
    """What somebody wrote to the others about a goal. Never changed."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="notes")
    version = models.ForeignKey(
        GoalVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="notes"
    )
    kind = models.CharField(max_length=10, choices=NoteKind, default=NoteKind.COMMENT)
    text = EncryptedTextField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"note {self.pk}"


class GoalEnding(models.Model):
    """That a goal was closed, dropped, or taken up again; with the score it had. Never changed.

    `formula` holds the inputs of the score, so that it can be worked out again.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="endings")
    kind = models.CharField(max_length=14, choices=Ending)
    reason = EncryptedTextField(blank=True)
    raw_score = models.DecimalField(max_digits=14, decimal_places=6, null=True, blank=True)
    score = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    formula = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    delegate = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"ending {self.pk}"


class GoalMove(models.Model):
    """That a goal went with its owner to another unit or another manager. Never changed."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="moves")
    on = models.DateField()
    former_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    new_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    former_manager = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    new_manager = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("on", "id")
        constraints = (
            models.UniqueConstraint(fields=["goal", "on"], name="goal_moves_once_a_day"),
        )

    def __str__(self) -> str:
        return f"move {self.pk}"
