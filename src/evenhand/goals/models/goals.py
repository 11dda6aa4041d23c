from django.db import models
from django.db.models import F, Q

from evenhand.goals.kinds import AGREED, GoalState, Metric, Openness, RollUpFrom, Scope
from evenhand.goals.models.plans import Plan, value_field
from evenhand.goals.models.strategy import StrategicObjective
from evenhand.kernel.fields import EncryptedTextField
from evenhand.kernel.periods import Dated, DatedQuerySet, ends_after_it_starts
from evenhand.people.models import Person, Unit


class GoalBatch(models.Model):
    """One goal for many people: prepared by one person, then given to each of the others.

    `draft` is the goal and `chosen` whom it is meant for, as plain rows. When it is given,
    `recipients` are the persons it goes to; `left_out` are those who could not get it after all,
    each with the code of the reason.
    """

    title = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    draft = models.JSONField(default=dict, blank=True)
    chosen = models.JSONField(default=dict, blank=True)
    recipients = models.JSONField(default=list, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    sentence = EncryptedTextField(blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=["by", "-at", "-id"], name="batch_by_giver"),)

    def __str__(self) -> str:
        return self.title


class Goal(Plan):
    """Something a person, a team or a unit wants to reach; the plan that stands now.

    Former plans and those not yet agreed are its versions. What is worked out from check-ins and
    from the goals below is kept with it, so that lists and maps need not work it out again:
    `score` and `raw_score` are its own, `rolled_score` comes from goals that support it, with
    `rolled_coverage` the share of their weight that has a score. `unit` is the one it counts in.
    Check-ins before `counts_from` measured something else, in another unit, and no longer count.
    `top_objective` is where the chain above ends, if it ends in an objective; the `depth` of the
    first goal of a chain is 1. `is_near_copy` says that its words are those of the goal above.
    """

    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="goals")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=8, choices=Scope, default=Scope.PERSON)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="goals", db_index=False
    )
    state = models.CharField(max_length=10, choices=GoalState, default=GoalState.DRAFT)
    openness = models.CharField(max_length=12, choices=Openness, default=Openness.LINE)
    created_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    drop_is_approved = models.BooleanField(default=False)

    objective = models.ForeignKey(
        StrategicObjective,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="goals",
        db_index=False,
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    local_reason = models.CharField(max_length=300, blank=True)
    top_objective = models.ForeignKey(
        StrategicObjective,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="goals_below",
        db_index=False,
    )
    depth = models.PositiveSmallIntegerField(default=1)
    is_near_copy = models.BooleanField(default=False)
    rolls_up_from = models.CharField(max_length=8, choices=RollUpFrom, default=RollUpFrom.OWN)
    share_of_parent = models.PositiveSmallIntegerField(default=1)

    actual = value_field()
    raw_score = models.DecimalField(max_digits=14, decimal_places=6, null=True, blank=True)
    score = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    rolled_score = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    rolled_coverage = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)
    measured_on = models.DateField(null=True, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    counts_from = models.DateTimeField(null=True, blank=True)

    library_code = models.CharField(max_length=80, blank=True)
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    batch = models.ForeignKey(
        GoalBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="goals"
    )

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="goal_has_days"),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(objective=None), name="goal_supports_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")), name="goal_does_not_support_itself"
            ),
            models.CheckConstraint(
                condition=Q(state__in=AGREED, agreed_at__isnull=False)
                | (~Q(state__in=AGREED) & Q(agreed_at=None)),
                name="goal_has_a_date_exactly_when_agreed",
            ),
            models.CheckConstraint(
                condition=Q(drop_is_approved=False) | Q(state=GoalState.DROPPED),
                name="only_a_drop_is_approved",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=1), name="score_is_a_share"
            ),
        )
        indexes = (
            models.Index(fields=["owner", "state", "due_on"], name="goal_by_owner"),
            models.Index(fields=["unit", "state", "top_objective"], name="goal_by_unit"),
            models.Index(fields=["top_objective", "state"], name="goal_by_objective"),
            models.Index(fields=["parent", "state"], name="goal_by_parent"),
            models.Index(fields=["objective", "due_on", "id"], name="goal_below_objective"),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state=GoalState.ACTIVE, parent=None, objective=None),
                name="goal_that_supports_nothing",
            ),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state=GoalState.ACTIVE, parent__isnull=False, top_objective=None),
                name="goal_whose_chain_ends",
            ),
        )

    def __str__(self) -> str:
        # The audit trail keeps this, and not everyone who reads it may read the goal.
        return f"goal {self.pk}"

    @property
    def is_agreed(self) -> bool:
        return self.state in AGREED

    @property
    def is_active(self) -> bool:
        return self.state == GoalState.ACTIVE


class GoalOwner(Dated):
    """That a person owns a goal, alone or with others, and what it weighs among their goals.

    A weight is a whole percent of the person's agreed goals; without weights all count the same.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="owners")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="goal_shares")
    weight = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = DatedQuerySet["GoalOwner"].as_manager()

    class Meta:
        constraints = (
            ends_after_it_starts("goal_owner"),
            models.UniqueConstraint(fields=["goal", "person"], name="goal_is_owned_once_by_each"),
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__gte=1, weight__lte=100),
                name="weight_of_a_goal_is_a_percentage",
            ),
        )

    def __str__(self) -> str:
        return f"{self.goal} of {self.person}"


class Weighing(models.Model):
    """A weight once given to a goal: by whom, when, why. Never changed."""

    share = models.ForeignKey(GoalOwner, on_delete=models.CASCADE, related_name="weighings")
    weight = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.weight}"


class GoalPart(models.Model):
    """A key result or a milestone of a goal. Weights are whole percents; those in use sum to 100.

    A milestone has no metric: it is reached when a check-in with evidence says so (value 1).
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="parts")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    metric = models.CharField(max_length=10, choices=Metric, blank=True)
    unit_of_measure = models.CharField(max_length=40, blank=True)
    baseline = value_field()
    target = value_field()
    weight = models.PositiveSmallIntegerField()
    due_on = models.DateField(null=True, blank=True)
    is_in_use = models.BooleanField(default=True)
    actual = value_field()
    raw_score = models.DecimalField(max_digits=14, decimal_places=6, null=True, blank=True)
    score = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)

    class Meta:
        ordering = ("place", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100), name="weight_of_a_part_is_a_percentage"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_milestone(self) -> bool:
        return not self.metric
