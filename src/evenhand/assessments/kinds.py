from django.db import models
from django.utils.translation import gettext_lazy as _

LEVELS = (1, 2, 3, 4, 5)


class Source(models.TextChoices):
    """From where somebody sees the person who is assessed."""

    SELF = "self", _("The person")
    MANAGER = "manager", _("The manager")
    OTHER = "other", _("Others")


class PartState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    LEFT_OUT = "left_out", _("Left out")
    ASKED = "asked", _("Not begun")
    BEGUN = "begun", _("Begun")
    SUBMITTED = "submitted", _("Submitted")
    DECLINED = "declined", _("Declined")


# Closing the assessment ends every part as it stands; until then each can go on.
TRANSITIONS: dict[PartState, frozenset[PartState]] = {
    PartState.PROPOSED: frozenset({PartState.ASKED, PartState.LEFT_OUT}),
    PartState.LEFT_OUT: frozenset({PartState.ASKED}),
    PartState.ASKED: frozenset({PartState.BEGUN, PartState.SUBMITTED, PartState.DECLINED}),
    PartState.BEGUN: frozenset({PartState.SUBMITTED, PartState.DECLINED}),
    PartState.SUBMITTED: frozenset({PartState.BEGUN}),
    PartState.DECLINED: frozenset({PartState.BEGUN}),
}
# Whom the assessment has asked, whatever they did with it.
TAKING_PART = (PartState.ASKED, PartState.BEGUN, PartState.SUBMITTED, PartState.DECLINED)
IN_WRITING = (PartState.ASKED, PartState.BEGUN)
