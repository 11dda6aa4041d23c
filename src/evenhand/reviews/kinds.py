from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewKind(models.TextChoices):
    SELF = "self", _("Self review")
    MANAGER = "manager", _("Manager review")


class ReviewState(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    DRAFT = "draft", _("In writing")
    SUBMITTED = "submitted", _("Submitted")


TRANSITIONS: dict[ReviewState, frozenset[ReviewState]] = {
    ReviewState.NOT_STARTED: frozenset({ReviewState.DRAFT, ReviewState.SUBMITTED}),
    ReviewState.DRAFT: frozenset({ReviewState.SUBMITTED}),
    ReviewState.SUBMITTED: frozenset({ReviewState.DRAFT}),
}


class KeptBecause(models.TextChoices):
    """Why a former text of an answer was kept as a version of its own."""

    REPLACED = "replaced", _("Words were changed or taken out")
    CONFLICT = "conflict", _("Written elsewhere at the same time")
    REOPENED = "reopened", _("The review was reopened")
    HANDED_OVER = "handed_over", _("The review was handed over")


class RatingOrigin(models.TextChoices):
    GIVEN = "given", _("Given by the reviewer")
    CALIBRATED = "calibrated", _("Settled in calibration")
    APPEALED = "appealed", _("Settled on appeal")


class SignOffDecision(models.TextChoices):
    SIGNED = "signed", _("Signed")
    DECLINED = "declined", _("Declined to sign")
