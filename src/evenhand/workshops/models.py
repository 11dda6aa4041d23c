from django.db import models
from django.db.models import F, Q

from evenhand.competencies.models import Competency
from evenhand.kernel.fields import EncryptedTextField
from evenhand.people.models import Person
from evenhand.workshops.kinds import AFTER_SORTING, ROUNDS, SCALE, Group, Stage


class Workshop(models.Model):
    """Job experts who make anchors for a few competencies together, stage by stage.

    `ended_in` is the stage in which it was ended.
    """

    name = models.CharField(max_length=120)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.COLLECTING)
    ended_in = models.CharField(max_length=10, choices=Stage, blank=True)
    competencies = models.ManyToManyField(Competency, related_name="workshops")
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    sorting_closed_at = models.DateTimeField(null=True, blank=True)
    scaling_closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=(Q(stage=Stage.ENDED) & ~Q(ended_in__in=("", Stage.ENDED)))
                | (~Q(stage=Stage.ENDED) & Q(ended_in="")),
                name="workshop_ended_in_a_stage",
            ),
            models.CheckConstraint(
                condition=Q(scaling_closed_at=None)
                | Q(scaling_closed_at__gte=F("sorting_closed_at")),
                name="workshop_scales_after_sorting",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def reached(self) -> Stage:
        """The stage it is in, or was in when it ended."""
        return Stage(self.ended_in or self.stage)

    @property
    def has_ended(self) -> bool:
        return self.stage == Stage.ENDED

    @property
    def is_voting(self) -> bool:
        return self.stage in ROUNDS

    @property
    def tells_sorting(self) -> bool:
        """Whether the sorting is over, so that how it came out may be seen."""
        return self.reached in AFTER_SORTING

    @property
    def tells_scaling(self) -> bool:
        return self.reached == Stage.SCALED


class Participant(models.Model):
    """That a person takes part in a workshop, from being invited to leaving it."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=10, choices=Group)
    invited_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    sorted_at = models.DateTimeField(null=True, blank=True)
    scaled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("invited_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["workshop", "person"],
                condition=Q(left_at=None),
                name="person_takes_part_in_a_workshop_once",
            ),
            models.CheckConstraint(
                condition=Q(group=Group.SORTERS) | Q(sorted_at=None, scaled_at=None),
                name="only_sorters_hand_in_votes",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.workshop}"

    @property
    def is_sorter(self) -> bool:
        return self.group == Group.SORTERS

    def handed_in_at(self, stage: str) -> object:
        """When this sorter handed in the votes of a round; None when not yet."""
        return self.sorted_at if stage == Stage.SORTING else self.scaled_at


class Incident(models.Model):
    """Something that happened at work, and for which competency its collector thinks it speaks.

    `is_scaled` is set for those that went on from sorting to scaling.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="incidents")
    collector = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="incidents")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    situation = EncryptedTextField()
    behaviour = EncryptedTextField()
    outcome = EncryptedTextField()
    written_at = models.DateTimeField()
    is_scaled = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"Incident {self.pk} of {self.workshop}"


class Vote(models.Model):
    """What a sorter says of an incident. Each change is a row of its own; the last one counts."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    sorter = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Placement(Vote):
    """The competency a sorter puts an incident to; without one, to none of them."""

    competency = models.ForeignKey(
        Competency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["incident", "sorter", "number"], name="placement_is_numbered"
            ),
        )

    def __str__(self) -> str:
        return f"Placement {self.number} of incident {self.incident_id}"


class Grading(Vote):
    """The level, from 1 to 5, that a sorter sees in an incident."""

    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["incident", "sorter", "number"], name="grading_is_numbered"
            ),
            models.CheckConstraint(
                condition=Q(value__gte=min(SCALE), value__lte=max(SCALE)),
                name="grading_is_one_of_five",
            ),
        )

    def __str__(self) -> str:
        return f"Grading {self.number} of incident {self.incident_id}"


class Decision(models.Model):
    """That somebody keeps or leaves out an incident whatever the rule says, and why.

    Of one stage the last counts: after sorting it says what is scaled, after scaling what is kept.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="decisions")
    stage = models.CharField(max_length=10, choices=Stage)
    is_kept = models.BooleanField()
    reason = EncryptedTextField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("decided_at", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"Decision on incident {self.incident_id}"


class AnchorSource(models.Model):
    """From which incident an anchor was written, and at which level it was put."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="anchors")
    version_number = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("level", "id")

    def __str__(self) -> str:
        return f"Anchor at level {self.level} from incident {self.incident_id}"
