from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from evenhand.jobs.kinds import UNDER_WAY, JobState


class Job(models.Model):
    """A piece of long work: what is asked, by whom, how far it is, and how it ended.

    `heard_from_at` is the last sign of life; `attempt` tells a process that was given up for dead
    that its work has passed to another, so it only grows; `attempts_before` were made before
    somebody asked for it the last time.
    """

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    state = models.CharField(max_length=12, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    problem = models.TextField(blank=True)
    result = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    result_file = models.CharField(max_length=200, blank=True)
    asked_by_id = models.BigIntegerField()
    asked_by_name = models.CharField(max_length=200)
    delegate_id = models.BigIntegerField(null=True)
    delegate_name = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=0)
    attempts_before = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    heard_from_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(total=0) | Q(done__lte=F("total")), name="job_does_not_exceed_its_total"
            ),
        )
        indexes = (
            models.Index(fields=["asked_by_id", "-asked_at", "-id"], name="job_by_person"),
            models.Index(fields=["state", "heard_from_at"], name="job_by_state"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def has_ended(self) -> bool:
        return self.state not in UNDER_WAY
